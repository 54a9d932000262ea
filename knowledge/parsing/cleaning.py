"""Damage repair: from the raw text of a notice to clean paragraphs.

Plain functions, no I/O. Only white space, web noise and lost characters at line ends are
taken away or added; the words of the notice stay as they are, since they will be quoted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.parsing.noise import is_noise, repair
from knowledge.parsing.numbering import DOT, find_markers, starts_item
from knowledge.parsing.shapes import ADDRESSEE, ALONE, CELL, DOC_NO_FORM, TITLE_END

TERMINAL = "。！？；：…”』」）)》!?;:"
_LOST_AT_END = re.compile(r"\ufffd+(?=[ \t\u3000]*$)")
_FULL_TEXT_FOLLOWS = re.compile(
    r"(?:以下[为是]?|附上?|现将)?(?:通知|意见|公告|文件|办法|规定)?的?(?:全文|原文)(?:如下|发布)?[：:]?\s*$"
)
_FULL_TEXT_LENGTH = 60
_SHORT = 15
_TITLE_LINES = 2
_EXPORT = re.compile(
    r"\s*Title:.*\n(?:\s*(?:URL Source|Published Time|Author|Description|Warning):.*\n)*"
    r"(?:\s*Markdown Content:[ \t]*\n)?"
)
_EXPORTED = {
    "title": ("title", "标题"),
    "date": ("date", "published", "published time", "pubdate", "publish_date", "发布日期"),
    "source": ("author", "publisher", "site", "来源", "作者"),
}
_NEWS = re.compile(
    r"近日|日前|记者|获悉|了解到|本报讯|网讯|[\u4e00-\u9fff]网\d+月\d+日|\d+月\d+日[电讯]|印发了?《"
)
_RELATED = re.compile(
    r"^[【\[]?(?:相关(?:链接|阅读|新闻|报道|文章|推荐)|延伸阅读|推荐阅读|热点新闻|热门(?:推荐|文章)|"
    r"更多(?:新闻|资讯)|猜你喜欢)[】\]]?[：:]?"
)
# Who a notice's sentences begin with, where a heading has run into its text.
_GLUED_BODY = re.compile(
    r"(?=(?:各级|各类|各地|各区|各州|人力资源服务机构|人力资源社会保障部门|人力资源和社会保障局|"
    r"人社部门|用人单位|公共就业服务机构)[\u4e00-\u9fff、]{0,12}?(?:要|应|可|须|不得|必须)|"
    r"(?:按照|根据|依据|为了|为贯彻)[\u4e00-\u9fff《])"
)
_SIGNATURE = re.compile(
    r"(?:(?<=[。）)！；])|(?<=\n))"
    r"([\u4e00-\u9fff]{4,30}(?:部|厅|局|办公厅|办公室|委员会|人民政府|国务院|法院|中心))"
    r"\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*$"
)
_CLOSING_INLINE = re.compile(
    r"(?<=[。；])(?=联\s?系\s?人[：:]|联系电话[：:]|附件[：:]|特此(?:通知|公告|函告)。)"
)
_DOC_NO_THEN_ADDRESSEE = re.compile(rf"^((?:[（(]\s*)?{DOC_NO_FORM}[）)]?)\s*(?=[^\s）)])")
_TITLE_THEN_DOC_NO = re.compile(
    rf"^(.{{6,80}}?的(?:通知|意见|公告|通告|函|批复))\s*(?={DOC_NO_FORM})"
)
_ADDRESSEE_THEN_TEXT = re.compile(
    r"^([^。；《]{2,100}(?:厅|局|委|部|办|府|院|单位|机构|企业|部门)(?:（局）)?：)\s*(?=[^\s])"
)


@dataclass(frozen=True)
class Cleaned:
    """Clean paragraphs joined by single line feeds; the document is ``text[start:end]``.

    What stands before and after it is kept but is not the document's: a news report about
    it, links to other pages.
    """

    text: str
    start: int
    end: int

    @property
    def document(self) -> str:
        """The document itself."""
        return self.text[self.start : self.end]


@dataclass(frozen=True)
class _Line:
    text: str
    indented: bool
    ends: bool  # a lost character stood where the paragraph mark had been


def split_front_matter(raw: str) -> tuple[dict[str, str], str]:
    """Return the flat ``key: value`` pairs of a YAML front matter, and the rest of ``raw``.

    Lists and nested values, which web exports carry and we never need, are left out.
    """
    match = re.match(r"\s*---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", raw, re.S)
    if match is None:
        return {}, raw
    pairs: dict[str, str] = {}
    for line in match[1].split("\n"):
        pair = re.match(r"([A-Za-z_]\w*):[ \t]*(.*?)[ \t]*$", line)
        if pair is not None:
            pairs[pair[1]] = pair[2].strip("'\"")
    return pairs, raw[match.end() :]


def split_export(header: Mapping[str, str], raw: str) -> tuple[dict[str, str], str]:
    """Return the particulars that a reader's export of a web page begins with, and its rest.

    Either ``Title: …`` and ``URL Source: …`` on lines of their own, or a front matter, whose
    names for the same things differ: the pairs returned are ``title``, ``date``, ``source``.
    """
    pairs = {name.lower(): value for name, value in header.items()}
    match = _EXPORT.match(raw)
    if match is not None:
        lines = (line.partition(":") for line in match[0].split("\n"))
        pairs.update((name.strip().lower(), value.strip()) for name, _, value in lines)
        raw = raw[match.end() :]
    found = {
        name: next((pairs[key] for key in keys if pairs.get(key)), "")
        for name, keys in _EXPORTED.items()
    }
    return found, raw


def clean(raw: str) -> Cleaned:
    """Return ``raw`` (without front matter or tags) as clean paragraphs."""
    text = repair(raw)
    # Where line breaks were lost, the full-width indentation still marks the paragraphs;
    # inside a short heading (总　　则) it is only spacing.
    text = re.sub(
        r"[ \t]*(?:(?<![\u4e00-\u9fff])\u3000{2,}|\u3000{2,}(?=[^\n\u3000]{12}))",
        "\n\u3000\u3000",
        text,
    )
    before, own, after = _parts(_lines(text))
    document = _break_inline(_join_title(_join(own)))
    pieces = ["\n".join(_join(before)), document, "\n".join(_join(after))]
    start = len(pieces[0]) + 1 if pieces[0] and document else 0
    end = start + len(document)
    whole = "\n".join(piece for piece in pieces if piece)
    return Cleaned(whole, start, end + 1 if end < len(whole) else end)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    for raw in text.split("\n"):
        kept = _LOST_AT_END.sub("", raw)
        words = re.sub(r"^#{1,6}[ \t]+", "", kept.strip())
        if not words or (is_noise(words) and not starts_item(words)):
            continue
        indented = kept.startswith(("\u3000", "\t", "    "))
        lines.append(_Line(words, indented, kept != raw))
    return lines


def _parts(lines: list[_Line]) -> tuple[list[_Line], list[_Line], list[_Line]]:
    """Part what stands before the document itself and after it."""
    start = _after_news(lines)
    end = len(lines)
    for number in range(len(lines) // 2, len(lines)):
        if _RELATED.match(lines[number].text):
            end = number
            break
    return lines[:start], lines[start:end], lines[end:]


def _after_news(lines: Sequence[_Line]) -> int:
    """Return the number of the line where the notice begins when news stand before it."""
    for number, line in enumerate(lines[:-1]):
        if len(line.text) <= _FULL_TEXT_LENGTH and _FULL_TEXT_FOLLOWS.search(line.text):
            return number + 1
    news = (
        number
        for number, line in enumerate(lines)
        if len(line.text) >= 30 and _NEWS.search(line.text)
    )
    first = next(news, len(lines))
    later = range(first + 1, len(lines))
    return next((number for number in later if _title_at(lines, number)), 0)


def _title_at(lines: Sequence[_Line], number: int) -> bool:
    """Tell whether a title with its number or its addressees stands at ``number``."""
    text = lines[number].text
    if len(text) > 80 or not TITLE_END.search(text) or "关于" not in text:
        return False
    following = [line.text for line in lines[number + 1 : number + 4]]
    return any(ALONE.match(line) or ADDRESSEE.match(line) for line in following)


def _width(text: str) -> float:
    return sum(1.0 if ord(char) > 0x2E7F else 0.5 for char in text)


def _wrap_width(lines: Sequence[_Line]) -> float:
    """Return the width at which lines were broken in mid-sentence; 0 where they were not."""
    widths = [_width(line.text) for line in lines]
    # A title that was printed over two lines stands in one by now.
    longest = max(widths[_TITLE_LINES:] or widths, default=0.0)
    broken = sum(
        width >= 0.85 * longest and line.text[-1] not in TERMINAL
        for width, line in zip(widths, lines, strict=True)
    )
    return longest if broken >= 3 and longest <= 130 else 0.0


def _join(lines: Sequence[_Line]) -> list[str]:
    wrap = _wrap_width(lines)
    paragraphs: list[str] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and (
            _continues(previous, line, wrap) or _broken_off(paragraphs, line)
        ):
            paragraphs[-1] += _glue(paragraphs[-1], line.text) + line.text
        elif not paragraphs or paragraphs[-1] != line.text:  # titles are often printed twice
            paragraphs.append(line.text)
        previous = line
    return paragraphs


def _glue(before: str, after: str) -> str:
    """Words and numbers in Latin letters need the space that the line break was."""
    return " " if before[-1:].isascii() and before[-1:].isalpha() and after[0].isascii() else ""


def _continues(previous: _Line, line: _Line, wrap: float) -> bool:
    if CELL in line.text or CELL in previous.text:  # a table's row
        return False
    if line.text[0] in "。，、；：！？）》”":
        return True
    if previous.ends or line.indented or starts_item(line.text):
        return False
    if ALONE.match(line.text) or ALONE.match(previous.text):
        return False
    if wrap:
        return _width(previous.text) >= 0.75 * wrap
    return previous.text[-1] in "，、"


def _broken_off(paragraphs: Sequence[str], line: _Line) -> bool:
    """Tell whether an item of a list that runs over semicolons stops in mid-sentence."""
    item = paragraphs[-1]
    listed = line.text.endswith("；") or (len(paragraphs) > 1 and paragraphs[-2].endswith("；"))
    stops = (
        len(item) > _SHORT
        and CELL not in item + line.text
        and item[-1] not in TERMINAL
        and starts_item(item)
    )
    return listed and stops and not (line.indented or starts_item(line.text))


def _join_title(paragraphs: list[str]) -> list[str]:
    """Join a title that was broken over two or three lines."""
    for number, first in enumerate(paragraphs[:5]):
        if "关于" not in first or TITLE_END.search(first) or len(first) > 60:
            continue
        for taken in (2, 3):
            whole = "".join(paragraphs[number : number + taken])
            middle = paragraphs[number + 1 : number + taken]
            plain = not any(ALONE.match(line) or line[-1] in "。：；" for line in middle)
            if (
                TITLE_END.search(whole)
                and len(whole) <= 120
                and plain
                and first[-1] not in "。：；"
            ):
                return [*paragraphs[:number], whole, *paragraphs[number + taken :]]
    return paragraphs


def _break_inline(paragraphs: list[str]) -> str:
    """Give items, a glued document number and a glued signature lines of their own."""
    if not paragraphs:
        return ""
    few_breaks = len(paragraphs) <= 3
    head, rest = paragraphs[:4], paragraphs[4:]
    head = "\n".join(_TITLE_THEN_DOC_NO.sub(r"\1\n", text) for text in head).split("\n")
    head = "\n".join(_DOC_NO_THEN_ADDRESSEE.sub(r"\1\n", text) for text in head).split("\n")
    head = [_ADDRESSEE_THEN_TEXT.sub(r"\1\n", text) for text in head]
    text = "\n".join([*head, *rest])
    text = _CLOSING_INLINE.sub("\n", _SIGNATURE.sub(r"\n\1\n\2", text))
    text = _break_before_markers(text)
    if few_breaks:
        text = "\n".join(_break_heading(line) for line in text.split("\n"))
    return re.sub(r"\n{2,}", "\n", text).strip()


def _break_before_markers(text: str) -> str:
    inline = [
        marker.start
        for marker in find_markers(text)
        if marker.start and text[marker.start - 1] != "\n" and marker.rank <= DOT
    ]
    return "\n".join(
        text[start:end].rstrip(" \t\u3000")
        for start, end in zip([0, *inline], [*inline, len(text)], strict=True)
    )


def _break_heading(line: str) -> str:
    """Part a numbered heading from the text that has run into it, where that shows."""
    if not starts_item(line) or "。" not in line:
        return line
    match = _GLUED_BODY.search(line, 8, 48)
    if match is None or "。" in line[: match.start()]:
        return line
    return line[: match.start()] + "\n" + line[match.start() :]
