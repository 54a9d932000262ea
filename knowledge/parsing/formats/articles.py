"""The article of a page that was saved whole, without what the site prints around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from knowledge import sentences
from knowledge.parsing.dates import parse_date
from knowledge.parsing.formats.grids import rows_of
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.labels import Stated, label_lines, read_lines

# What stands between the article's title and its first words, a line each.
_BEFORE = re.compile(
    r"[-—–|·\s次+×↺]*|听全文|语音播报|朗读|无障碍.*|A\W*[大中小]?|[大中小]|(?:浏览)?字[号体]\W*|收藏|打印|"
    r"分享(?:到|至)?\W*|(?:点击|阅读|浏览)(?:量|数|次数)?\W*\d*\W*次?|点击查看政策解读.*|扫一扫.*|"
    r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
# What ends it: the page's own buttons, counters and lists of further reading.
_AFTER = re.compile(
    r"扫一扫(?:在手机打开)?.{0,12}|扫码(?:浏览|阅读|查看).{0,12}|(?:相关|更多)(?:附件|新闻|文章|信息|阅读|链接|政策|"
    r"稿件|推荐|解读|文档)\W*|(?:政策|文件|文字|图片)解读\W*|内容纠错|"
    r"分享文章到|分享\W*|分享(?:到|至)\W*|浏览(?:次数|量)\W*\d*\W*|打印(?:本页|页面)?|关闭(?:本页|窗口)?|"
    r"[\W【]*(?:返回顶部|打印本?页?|关闭窗口|关闭|我要纠错)\W*(?:[【|\s]*(?:返回顶部|打印本?页?|关闭窗口|关闭)\W*)*|"
    r"上一[篇条页]\W?.*|下一[篇条页]\W?.*|标签\W*|网站地图|使用帮助|附件下载\W*|(?:版权所有|主办单位?)[：:].*|"
    r"责任编辑[：:].*"
)
_SITE_BEHIND = re.compile(r"\s*[-_|—–]+\s*([^-_|—–]{2,30}?(?:网|网站|门户|平台|政府|客户端))\s*$")
_SITE_BEFORE = re.compile(r"^\s*([^-_|—–]{2,30}?(?:网站|门户网))\s*[-_|—–]+\s*")
_BESIDE_BEFORE, _BESIDE_AFTER = 40, 14  # lines around the title in which particulars stand
# A line of a list of what was published: its title, then the day.
_LISTED = re.compile(
    r"\s*(.{6,}?)\s*[\[［【(（]?\s*(\d{4}[-./年]\d{1,2}[-./月]\d{1,2})日?\s*[\]］】)）]?\s*"
)
_LISTED_LEAST = 5
_INDENT = "\u3000\u3000"
_LETTERS = 60  # an article has more


@dataclass(frozen=True)
class Article:
    """An article's ``text``, and what the page says of it around its title.

    ``found`` is False where the title stands nowhere on the page: then ``text`` is all of it.
    """

    text: str
    stated: Stated
    published: date | None
    found: bool


def part_site(title: str) -> tuple[str, str]:
    """Return a page's own title without its site's name, and that name ("" for none)."""
    line = " ".join(title.split())
    for form in (_SITE_BEHIND, _SITE_BEFORE):
        match = form.search(line)
        if match is not None and len(line) - len(match[0]) >= 2:
            return form.sub("", line).strip(), match[1].strip()
    return line, ""


def article_of(page: str, title: str) -> Article:
    """Return the article called ``title`` of a page's text, a block a line, title included."""
    lines = page.split("\n")
    at = _title_line(lines, title)
    if at is None:
        return Article("\n".join(lines[: _end(lines, 0)]), Stated(), None, found=False)
    end = _end(lines, at + 1)
    behind = min(at + 1 + _BESIDE_AFTER, end)
    head = lines[at + 1 : behind]
    labels = label_lines(head)
    dated = (parse_date(line) for line in head if _BEFORE.fullmatch(line.strip()))
    published = next(filter(None, dated), None)
    body = [
        line
        for number, line in enumerate(head)
        if number not in labels and not _BEFORE.fullmatch(line.strip())
    ]
    body += lines[behind:end]
    first = next((number for number, line in enumerate(body) if line.strip()), 0)
    body[first] = _INDENT + body[first].strip()  # no continuation of the title
    around = lines[max(0, at - _BESIDE_BEFORE) : behind]
    return Article("\n".join([lines[at], *body]), read_lines(around), published, found=True)


def dated_list(page: str, title: str) -> str:
    """Return a page that lists what was published when as a table, its title above.

    Raises UnreadableFile (``empty``) for a page of links to other pages that says no days.
    """
    listed = [found.groups() for line in page.split("\n") if (found := _LISTED.fullmatch(line))]
    if len(listed) < _LISTED_LEAST:
        raise UnreadableFile("empty")
    rows = rows_of([sentences.LISTED, *listed], headed=True)
    return "\n".join([title, *rows])


def without_end(text: str) -> str:
    """Return the text of an article up to the page's own buttons behind it."""
    lines = text.split("\n")
    return "\n".join(lines[: _end(lines, 0)])


def _title_line(lines: Sequence[str], title: str) -> int | None:
    """Return the first line that is the title with an article behind it."""
    wanted = _bare(title)
    found = (number for number, line in enumerate(lines) if wanted and _bare(line) == wanted)
    return next((at for at in found if _has_text(lines[at + 1 : _end(lines, at + 1)])), None)


def _end(lines: Sequence[str], start: int) -> int:
    """Return where the article that begins at ``start`` ends."""
    letters = 0
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if line and letters >= _LETTERS and _AFTER.fullmatch(line):
            return number
        letters += len(_bare(line))
    return len(lines)


def _has_text(lines: Sequence[str]) -> bool:
    return any(len(_bare(line)) >= 15 for line in lines) and len(_bare("".join(lines))) >= _LETTERS


def _bare(line: str) -> str:
    return re.sub(r"[\W_]+", "", line)
