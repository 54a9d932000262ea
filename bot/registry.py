"""What lists of features have in common: nothing is in one twice."""

from collections.abc import Iterable


class RegisteredTwiceError(ValueError):
    """Two features have the same name, or the same address."""


def once(what: str, names: Iterable[str]) -> None:
    """Raise RegisteredTwiceError where one of ``names`` is there twice; ``what`` they are."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise RegisteredTwiceError(f"{what} {name} is registered twice")
        seen.add(name)
