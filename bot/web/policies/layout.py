"""A policy document laid out for reading: blocks, paragraphs and highlighted words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.web.policies.quotes import Piece, Span, cut, find_quote

# What may part an item's own heading from its text: then the heading is set in bold.
_AFTER_LEAD = "。：:；\u3000 "
_BARE_DAY = re.compile(r"[（(]?[\d〇○零一二三四五六七八九十]{4}\s*年[^，。；：]{2,12}日[）)]?")
SIGNATURE = 30  # the longest line that can be an issuer's name


class UnitLike(Protocol):
    """What a layout needs to know of a unit: half-open offsets into the document's text."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def path(self) -> tuple[str, ...]: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class Paragraph:
    """One line of the document, cut at the highlighted words.

    ``lead`` is the item's own heading where the line begins with it; ``role`` is "heading"
    for a line that is nothing else, "signature" for issuer and date below the text.
    """

    lead: tuple[Piece, ...]
    pieces: tuple[Piece, ...]
    role: str = ""

    @property
    def text(self) -> str:
        """The line as it stands in the document."""
        return "".join(piece.text for piece in self.lead + self.pieces)

    @property
    def marked(self) -> bool:
        """Whether any of it is highlighted."""
        return any(piece.marked for piece in self.lead + self.pieces)


@dataclass(frozen=True)
class Block:
    """A unit with its ``anchor`` (``u1``, ``u2``, …) and its key, or the text between two.

    ``kind`` is the unit's (head, preamble, heading, item, closing, aside; "" between units),
    ``label`` its own heading or number, ``depth`` how many headings stand above it.
    """

    anchor: str | None
    key: str
    kind: str
    label: str
    depth: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Layout:
    """A whole document; ``found`` tells whether the quote asked for is in it."""

    blocks: tuple[Block, ...]
    found: bool

    @property
    def quotes_aside(self) -> bool:
        """Whether the quote stands only in what is not the document's own text."""
        kinds = {
            block.kind
            for block in self.blocks
            if any(paragraph.marked for paragraph in block.paragraphs)
        }
        return kinds == {"aside"}


def lay_out(text: str, units: Sequence[UnitLike], quote: str = "") -> Layout:
    """Lay ``text`` out in blocks and highlight ``quote`` wherever it stands.

    Unit number n (1-based, in the given order) gets the anchor ``u<n>``. Every visible
    character of the text appears exactly once, in order, even where units nest or overlap:
    the later one then begins where the earlier ended.
    """
    marks = find_quote(text, quote)
    blocks = (
        _block(text, number, unit, start, end, marks)
        for number, unit, start, end in _stretches(len(text), units)
    )
    return Layout(tuple(b for b in blocks if b.paragraphs or b.anchor), bool(marks))


def without_title(layout: Layout, title: str) -> Layout:
    """Leave out the head's first lines that only repeat ``title``, which stands above already.

    A highlighted line stays.
    """
    own = next((at for at, block in enumerate(layout.blocks) if block.kind != "aside"), 0)
    if not layout.blocks or layout.blocks[own].kind != "head":
        return layout
    before, head, others = layout.blocks[:own], layout.blocks[own], layout.blocks[own + 1 :]
    wanted, kept = _solid(title), list(head.paragraphs)
    while kept and not kept[0].marked:
        line = _solid(kept[0].text)
        if not line or not wanted.startswith(line):
            break
        wanted = wanted[len(line) :]
        del kept[0]
    if wanted:
        return layout
    return replace(layout, blocks=(*before, replace(head, paragraphs=tuple(kept)), *others))


def _solid(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _stretches(
    length: int, units: Sequence[UnitLike]
) -> Iterator[tuple[int, UnitLike | None, int, int]]:
    at = 0
    for number, unit in sorted(enumerate(units, 1), key=lambda pair: pair[1].start):
        start, end = max(unit.start, at), min(unit.end, length)
        if start > at:
            yield 0, None, at, start
        yield number, unit, start, max(start, end)
        at = max(at, end)
    if at < length:
        yield 0, None, at, length


def _block(
    text: str, number: int, unit: UnitLike | None, start: int, end: int, marks: Sequence[Span]
) -> Block:
    if unit is None:
        return Block(None, "", "", "", 0, tuple(_paragraphs(text, start, end, marks, "")))
    label = unit.path[-1] if unit.path else ""
    paragraphs = list(_paragraphs(text, start, end, marks, label))
    if paragraphs and (unit.kind == "heading" or _is_heading(unit, paragraphs)):
        paragraphs[0] = replace(paragraphs[0], role="heading")
    if unit.kind == "closing":
        paragraphs = _signed(paragraphs)
    return Block(f"u{number}", unit.key, unit.kind, label, len(unit.path), tuple(paragraphs))


def _is_heading(unit: UnitLike, paragraphs: Sequence[Paragraph]) -> bool:
    """An item may begin with a line of its own that is its heading."""
    return unit.kind == "item" and len(paragraphs) > 1 and not paragraphs[0].pieces


def _signed(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Tell the signature: bare days, and the short lines directly above them."""
    signed: list[Paragraph] = []
    below = False
    for paragraph in reversed(paragraphs):
        short = len(paragraph.text) <= SIGNATURE and not re.search("[，。；：:]", paragraph.text)
        below = bool(_BARE_DAY.fullmatch(paragraph.text)) or (below and short)
        signed.append(replace(paragraph, role="signature") if below else paragraph)
    return signed[::-1]


def _paragraphs(
    text: str, start: int, end: int, marks: Sequence[Span], label: str
) -> Iterator[Paragraph]:
    at = start
    for line in text[start:end].splitlines(keepends=True):
        bare = line.strip()
        if bare:
            left = at + line.index(bare)
            right = left + len(bare)
            middle = left + _lead(bare, label)
            label = ""  # only the first line can begin with it
            yield Paragraph(
                tuple(cut(text, left, middle, marks)), tuple(cut(text, middle, right, marks))
            )
        at += len(line)


def _lead(line: str, label: str) -> int:
    """Return how many characters of ``line`` are its own heading, ``label``."""
    words = label.split()
    if not words:
        return 0
    found = re.match(r"\s+".join(map(re.escape, words)), line)
    if found is None:
        return 0
    ends = found.end() == len(line) or line[found.end()] in _AFTER_LEAD
    return found.end() if ends else 0
