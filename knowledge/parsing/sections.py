"""Sections: the numbered tree of a document, cut into units that tile its text."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge import sentences
from knowledge.parsing.numbering import ARTICLE, COMMA, SECTION, Marker, find_markers
from knowledge.parsing.questions import Block, question_blocks
from knowledge.parsing.shapes import ADDRESSEE, ALONE, CELL, HISTORY, TITLE_END
from knowledge.parsing.tree import LONGEST, UNIT_LENGTH, grow, is_heading, pieces, portions

_CLOSING = re.compile(
    r"^(?:特此(?:通知|公告|函告)|联\s*系\s*(?:人|电话)|附\s*件|附[：:]|此复|（?此件|抄送|"
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)"
)
_ANNEX = re.compile(
    r"^附\s*(?:件|录|表)\s*[一二三四五六七八九十\d]{0,3}\s*(?:[：:]|$|[^\w]).{0,60}$"
)
_CONTENTS = re.compile(r"^目\s*[录錄次]$")
_SENTENCE = re.compile(
    rf"[^\n]*{re.escape(CELL)}[^\n]*"  # a table's row is one
    r"|[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*|(?=\n)|$)|[。！？!?]+"
)
_ASKING = ("？", "?")
_LEADS, _LISTED = ("：", ":"), ("；", ";")
_PREAMBLE_LINES = 4  # with more, what stands before the first number is text of its own
_HEAD_LINES = 12  # addressees stand among the first lines


@dataclass(frozen=True)
class Unit:
    """One unit: ``text[start:end]``; ``path`` are the headings above it and its own.

    ``kind`` is head (title, number, addressees), preamble, heading (only a heading; its
    items follow), item, closing or aside (kept, but not the document's own: not searched).
    ``key`` is the unit's place in the numbered tree, whatever its wording: ``head``, ``0``
    (preamble), ``end`` (closing), ``3.2`` (（二） under 三、), ``a12.1`` (（一） of 第十二条),
    ``a3-1`` (第三条之一), ``p3`` (third paragraph of an unnumbered document), ``q3`` (third
    question of a list of questions and answers), ``c2`` (only the
    heading of 第二章), ``f1.2`` (二、 of the first annex), ``aside1``. It is unique in its
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


def split_units(text: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """Cut ``text`` (clean paragraphs) into units that, joined, give it back.

    The document itself is ``text[start:end]``; the rest becomes asides.
    """
    stop = len(text) if end is None else end
    own = [
        replace(unit, start=unit.start + start, end=unit.end + start)
        for unit in _own_units(text[start:stop])
    ]
    around = [(0, start), (stop, len(text))]
    asides = [
        Unit("aside", f"aside{number}", (sentences.ASIDE,), begin, finish)
        for number, (begin, finish) in enumerate((gap for gap in around if gap[0] < gap[1]), 1)
    ]
    return _unique(sorted([*own, *asides], key=lambda unit: unit.start))


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


def _unique(units: Sequence[Unit]) -> list[Unit]:
    seen: Counter[str] = Counter()
    unique: list[Unit] = []
    for unit in units:
        seen[unit.key] += 1
        again = seen[unit.key] > 1
        unique.append(replace(unit, key=f"{unit.key}~{seen[unit.key]}") if again else unit)
    return unique


def _own_units(text: str) -> list[Unit]:
    if not text:
        return []
    lines = _lines(text)
    parts = [*_part_starts(lines), len(lines)]
    units = _main_units(lines[: parts[0]], text)
    for number, (first, last) in enumerate(pairwise(parts), 1):
        units.extend(_annex_units(lines[first:last], text, number))
    return units


def _main_units(lines: Sequence[_Line], text: str) -> list[Unit]:
    body = _body_start(lines)
    closing = _closing_start(lines, body)
    units = [Unit("head", "head", (sentences.HEAD,), 0, lines[body].start)] if body else []
    units.extend(_body_units(lines[body:closing], text))
    if closing < len(lines) and lines[-1].end - lines[closing].start > LONGEST:
        units.extend(_paragraphs(lines[closing:]))
    elif closing < len(lines):
        begin, finish = lines[closing].start, lines[-1].end
        units.append(Unit("closing", "end", (sentences.CLOSING,), begin, finish))
    return units


def _annex_units(lines: Sequence[_Line], text: str, number: int) -> list[Unit]:
    """Return the units of an annex, or of the rules that a notice brings: keys ``f1…``."""
    key = f"f{number}"
    titles = 1
    while titles < len(lines) and not _begins_body(lines[titles]) and titles < 4:
        titles += 1
    name = " ".join(line.text for line in lines[:titles])[:80]
    units = [Unit("heading", key, (name,), lines[0].start, lines[titles - 1].end)]
    units.extend(
        replace(unit, key=f"{key}.{unit.key}", path=(name, *unit.path))
        for unit in _body_units(lines[titles:], text)
    )
    return units


def _lines(text: str) -> list[_Line]:
    markers = find_markers(text)
    lines: list[_Line] = []
    at = taken = 0
    for raw in text.split("\n"):
        end = min(at + len(raw) + 1, len(text))
        first = taken
        while taken < len(markers) and markers[taken].start < end:
            taken += 1
        if at < end:
            lines.append(_Line(at, end, raw.strip(), tuple(markers[first:taken])))
        at = end
    return lines


def _starts(line: _Line) -> bool:
    return bool(line.markers) and line.markers[0].start == line.start


def _begins_body(line: _Line) -> bool:
    plain = len(line.text) > 60 or line.text.endswith(("。", "：", ":", "；"))
    return (plain and not HISTORY.match(line.text)) or _starts(line)


def _body_start(lines: Sequence[_Line]) -> int:
    """Return the number of the first line after title, document number and addressees."""
    for number, line in enumerate(lines[:_HEAD_LINES]):
        if _starts(line):
            break
        if number and line.text.endswith(_ASKING):
            return number
        if number == 1 and CELL in line.text:  # nothing but a table below its title
            return number
        if ADDRESSEE.match(line.text) and number + 1 < len(lines):
            return number + 1
    after_contents = _after_contents(lines)
    for number in range(after_contents, len(lines)):
        if _begins_body(lines[number]):
            return number
    return after_contents


def _after_contents(lines: Sequence[_Line]) -> int:
    """Return where the text begins behind a table of contents: its first entry comes again."""
    for number, line in enumerate(lines[:-1]):
        if _CONTENTS.match(line.text):
            first = re.sub(r"\s", "", lines[number + 1].text)
            for again in range(number + 2, len(lines)):
                if re.sub(r"\s", "", lines[again].text) == first:
                    return again
    return 0


def _part_starts(lines: Sequence[_Line]) -> list[int]:
    """Return the numbers of the lines with which annexes or appended rules begin."""
    dated = [number for number, line in enumerate(lines) if ALONE.match(line.text)]
    rules = next(([at + 1] for at in dated if _brings_rules(lines, at + 1)), [])
    last_date = dated[-1] if dated else -1
    return rules + [
        number
        for number in range(max(last_date, 0) + 1, len(lines))
        if _ANNEX.match(lines[number].text) and _has_body(lines[number + 1 :])
    ]


def _has_body(lines: Sequence[_Line]) -> bool:
    body = (line.text for line in lines if _starts(line) or line.text.endswith(("。", "；", "：")))
    return sum(map(len, body)) >= 60


def _brings_rules(lines: Sequence[_Line], number: int) -> bool:
    """Tell whether rules with a title of their own follow the notice's date."""
    if not 3 < number < len(lines) - 2 or not TITLE_END.search(lines[number].text):
        return False
    ranks = {line.markers[0].rank for line in lines[number : number + 5] if _starts(line)}
    return any(rank in (SECTION - 1, ARTICLE, COMMA) for rank in ranks)


def _closing_start(lines: Sequence[_Line], body: int) -> int:
    """Return the number of the first line of signature, contacts, enclosures and the like."""
    closing = len(lines)
    for number in range(len(lines) - 1, body, -1):
        line = lines[number]
        short = len(line.text) <= 30 and not line.text.endswith(("。", "；", "："))
        short = short and CELL not in line.text
        if _starts(line) or not (_CLOSING.match(line.text) or short):
            break
        closing = number
    return _before_trailing_paragraphs(lines, body, closing)


def _before_trailing_paragraphs(lines: Sequence[_Line], body: int, closing: int) -> int:
    """Let plain paragraphs after the last item close the notice, not extend that item.

    They do when every item before stands in one line: then a second line is not an item's.
    """
    firsts = [number for number in range(body, closing) if _starts(lines[number])]
    if len(firsts) < 3 or firsts[-1] + 1 >= closing:
        return closing
    if any(following - previous > 1 for previous, following in pairwise(firsts)):
        return closing
    last = lines[firsts[-1]]
    if is_heading(last.text) or any(mark.rank == ARTICLE for mark in last.markers):
        return closing
    return firsts[-1] + 1


def _body_units(lines: Sequence[_Line], text: str) -> list[Unit]:
    if not lines:
        return []
    asked = question_blocks([line.text for line in lines])
    if asked:
        return _questions(lines, asked)
    numbered = any(line.markers for line in lines)
    return _numbered(lines, text) if numbered else _paragraphs(lines)


def _questions(lines: Sequence[_Line], asked: Sequence[Block]) -> list[Unit]:
    """Return each question with its whole answer as a unit, below the headings between them."""
    units: list[Unit] = []
    if asked[0].first:
        begin, finish = lines[0].start, lines[asked[0].first - 1].end
        units.append(Unit("preamble", "0", (sentences.PREAMBLE,), begin, finish))
    above: tuple[str, ...] = ()
    number = headings = 0
    for block in asked:
        begin, finish = lines[block.first].start, lines[block.end - 1].end
        if block.answered:
            number += 1
            units.append(Unit("item", f"q{number}", (*above, block.title), begin, finish))
        else:
            headings += 1
            above = (block.title,)
            units.append(Unit("heading", f"h{headings}", above, begin, finish))
    return units


def _paragraphs(lines: Sequence[_Line]) -> list[Unit]:
    """Return each paragraph as a unit, under the unnumbered headings between them."""
    units: list[Unit] = []
    above: tuple[str, ...] = ()
    number = headings = 0
    led = False  # the paragraph before leads into this one
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if led and line.start - units[-1].start + len(line.text) <= UNIT_LENGTH:
            units[-1] = replace(units[-1], end=line.end)
            led = line.text.endswith(_LEADS) or (led and line.text.endswith(_LISTED))
            continue
        led = bool(units) and line.text.endswith(_LEADS) and CELL not in line.text
        if not units and line.text.endswith(("：", ":")):
            units.append(Unit("preamble", "0", (sentences.PREAMBLE,), line.start, line.end))
        elif following and len(line.text) <= 25 < len(following.text) and is_heading(line.text):
            headings += 1
            above = (line.text,)
            units.append(Unit("heading", f"h{headings}", above, line.start, line.end))
        else:
            number += 1
            path = (*above, sentences.section_of_paragraph(number))
            units.append(Unit("item", f"p{number}", path, line.start, line.end))
    return units


def _numbered(lines: Sequence[_Line], text: str) -> list[Unit]:
    markers = [marker for line in lines for marker in line.markers]
    start, end = lines[0].start, lines[-1].end
    units: list[Unit] = []
    before = [line for line in lines if line.start < markers[0].start]
    if markers[0].start - start > UNIT_LENGTH and len(before) > _PREAMBLE_LINES:
        units.extend(
            _paragraphs(
                [*before[:-1], replace(before[-1], end=min(before[-1].end, markers[0].start))]
            )
        )
    elif before:
        units.extend(
            Unit("preamble", "0", (sentences.PREAMBLE,), *span)
            for span in portions(text, start, markers[0].start)
        )
    units.extend(
        Unit(piece.kind, _key(piece.items), piece.path, piece.start, piece.end)
        for piece in pieces(text, grow(text, markers, end))
    )
    return units


def _key(items: Sequence[Marker]) -> str:
    """Return the dotted numbers of ``items``, outermost first; chapters do not count.

    A chapter itself is ``c2``, a section in it ``c2.1``.
    """
    inner = [item for item in items if item.rank > SECTION]
    numbers = ".".join(
        f"{item.number}-{item.sub}" if item.sub else str(item.number) for item in inner or items
    )
    if not inner:
        return f"c{numbers}"
    return f"a{numbers}" if inner[0].rank == ARTICLE else numbers
