"""Words of dialects and of the net, read as everybody's: one reader then serves them all.

The table is ours, from what is commonly known of how these parts of the country write.
"""

import re
from collections.abc import Iterator
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
    shape, words = _words()
    found = [(match, words[int(str(match.lastgroup)[1:])]) for match in _every(shape, text)]
    shown = {word.dialect for _, word in found if word.sure}
    if not shown:
        return
    spoken, chosen = _of(frozenset(shown))
    for match in spoken.finditer(text):
        word = chosen[int(str(match.lastgroup)[1:])]
        yield Rewriting(*match.span(), word.standard)


def standardised(text: str) -> str:
    """Return a simplified ``text`` in standard words."""
    parts, at = [], 0
    for each in rewritings(text):
        parts += [text[at : each.start], each.standard]
        at = each.end
    return "".join((*parts, text[at:]))


def _every(shape: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the words that show a dialect; a scan for these alone, since most text has none."""
    return shape.finditer(text)


@cache
def _words() -> tuple[re.Pattern[str], tuple[_Word, ...]]:
    rows = [row for row in _rows() if row[1].sure]
    return _pattern(rows), tuple(word for _, word in rows)


@cache
def _of(dialects: frozenset[str]) -> tuple[re.Pattern[str], tuple[_Word, ...]]:
    """Return the words to be read in a message of these dialects: theirs, and the sure ones."""
    rows = [row for row in _rows() if row[1].sure or row[1].dialect in dialects]
    return _pattern(rows), tuple(word for _, word in rows)


def _pattern(rows: list[tuple[str, _Word]]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<w{n}>{shape})" for n, (shape, _) in enumerate(rows)))


@cache
def _rows() -> tuple[tuple[str, _Word], ...]:
    """Read the table; where several words fit, the row above counts."""
    table = resources.files("language").joinpath("data", TABLE).read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if line and line[0] != "#"]
    return tuple((shape, _Word(name, word, mark == SURE)) for name, shape, word, mark in lines)
