"""Finding which business or hall somebody means by what they typed."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from language.text import fold


class Named(Protocol):
    """Anything with a name and other names."""

    @property
    def name(self) -> str:
        """The name it is shown by."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What people call it."""


N = TypeVar("N", bound=Named)


def plain(text: str) -> str:
    """Return ``text`` without white space, full-width forms and case."""
    return "".join(fold(text).split())


def find_named(text: str, things: Iterable[N]) -> N | None:
    """Return the one whose longest name stands in ``text``; None when none does.

    Of names of one length the one said last wins: 「不去浦东了，改去朝阳」.
    """
    said = plain(text)
    best: tuple[int, int] = (0, 0)
    found: N | None = None
    for thing in things:
        for name in (thing.name, *thing.aliases):
            key = plain(name)
            rank = (len(key), said.rfind(key))
            if key and rank[1] >= 0 and rank > best:
                best, found = rank, thing
    return found
