"""Finding names in running Chinese text, the longest first: it has no word boundaries.

Plain Python 3.10, since Rasa's side finds its names with this, too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from language.text import fold

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A name at ``[start, end)`` of a text, and what it means."""

    start: int
    end: int
    meaning: T


class NameIndex(Generic[T]):
    """Names and what each means; they are found as they are written, case and all."""

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._meanings = meanings
        lengths: dict[str, set[int]] = {}
        for name in filter(None, meanings):
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    @property
    def meanings(self) -> Mapping[str, T]:
        """Every name with what it means."""
        return self._meanings

    def at(self, text: str, start: int) -> Iterator[Found[T]]:
        """Yield the names that begin at ``start`` of ``text``, the longest first."""
        for length in self._lengths.get(text[start : start + 1], ()):
            end = start + length
            name = text[start:end]
            if end <= len(text) and name in self._meanings:
                yield Found(start, end, self._meanings[name])

    def everywhere(self, text: str) -> Iterator[Found[T]]:
        """Yield all names in ``text`` from left to right, also those within others."""
        for start in range(len(text)):
            yield from self.at(text, start)

    def apart(self, text: str) -> Iterator[Found[T]]:
        """Yield the names in ``text`` from left to right, the longest, none over another."""
        end = 0
        for start in range(len(text)):
            found = next(self.at(text, start), None) if start >= end else None
            if found is not None:
                end = found.end
                yield found


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

    Of names of one length the one said last wins: 「不去浦东了，改去朝阳」. A name that two
    bear is the first one's.
    """
    meanings: dict[str, N] = {}
    for thing in things:
        for name in (thing.name, *thing.aliases):
            meanings.setdefault(plain(name), thing)
    found = NameIndex(meanings).everywhere(plain(text))
    best = max(found, key=lambda one: (one.end - one.start, one.start), default=None)
    return None if best is None else best.meaning
