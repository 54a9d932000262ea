"""Damage repair: from the raw text of a notice to clean paragraphs.

Plain functions, no I/O. Only white space, web noise and lost characters at line ends are
taken away or added; the words of the notice stay as they are, since they will be quoted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from knowledge.numbering import find_markers

TERMINAL = "。！？；：…”』」）)》!?;:"
_HTML_TAG = re.compile(r"</?(?:p|div|span|br|font|style|script|td|tr|table|a|h[1-6])\b[^>]*>", re.I)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_CSS_RULE = re.compile(r"^[ \t]*[.#@]?[\w-]+(?:[ ,>.#:\w-]*)\{[^{}]*\}[ \t]*$", re.M)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LOST_AT_END = re.compile(r"\ufffd+(?=[ \t\u3000]*$)")
_FULL_TEXT_FOLLOWS = re.compile(r"(?:以下[为是]?(?:通知|意见|公告|文件)?全文|全文如下)[：:]?\s*$")
_NOISE = re.compile(
    r"^(?:北大法宝.*|.*法宝引证码.*|原文链接[：:].*|原标题[：:].*|来源[：:].{0,30}|"
    r"(?:责任)?编辑[：:].{0,30}|(?:文章)?作者[：:].{0,20}|.*(?:扫码|二维码)(?:下载|关注).{0,30}|"
    r".{0,30}尽在新浪财经APP|分享到.{0,40}|(?:打印|关闭|字号|收藏|上一篇|下一篇|返回顶部)"
    r"[：: 　|【】\[\]大中小打印关闭]*.{0,10}|"
    r"(?:广告|ADVERTISEMENT|推广)|点击(?:查看|下载|进入).{0,30}|"
    r"(?:[\u4e00-\u9fff]{2,8}\s*)?[(（]?(?:sh|sz|hk|SH|SZ|HK)\.?\d{5,6}[)）]?"
    r"(?:[\s+\-.%\d]|涨跌幅|最新价|股吧|行情)*|https?://\S+)$"
)
# Who a notice's sentences begin with, where a heading has run into its text.
_GLUED_BODY = re.compile(
    r"(?=(?:各级|各类|各地|各区|各州|人力资源服务机构|人力资源社会保障部门|人力资源和社会保障局|"
    r"人社部门|用人单位|公共就业服务机构)[\u4e00-\u9fff、]{0,12}?(?:要|应|可|须|不得|必须)|"
    r"(?:按照|根据|依据|为了|为贯彻)[\u4e00-\u9fff《])"
)
_SIGNATURE = re.compile(
    r"(?:(?<=[。）)！；])|(?<=\n))"
    r"([\u4e00-\u9fff]{4,30}(?:部|厅|局|办公厅|办公室|委员会|人民政府|国务院|法院))"
    r"\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*$"
)
_DOC_NO_THEN_ADDRESSEE = re.compile(
    r"^((?:[（(]\s*)?[\u4e00-\u9fff]{2,14}[〔\[［【(（]\d{4}[〕\]］】)）]\s*\d{1,4}\s*号[）)]?)\s*(?=[^\s）)])"
)
_ADDRESSEE_THEN_TEXT = re.compile(
    r"^([^。；《]{2,100}(?:厅|局|委|部|办|府|院|单位|机构|企业|部门)(?:（局）)?：)\s*(?=[^\s])"
)


@dataclass(frozen=True)
class _Line:
    text: str
    indented: bool
    ends: bool  # a lost character stood where the paragraph mark had been
    after_blank: bool


class _Stripper(HTMLParser):
    """Keeps text; block tags break lines; scripts and styles vanish."""

    BLOCK = frozenset(
        ("p", "div", "br", "tr", "td", "li", "table", "section", "article", "h1", "h2", "h3")
    )
    SILENT = frozenset(("script", "style", "iframe", "noscript"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.SILENT:
            self._silent += 1
        elif tag in self.BLOCK:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self.BLOCK:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


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


def clean(raw: str) -> str:
    """Return ``raw`` (without front matter) as clean paragraphs joined by single line feeds."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    text = _COMMENT.sub("", text)
    if len(_HTML_TAG.findall(text)) >= 3:
        stripper = _Stripper()
        stripper.feed(text)
        stripper.close()
        text = "".join(stripper.pieces)
    text = _INVISIBLE.sub("", _CSS_RULE.sub("", text))
    # Where line breaks were lost, the full-width indentation still marks the paragraphs.
    text = re.sub(r"[ \t]*\u3000{2,}", "\n\u3000\u3000", text)
    paragraphs = _join(_after_news(_lines(text)))
    return _break_inline(paragraphs)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank = False
    for raw in text.split("\n"):
        kept = _LOST_AT_END.sub("", raw)
        words = re.sub(r"^#{1,6}[ \t]+", "", kept.strip())
        if not words or _NOISE.match(words):
            blank = True
            continue
        lines.append(_Line(words, kept.startswith("\u3000"), kept != raw, blank))
        blank = False
    return lines


def _after_news(lines: list[_Line]) -> list[_Line]:
    """Keep the notice itself when a news report stands before it."""
    for number, line in enumerate(lines):
        if _FULL_TEXT_FOLLOWS.search(line.text) and number + 1 < len(lines):
            return lines[number + 1 :]
    return lines


def _width(text: str) -> float:
    return sum(1.0 if ord(char) > 0x2E7F else 0.5 for char in text)


def _wrap_width(lines: Sequence[_Line]) -> float:
    """Return the width at which lines were broken in mid-sentence; 0 where they were not."""
    widths = [_width(line.text) for line in lines]
    longest = max(widths, default=0.0)
    broken = sum(
        width >= 0.85 * longest and line.text[-1] not in TERMINAL
        for width, line in zip(widths, lines, strict=True)
    )
    return longest if broken >= 3 and longest <= 130 else 0.0


def _join(lines: list[_Line]) -> list[str]:
    wrap = _wrap_width(lines)
    paragraphs: list[str] = []
    previous: _Line | None = None
    for line in lines:
        if previous is not None and _continues(previous, line, wrap):
            paragraphs[-1] += line.text
        elif not paragraphs or paragraphs[-1] != line.text:  # titles are often printed twice
            paragraphs.append(line.text)
        previous = line
    return paragraphs


def _continues(previous: _Line, line: _Line, wrap: float) -> bool:
    if line.text[0] in "。，、；：！？）》”":
        return True
    if previous.ends or line.indented or _starts_item(line.text):
        return False
    if wrap:
        return _width(previous.text) >= 0.75 * wrap
    return previous.text[-1] in "，、" and not line.after_blank


def _starts_item(text: str) -> bool:
    return bool(
        re.match(
            r"(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、](?!\d)|[①-⑳]"
            r"|第[一二三四五六七八九十百零\d]+[编章节条](?![的第]))",
            text,
        )
    )


def _break_inline(paragraphs: list[str]) -> str:
    """Give items, a glued document number and a glued signature lines of their own."""
    if not paragraphs:
        return ""
    few_breaks = len(paragraphs) <= 3
    head, rest = paragraphs[:4], paragraphs[4:]
    head = "\n".join(_DOC_NO_THEN_ADDRESSEE.sub(r"\1\n", text) for text in head).split("\n")
    head = [_ADDRESSEE_THEN_TEXT.sub(r"\1\n", text) for text in head]
    text = "\n".join([*head, *rest])
    text = _SIGNATURE.sub(r"\n\1\n\2", text)
    for marker in reversed(find_markers(text)):
        if marker.start and text[marker.start - 1] != "\n" and marker.rank <= 6:
            text = text[: marker.start].rstrip() + "\n" + text[marker.start :]
    if few_breaks:
        text = "\n".join(_break_heading(line) for line in text.split("\n"))
    return re.sub(r"\n{2,}", "\n", text).strip()


def _break_heading(line: str) -> str:
    """Part a numbered heading from the text that has run into it, where that shows."""
    if not _starts_item(line) or "。" not in line:
        return line
    match = _GLUED_BODY.search(line, 8, 48)
    if match is None or "。" in line[: match.start()]:
        return line
    return line[: match.start()] + "\n" + line[match.start() :]
