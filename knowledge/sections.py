"""Sections: the numbered tree of a document, cut into units that tile its text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge import sentences
from knowledge.numbering import Marker, find_markers

HEADING_LENGTH = 40
_ADDRESSEE = re.compile(
    r"^.{2,120}(?:厅|局|委|部|处|办|府|院|单位|机构|企业|部门|（局）)[^。]{0,12}[：:]$"
)
_CLOSING = re.compile(
    r"^(?:特此(?:通知|公告|函告)|联\s*系\s*(?:人|电话)|附\s*件|附[：:]|此复|（?此件|抄送|"
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
)
_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*|(?=\n)|$)|[。！？!?]+")


@dataclass(frozen=True)
class Unit:
    """One unit: ``text[start:end]``; ``path`` are the headings above it and its own.

    ``kind`` is head (title, number, addressees), preamble, heading (only a heading; its
    items follow), item, closing or aside (kept, but not the document's own: not searched).
    ``key`` is the unit's place in the numbered tree, whatever its wording: ``head``, ``0``
    (preamble), ``end`` (closing), ``3.2`` (（二） under 三、), ``a12.1`` (（一） of 第十二条),
    ``p3`` (third paragraph of an unnumbered document), ``aside1``. It is unique in its
    document: where a list begins anew under the same heading, ``3.1~2``.
    """

    kind: str
    key: str
    path: tuple[str, ...]
    start: int
    end: int

    @property
    def section(self) -> str:
        """The heading path as people read it."""
        return sentences.PATH_SEPARATOR.join(self.path)


@dataclass(frozen=True)
class _Line:
    start: int
    end: int  # the line feed included
    text: str
    markers: tuple[Marker, ...]


def split_units(text: str) -> list[Unit]:
    """Cut ``text`` (clean paragraphs) into its units; joined, they give ``text`` back."""
    if not text:
        return []
    lines = _lines(text)
    body = _body_start(lines)
    closing = _closing_start(lines, body)
    units = [Unit("head", "head", (sentences.HEAD,), 0, lines[body].start)] if body else []
    numbered = any(line.markers for line in lines[body:closing])
    cut = _numbered if numbered else _paragraphs
    units.extend(cut(lines[body:closing], text))
    if closing < len(lines):
        units.append(Unit("closing", "end", (sentences.CLOSING,), lines[closing].start, len(text)))
    return units


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the half-open spans of the whole sentences in ``text[start:end]``."""
    spans: list[tuple[int, int]] = []
    stop = len(text) if end is None else end
    for match in _SENTENCE.finditer(text, start, stop):
        stripped = match[0].strip()
        if stripped:
            begin = match.start() + match[0].index(stripped[0])
            spans.append((begin, begin + len(stripped)))
    return spans


def _lines(text: str) -> list[_Line]:
    markers = find_markers(text)
    lines: list[_Line] = []
    at = 0
    for raw in text.splitlines(keepends=True) if "\n" in text else [text]:
        inside = tuple(mark for mark in markers if at <= mark.start < at + len(raw))
        lines.append(_Line(at, at + len(raw), raw.strip(), inside))
        at += len(raw)
    return lines


def _body_start(lines: Sequence[_Line]) -> int:
    """Return the number of the first line after title, document number and addressees."""
    for number, line in enumerate(lines[:8]):
        if _ADDRESSEE.match(line.text) and number + 1 < len(lines):
            return number + 1
    for number, line in enumerate(lines):
        plain = len(line.text) > 60 or line.text.endswith(("。", "：", ":", "；"))
        if plain or _starts(line):
            return number
    return 0


def _closing_start(lines: Sequence[_Line], body: int) -> int:
    """Return the number of the first line of signature, contacts, enclosures and the like."""
    closing = len(lines)
    for number in range(len(lines) - 1, body, -1):
        line = lines[number]
        short = len(line.text) <= 30 and not line.text.endswith(("。", "；", "："))
        if _starts(line) or not (_CLOSING.match(line.text) or short):
            break
        closing = number
    return _before_trailing_paragraphs(lines, body, closing)


def _before_trailing_paragraphs(lines: Sequence[_Line], body: int, closing: int) -> int:
    """Let plain paragraphs after the last item close the notice, not extend that item.

    They do when every item before stands in one line: then a second line is not an item's.
    """
    starts = [number for number in range(body, closing) if _starts(lines[number])]
    if len(starts) < 3 or starts[-1] + 1 >= closing:
        return closing
    if any(following - previous > 1 for previous, following in pairwise(starts)):
        return closing
    if any(_is_heading(lines[number].text) for number in starts[-1:]):
        return closing
    return starts[-1] + 1


def _starts(line: _Line) -> bool:
    return bool(line.markers) and line.markers[0].start == line.start


def _is_heading(text: str) -> bool:
    return len(text) <= HEADING_LENGTH and not text.endswith(("。", "；", "：", ".", ";"))


def _paragraphs(lines: Sequence[_Line], text: str) -> list[Unit]:
    units: list[Unit] = []
    number = 0
    for line in lines:
        first = not units and line.text.endswith(("：", ":"))
        number += 0 if first else 1
        path = sentences.PREAMBLE if first else sentences.section_of_paragraph(number)
        key = "0" if first else f"p{number}"
        units.append(Unit("preamble" if first else "item", key, (path,), line.start, line.end))
    return units


def _numbered(lines: Sequence[_Line], text: str) -> list[Unit]:
    cuts: list[tuple[int, Marker | None]] = []
    for line in lines:
        cuts.extend((marker.start, marker) for marker in line.markers)
    end = lines[-1].end
    if not cuts or cuts[0][0] > lines[0].start:
        cuts.insert(0, (lines[0].start, None))
    units: list[Unit] = []
    open_items: list[tuple[Marker, str]] = []
    seen: Counter[str] = Counter()
    for (start, marker), following in zip(cuts, [*cuts[1:], (end, None)], strict=True):
        if marker is None:
            units.append(Unit("preamble", "0", (sentences.PREAMBLE,), start, following[0]))
            continue
        open_items = [item for item in open_items if item[0].rank < marker.rank]
        open_items.append((marker, _heading(text[start : following[0]], marker)))
        key = _key([item for item, _ in open_items])
        seen[key] += 1
        key += f"~{seen[key]}" if seen[key] > 1 else ""
        unit = Unit("item", key, tuple(label for _, label in open_items), start, following[0])
        bare = _is_heading(text[start : following[0]].strip())
        deeper = following[1] is not None and following[1].rank > marker.rank
        units.append(replace(unit, kind="heading") if bare and deeper else unit)
    return units


def _key(items: Sequence[Marker]) -> str:
    """Return the dotted numbers of ``items``, outermost first; chapters do not count.

    A chapter itself is ``c2``, a section in it ``c2.1``.
    """
    inner = [item for item in items if item.rank > 2]
    if not inner:
        return "c" + ".".join(str(item.number) for item in items)
    dotted = ".".join(str(item.number) for item in inner)
    return f"a{dotted}" if inner[0].rank == 3 else dotted


def _heading(text: str, marker: Marker) -> str:
    """Return an item's number with its own heading, or with its first words."""
    line = text.strip().split("\n", 1)[0]
    if _is_heading(line):
        return re.sub(r"\s+", " ", line)
    if marker.rank == 3:
        return marker.label
    first = re.match(r"[^。；：，]{1,30}(?=[。：])", line)
    if first is not None:
        return first[0]
    return (
        marker.label + re.split(r"[，。；：、（(]", line[len(marker.label) :], maxsplit=1)[0][:18]
    )
