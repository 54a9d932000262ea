"""What a person typed or pressed, made fit for reading: pure, apart from OpenCC's tables."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

from opencc import OpenCC

MAX_READ = 1_000
"""Characters of a message that are read; the transcript keeps it all."""

MAX_PAYLOAD = 4000
"""Characters of a button's payload."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Unicode categories dropped: control, format (zero-width, bidi), surrogate, private use."""

_VARIATION_SELECTORS = frozenset(chr(code) for code in range(0xFE00, 0xFE10))
_PAYLOAD = re.compile(r"/([a-z_]+)(\{.*\})?", re.DOTALL)


class BadPayload(ValueError):
    """A button's payload that no button of ours can have."""


@dataclass(frozen=True)
class Normalised:
    """A text as it is read; character i came from ``[origins[i], ends[i])`` as typed."""

    text: str
    origins: tuple[int, ...]
    ends: tuple[int, ...]

    def span_as_typed(self, start: int, end: int) -> tuple[int, int]:
        """Return the half-open span as typed of ``[start, end)`` of ``text``.

        Raises ValueError unless ``0 <= start <= end <= len(text)``.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"no span [{start}, {end}) in {len(self.text)} characters")
        if start == end:
            at = self.origins[start] if start < len(self.origins) else max(self.ends, default=0)
            return at, at
        return self.origins[start], self.ends[end - 1]


@dataclass(frozen=True)
class _Piece:
    """One normalised character and the typed range it came from."""

    character: str
    start: int
    end: int


def normalise(text: str) -> Normalised:
    """Return ``text`` as NLU reads it.

    NFKC (full-width digits and letters become plain), traditional to simplified characters,
    invisible characters removed, white space collapsed, at most ``MAX_READ`` characters. A
    leading slash becomes 「／」, since Rasa would take 「/restart」 for a command.
    """
    pieces: list[_Piece] = []
    for piece in _spaced(_composed(text)):
        pieces.append(piece)
        if len(pieces) == MAX_READ:
            break
    while pieces and pieces[-1].character == " ":
        pieces.pop()
    plain = _simplified("".join(piece.character for piece in pieces))
    if plain.startswith("/"):
        plain = "／" + plain[1:]
    return Normalised(
        plain,
        tuple(piece.start for piece in pieces),
        tuple(piece.end for piece in pieces),
    )


def is_wordless(text: str) -> bool:
    """Whether ``text`` holds no letter, Chinese character or digit: emoji, dots, nothing."""
    return not any(unicodedata.category(character)[0] in "LN" for character in text)


def read_payload(payload: str, intents: frozenset[str]) -> str:
    """Return a button's payload in the form that goes to Rasa, ``/intent{json}``.

    Raises BadPayload unless it names one of ``intents``, is at most ``MAX_PAYLOAD``
    characters long, and carries nothing or a flat JSON object of plain values.
    """
    match = _PAYLOAD.fullmatch(payload) if len(payload) <= MAX_PAYLOAD else None
    if match is None or match[1] not in intents:
        raise BadPayload(payload[:MAX_PAYLOAD])
    if match[2] is None:
        return payload
    values = _flat_object(match[2])
    if not values:
        return f"/{match[1]}"
    return f"/{match[1]}{json.dumps(values, ensure_ascii=False)}"


def _flat_object(written: str) -> dict[str, Any]:
    try:
        values = json.loads(written, parse_constant=_no_such_number)
        written.encode()
        json.dumps(values, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise BadPayload(written) from error
    if not isinstance(values, dict):
        raise BadPayload(written)
    # bool is an int; None, lists and objects carry nothing that a button of ours says.
    if not all(isinstance(value, str | int | float) for value in values.values()):
        raise BadPayload(written)
    return values


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _composed(text: str) -> Iterator[_Piece]:
    """Yield NFKC's characters of ``text``, cluster by cluster so that each keeps its place."""
    start = 0
    cluster = ""
    for at, character in enumerate(text):
        if cluster and not _belongs(cluster, character):
            yield from _cluster(cluster, start)
            cluster, start = "", at
        cluster += character
    yield from _cluster(cluster, start)


def _belongs(cluster: str, character: str) -> bool:
    """Whether ``character`` composes with what stands before it (accents, half-width kana)."""
    if character < "\u0300" or "\u4e00" <= character <= "\u9fff":
        return False
    if unicodedata.combining(character):
        return True
    together = unicodedata.normalize("NFKC", cluster[-4:] + character)
    apart = unicodedata.normalize("NFKC", cluster[-4:]) + unicodedata.normalize("NFKC", character)
    return together != apart


def _cluster(cluster: str, start: int) -> Iterator[_Piece]:
    for character in unicodedata.normalize("NFKC", cluster):
        yield _Piece(character, start, start + len(cluster))


def _spaced(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Drop what cannot be seen, and white space but for one space between two words."""
    after_space = True
    for piece in pieces:
        if piece.character.isspace():
            if not after_space:
                yield _Piece(" ", piece.start, piece.end)
            after_space = True
        elif not _invisible(piece.character):
            yield piece
            after_space = False


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE or character in _VARIATION_SELECTORS


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(text: str) -> str:
    """Return simplified characters, one for one.

    OpenCC reads phrases (乾隆 keeps its 乾); should a phrase change its length, characters
    are converted one by one, since spans must stay in place.
    """
    converted: str = _converter().convert(text)
    if len(converted) == len(text):
        return converted
    single = (_converter().convert(character) for character in text)
    return "".join(new if len(new) == 1 else old for old, new in zip(text, single, strict=True))
