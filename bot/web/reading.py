"""A policy document laid out for reading: blocks, paragraphs and highlighted words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.web.quotes import Piece, Span, cut, find_quote


class UnitLike(Protocol):
    """What a layout needs to know of a unit: half-open offsets into the document's text."""

    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Paragraph:
    """One line of the document, cut at the highlighted words."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line as it stands in the document."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Block:
    """A unit of the document with its ``anchor`` (``u1``, ``u2``, …), or the text between two."""

    anchor: str | None
    kind: str  # the unit's: head, preamble, heading, item, closing; "" between units
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Layout:
    """A whole document; ``found`` tells whether the quote asked for is in it."""

    blocks: tuple[Block, ...]
    found: bool


def lay_out(text: str, units: Sequence[UnitLike], quote: str = "") -> Layout:
    """Lay ``text`` out in blocks and highlight ``quote`` wherever it stands.

    Unit number n (1-based, in the given order) gets the anchor ``u<n>``. Every visible
    character of the text appears exactly once, in order, even where units nest or overlap:
    the later one then begins where the earlier ended.
    """
    marks = find_quote(text, quote)
    blocks = [
        Block(anchor, kind, tuple(_paragraphs(text, start, end, marks)))
        for anchor, kind, start, end in _stretches(len(text), units)
    ]
    return Layout(tuple(b for b in blocks if b.paragraphs or b.anchor), bool(marks))


def _stretches(
    length: int, units: Sequence[UnitLike]
) -> Iterator[tuple[str | None, str, int, int]]:
    at = 0
    for number, unit in sorted(enumerate(units, 1), key=lambda pair: pair[1].start):
        start, end = max(unit.start, at), min(unit.end, length)
        if start > at:
            yield None, "", at, start
        yield f"u{number}", unit.kind, start, max(start, end)
        at = max(at, end)
    if at < length:
        yield None, "", at, length


def _paragraphs(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Paragraph]:
    at = start
    for line in text[start:end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            left = at + line.index(bare)
            yield Paragraph(tuple(cut(text, left, left + len(bare), marks)))
        at += len(line)
