"""Words of dialects and of the net, read as everybody's: one reader then serves them all.

The table is ours, from what is commonly known of how these parts of the country write.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

TABLE = "dialects.tsv"
SURE = "!"


@dataclass(frozen=True)
class Rewriting:
    """Words at ``[start, end)`` of a text and the standard ones for them."""

    start: int
    end: int
    standard: str


@dataclass(frozen=True)
class _Word:
    dialect: str
    standard: str
    sure: bool


def rewritings(text: str) -> Iterator[Rewriting]:
    """Yield what is written otherwise in a simplified ``text``, from left to right.

    Words that several dialects share with the standard are read otherwise only where the message
    shows which dialect it is in.
    """
    scan = _of(frozenset(), only_sure=True)
    shown = {word.dialect for _, word in scan.found(text) if word.sure}
    if not shown:
        return
    for match, word in _of(frozenset(shown)).found(text):
        yield Rewriting(*match.span(), word.standard)


def standardised(text: str) -> str:
    """Return a simplified ``text`` in standard words."""
    parts, at = [], 0
    for each in rewritings(text):
        parts += [text[at : each.start], each.standard]
        at = each.end
    return "".join((*parts, text[at:]))


@dataclass(frozen=True)
class _Scan:
    """Words to be found in a text: by each character the shapes that it may begin.

    Some four hundred shapes are tried nowhere else: most characters begin none of them.
    """

    by_first: Mapping[str, re.Pattern[str]]
    words: tuple[_Word, ...]

    def found(self, text: str) -> Iterator[tuple[re.Match[str], _Word]]:
        """Yield the words from left to right; where several fit, the row above counts."""
        get, at = self.by_first.get, 0
        while at < len(text):
            shape = get(text[at])
            match = shape.match(text, at) if shape is not None else None
            if match is None:
                at += 1
                continue
            yield match, self.words[int(str(match.lastgroup)[1:])]
            at = max(match.end(), at + 1)


@cache
def _of(dialects: frozenset[str], *, only_sure: bool = False) -> _Scan:
    """Return the words to be read in a message of these dialects: theirs, and the sure ones."""
    rows = [row for row in _rows() if row[1].sure or (row[1].dialect in dialects and not only_sure)]
    by_first: dict[str, list[str]] = {}
    for number, (shape, _) in enumerate(rows):
        # Every match begins with one of the characters that the shape itself is written with.
        written = _BESIDE.sub("", shape)
        for first in {*written, *written.upper(), *written.lower()}:
            by_first.setdefault(first, []).append(f"(?P<w{number}>{shape})")
    compiled = {first: re.compile("|".join(shapes)) for first, shapes in by_first.items()}
    return _Scan(compiled, tuple(word for _, word in rows))


_BESIDE = re.compile(r"\(\?<?[=!][^()]*\)")
"""What must or must not stand beside a word, and is none of it."""


@cache
def _rows() -> tuple[tuple[str, _Word], ...]:
    """Read the table; where several words fit, the row above counts."""
    table = resources.files("language").joinpath("data", TABLE).read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and line[0] != "#"]
    return tuple((shape, _Word(name, word, mark == SURE)) for name, shape, word, mark in lines)
