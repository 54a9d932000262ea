"""The numbering of Chinese official documents: 第X章 第X条 一、 （一） 1. （1） ①.

Source of the order: GB/T 9704-2012, 7.3.3 (一、 （一） 1. （1）), and the Legislation Law's
编 章 节 条 款 项 目. Numbers must follow each other: a marker that breaks the sequence in
running text is a reference (「第（二）项」) or a list of days (「周一、周二」), not an item.
"""

import re
from dataclasses import dataclass

from knowledge.parsing.shapes import CELL
from language.numerals import chinese_number

PART, DIVISION, CHAPTER, SECTION, ARTICLE, COMMA, PAREN, DOT, PAREN_DIGIT, CIRCLE = range(10)
_NUMBER = "[一二三四五六七八九十百千零〇两]{1,7}"  # the longest: 一千一百一十一
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CANDIDATE = re.compile(
    rf"第(?P<law>{_NUMBER}|\d{{1,4}})(?P<part>分?[编編]|[章节節条條])(?:之(?P<sub>{_NUMBER}))?"
    rf"|(?P<comma>{_NUMBER})(?:、|(?<=^.)[.．]|(?<=^..)[.．])"
    rf"|(?P<stem>^[{_STEMS}])、(?![{_STEMS}])"
    rf"|[（(]\s?(?P<paren>{_NUMBER})\s?[）)]"
    r"|(?P<dot>(?<!\d)\d{1,2})(?:[.．](?!\d)|、)"
    r"|[（(]\s?(?P<paren_digit>\d{1,2})\s?[）)]"
    r"|(?P<circle>[①-⑳])|(?P<one_paren>[㈠-㈩])|(?P<one_digit>[⑴-⒇])|(?P<one_dot>[⒈-⒛])",
    re.M,
)
_PART_RANK = {
    **dict.fromkeys("编編", PART),
    **dict.fromkeys(("分编", "分編"), DIVISION),
    "章": CHAPTER,
    **dict.fromkeys("节節", SECTION),
    **dict.fromkeys("条條", ARTICLE),
}
# Numbers that are one character: (rank, the character before the first).
_SINGLE = {
    "circle": (CIRCLE, 0x245F),
    "one_paren": (PAREN, 0x321F),
    "one_digit": (PAREN_DIGIT, 0x2473),
    "one_dot": (DOT, 0x2487),
}
_ROW = re.compile(rf"^.*{re.escape(CELL)}.*$", re.M)  # of a table: its numbers are no items
_SENTENCE_END = "。；：！？"
_REFERENCE_BEFORE = "第款条項项前列述本和至及、与或的依按据照"
_REFERENCE_AFTER = re.compile(r"[项款目条、至和或及与]")
_ARTICLE_REFERENCE = re.compile(
    r"(?:、|至|和|或者?|及|与|的|规定|所列|所称|之规定|第[一二三四五六七八九十\d]+[款项]|项|款|中|前款)"
)
_GAP = 20  # no document leaves out so many numbers at once: a greater jump is a reference


@dataclass(frozen=True)
class Marker:
    """One item's number. ``rank`` 0 编, 1 分编 … 4 条, 5 一、, 6 （一）, 7 1., 8 （1）, 9 ①.

    ``start`` and ``end`` (half-open) are the offsets of the number itself; ``sub`` is 1 for
    第三条之一, else 0.
    """

    start: int
    end: int
    rank: int
    number: int
    label: str
    sub: int = 0


def starts_item(line: str) -> bool:
    """Tell whether a line begins with a number that may be an item's."""
    match = _CANDIDATE.match(line)
    return match is not None and not _refers(_marker(match), line)


def find_markers(text: str) -> list[Marker]:
    """Return the markers that begin items of ``text``, in order of appearance."""
    found: list[Marker] = []
    open_items: list[Marker] = []
    rows = _ROW.finditer(text)
    row = next(rows, None)
    for match in _CANDIDATE.finditer(text):
        while row is not None and row.end() <= match.start():
            row = next(rows, None)
        if row is not None and row.start() <= match.start():
            continue
        marker = _marker(match)
        at_line_start = match.start() == 0 or text[match.start() - 1] == "\n"
        if _refers(marker, text) or not (at_line_start or _may_stand_inline(marker, text)):
            continue
        parents = [item for item in open_items if item.rank < marker.rank]
        siblings = [item for item in open_items if item.rank == marker.rank]
        if not _follows(marker, siblings, at_line_start):
            continue
        open_items = [*parents, marker]
        found.append(marker)
    return found


def _marker(match: re.Match[str]) -> Marker:
    kind = next(name for name, value in match.groupdict().items() if value and name != "part")
    sub = chinese_number(match["sub"]) if match["sub"] else 0
    if kind in ("law", "sub"):
        rank, number = _PART_RANK[match["part"]], chinese_number(match["law"])
    elif kind in _SINGLE:
        rank, before = _SINGLE[kind]
        number = ord(match[kind]) - before
    elif kind == "stem":
        rank, number = COMMA, _STEMS.index(match[kind]) + 1
    else:
        rank = {"comma": COMMA, "paren": PAREN, "dot": DOT, "paren_digit": PAREN_DIGIT}[kind]
        number = chinese_number(match[kind])
    return Marker(match.start(), match.end(), rank, number, match[0], sub)


def _refers(marker: Marker, text: str) -> bool:
    """Tell whether 第X条 points to an article (「第三条的规定」) instead of beginning one."""
    return marker.rank <= ARTICLE and bool(_ARTICLE_REFERENCE.match(text, marker.end))


def _may_stand_inline(marker: Marker, text: str) -> bool:
    before = text[marker.start - 1]
    after = text[marker.end : marker.end + 1]
    if after in ("", "\n"):  # 《……的解释（一）》: nothing is numbered
        return False
    if marker.rank == ARTICLE:
        return before in "。" and after in " \u3000"
    if marker.rank < ARTICLE:
        return False
    if marker.rank in (PAREN, CIRCLE):
        return before not in _REFERENCE_BEFORE and not _REFERENCE_AFTER.match(after)
    return before in _SENTENCE_END


def _follows(marker: Marker, siblings: list[Marker], at_line_start: bool) -> bool:
    """Tell whether the number continues its list or begins one (where it may)."""
    if marker.number == 0:
        return False
    free = marker.rank == ARTICLE  # an excerpt begins anywhere and leaves articles out
    if not siblings:
        return marker.number == 1 or (at_line_start and (free or marker.number <= _GAP))
    last = siblings[-1]
    if marker.sub:
        return marker.number == last.number and marker.sub == last.sub + 1
    if marker.number == last.number + 1:
        return True
    later = last.number < marker.number and (free or marker.number < last.number + _GAP)
    return at_line_start and (marker.number == 1 or later)
