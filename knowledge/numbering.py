"""The numbering of Chinese official documents: 第X章 第X条 一、 （一） 1. （1） ①.

Source of the order: GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), and the Legislation Law's
编 章 节 条 款 项 目. Numbers must follow each other: a marker that breaks the sequence in
running text is a reference (「第（二）项」) or a list of days (「周一、周二」), not an item.
"""

import re
from dataclasses import dataclass

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_NUMBER = "[一二三四五六七八九十百零〇两]{1,6}"
_CANDIDATE = re.compile(
    rf"第(?P<law>{_NUMBER}|\d{{1,4}})(?P<part>[编章节条])"
    rf"|(?P<comma>{_NUMBER})、"
    rf"|[（(](?P<paren>{_NUMBER})[）)]"
    r"|(?P<dot>(?<!\d)\d{1,2})(?:[.．](?!\d)|、)"
    r"|[（(](?P<paren_digit>\d{1,2})[）)]"
    r"|(?P<circle>[①-⑳])"
)
_PART_RANK = {"编": 0, "章": 1, "节": 2, "条": 3}
_SENTENCE_END = "。；：！？"
_REFERENCE_BEFORE = "第款条项前列述本和至及、"
_REFERENCE_AFTER = re.compile(r"[项款目条、至和或及]")


@dataclass(frozen=True)
class Marker:
    """One item's number. ``rank`` 0 编 … 3 条, 4 一、, 5 （一）, 6 1., 7 （1）, 8 ①.

    ``start`` and ``end`` (half-open) are the offsets of the number itself.
    """

    start: int
    end: int
    rank: int
    number: int
    label: str


def chinese_number(text: str) -> int:
    """Return the value of a Chinese or Arabic numeral up to 999; 0 when it is none."""
    if text.isdigit():
        return int(text)
    total = 0
    digit = 0
    for char in text:
        if char == "百":
            total += (digit or 1) * 100
            digit = 0
        elif char == "十":
            total += (digit or 1) * 10
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return 0
    return total + digit


def find_markers(text: str) -> list[Marker]:
    """Return the markers that begin items of ``text``, in order of appearance."""
    found: list[Marker] = []
    open_items: list[Marker] = []
    for match in _CANDIDATE.finditer(text):
        marker = _marker(match)
        at_line_start = match.start() == 0 or text[match.start() - 1] == "\n"
        if not (at_line_start or _may_stand_inline(marker, text)):
            continue
        parents = [item for item in open_items if item.rank < marker.rank]
        siblings = [item for item in open_items if item.rank == marker.rank]
        if not _follows(marker, siblings, at_line_start):
            continue
        open_items = [*parents, marker]
        found.append(marker)
    return found


def _marker(match: re.Match[str]) -> Marker:
    kind = match.lastgroup or ""
    if kind == "part":
        rank, numeral = _PART_RANK[match["part"]], match["law"]
    elif kind == "circle":
        return Marker(match.start(), match.end(), 8, ord(match["circle"]) - 0x245F, match[0])
    else:
        rank = {"comma": 4, "paren": 5, "dot": 6, "paren_digit": 7}[kind]
        numeral = match[kind]
    return Marker(match.start(), match.end(), rank, chinese_number(numeral), match[0])


def _may_stand_inline(marker: Marker, text: str) -> bool:
    before = text[marker.start - 1]
    after = text[marker.end : marker.end + 1]
    if marker.rank == 3:
        return before in "。" and after in " \u3000"
    if marker.rank < 3:
        return False
    if marker.rank in (5, 8):
        return before not in _REFERENCE_BEFORE and not _REFERENCE_AFTER.match(after)
    return before in _SENTENCE_END


def _follows(marker: Marker, siblings: list[Marker], at_line_start: bool) -> bool:
    """Tell whether the number continues its list or begins one (where it may)."""
    if marker.number == 0:
        return False
    if siblings:
        last = siblings[-1].number
        return marker.number == last + 1 or (
            at_line_start and (marker.number > last or marker.number == 1)
        )
    return marker.number == 1 or at_line_start
