"""Short ids that people read out: no look-alike characters, and a check character.

The check is a weighted sum modulo a prime: it finds every single wrong character and every
swap of two neighbours.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 characters, a prime number of them; no 0/O, 1/I/L."""

_VALUES = {character: value for value, character in enumerate(ALPHABET)}


def new_id(prefix: str, length: int = 6) -> str:
    """Return ``<prefix>-<random characters><check>``; ``length`` counts without the check."""
    return make_id(prefix, "".join(secrets.choice(ALPHABET) for _ in range(length)))


def make_id(prefix: str, body: str) -> str:
    """Return the id of a given body, which is of ALPHABET's characters."""
    return f"{prefix}-{body}{_check(body)}"


def read_id(prefix: str, typed: str) -> str | None:
    """Return the id as it was given out, or None where it cannot be one (a typo, say).

    Case, spaces and a missing prefix do not matter; look-alikes are never guessed.
    """
    text = "".join(typed.split()).upper().replace("－", "-")
    bodies = (text.removeprefix(f"{prefix}-"), text.removeprefix(prefix))
    for body in bodies:
        known = all(character in _VALUES for character in body)
        if len(body) > 1 and known and _check(body[:-1]) == body[-1]:
            return f"{prefix}-{body}"
    return None


def _check(body: str) -> str:
    # Weights 2, 3, 4 … from the right differ by less than 31, so neighbours never cancel.
    total = sum(
        weight * _VALUES[character] for weight, character in enumerate(reversed(body), start=2)
    )
    return ALPHABET[-total % len(ALPHABET)]
