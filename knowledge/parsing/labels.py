"""What is printed beside a document as label and value: 发文机关：…, 施行日期：…, 时效性：….

Law databases print such lines under the title, government sites in a box above it. They are
data about the document and not its words: they are read here and taken out of its text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.parsing.dates import parse_date
from knowledge.parsing.shapes import CELL

# Sources of the names: the pages that 国办发〔2017〕47号 asks of government sites, 北大法宝,
# 国家法律法规数据库.
_NAMES = {
    "title": "标题|文件标题|名称|文件名称",
    "doc_no": "文号|发文字号|发文号|发布文号|文件编号",
    "issuer": "发文机关|发文单位|发文部门|发文机构|发布机关|发布单位|发布部门|发布机构|公布机关|"
    "颁布机关|颁布单位|颁布部门|制定机关|印发机关|制发机关",
    "issued_on": "成文日期|发文日期|发文时间|颁布日期|颁布时间|公布日期|印发日期|生成日期",
    "published": "发布日期|发布时间|发表时间|发表日期",
    "effective_on": "施行日期|施行时间|实施日期|实施时间|执行日期|生效日期|生效时间",
    "revised_on": "修订日期|修正日期|修改日期",
    "expires_on": "失效日期|失效时间|废止日期|终止日期",
    "validity": "时效性|时效状态|效力状态|文件状态|有效性|文件效力",
    "source": "来源|信息来源|文章来源|稿件来源|文件来源",
    "": "统一编号|索引号|主题分类|主题词|效力级别|效力位阶|法规类别|公开方式|浏览量|浏览次数|"
    "浏览字号",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split("|")}
_LABEL = "|".join(r"\s{0,4}".join(name) for name in sorted(_FIELDS, key=len, reverse=True))
_LINE = re.compile(rf"[【\[]?({_LABEL})[】\]]?\s*[：:|]\s*(.*)|[【\[]({_LABEL})[】\]]\s*(.+)")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DATES = frozenset(("issued_on", "published", "effective_on", "revised_on", "expires_on"))
_TELLING = frozenset(
    ("doc_no", "issuer", "issued_on", "effective_on", "expires_on", "validity", "published")
)
_LONGEST = 160
_REACH = 60  # lines among which a block of labels stands
_LAPSED = re.compile(r"^(?:已|全文)?(?:失效|废止|被废止|停止执行)")
_HISTORY = re.compile(r"^[（(]?\s*(?:\d{4}\s*年|[一二][〇○零一二三四五六七八九]{3}年|根据)")
_PART = re.compile(r"^(?:第[一二三四五六七八九十]{1,3}(?:部分|编|篇|辑)\s.{2,20}|[-—\d\s]{1,8})$")
_OPENS, _CLOSES = "（([", "）)]"
_INDENT = "\u3000\u3000"


@dataclass(frozen=True)
class Stated:
    """What the labels say; "" and None for what they do not.

    ``published`` is when the page came out, ``issued_on`` the document; ``validity`` is the
    label's own word (现行有效).
    """

    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    issued_on: date | None = None
    published: date | None = None
    effective_on: date | None = None
    revised_on: date | None = None
    expires_on: date | None = None
    validity: str = ""
    source: str = ""

    @property
    def lapsed(self) -> bool:
        """True where the document is said to hold no longer."""
        return bool(_LAPSED.match(self.validity))

    def over(self, other: "Stated") -> "Stated":
        """Return these values, with those of ``other`` where there are none."""
        mine = {name: value for name, value in vars(self).items() if value}
        return replace(other, **mine)


@dataclass(frozen=True)
class _Labelled:
    field: str
    value: str
    lines: int  # how many lines of the text it takes


def read_labels(lines: Sequence[str]) -> Stated:
    """Return what the labels in ``lines`` say, also in the cells of a table."""
    return _stated(pair for line in lines for pair in _pairs(line))


def read_lines(lines: Sequence[str]) -> Stated:
    """Return what the labels say that have a line to themselves; a value may stand below."""
    return _stated((pair.field, pair.value) for _, pair in _block(lines))


def label_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines that labels and their values take."""
    return frozenset(line for at, pair in _block(lines) for line in range(at, at + pair.lines))


def part_labels(text: str) -> tuple[Stated, str]:
    """Return what a block of labels at the beginning says, and the text without it.

    Lines above the block are a title that was broken over some of them, which becomes one, and
    the history of a statute. Without a block (two labels or more) nothing changes.
    """
    lines = text.split("\n")
    found = dict(_block(lines[:_REACH]))
    fields = {pair.field for pair in found.values()}
    if len(fields) < 2 or not fields & _TELLING:
        return Stated(), text
    stated = _stated((pair.field, pair.value) for pair in found.values())
    taken = {line for at, pair in found.items() for line in range(at, at + pair.lines)}
    first, last = min(taken), max(taken)
    above, title = _above([line for at, line in enumerate(lines[:first]) if at not in taken])
    between = [line for at, line in enumerate(lines[first:last], first) if at not in taken]
    below = lines[last + 1 :]
    for at, line in enumerate(below):
        if line.strip():
            below[at] = _INDENT + line.strip()  # no continuation of what stood above
            break
    kept = [*above, *between, *below]
    return replace(stated, title=stated.title or title), "\n".join(kept)


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    cells = [cell.strip() for cell in line.split(CELL)]
    for at, cell in enumerate(cells):
        match = _LINE.fullmatch(cell) or _LINE.fullmatch(f"{cell}：")
        if match is not None:
            value = (match[2] or match[4] or "").strip("| ")
            yield _field(match[1] or match[3]), value or (cells[at + 1 : at + 2] or [""])[0]


def _field(label: str) -> str:
    return _FIELDS[re.sub(r"\s", "", label)]


def _block(lines: Sequence[str]) -> Iterator[tuple[int, _Labelled]]:
    for at, line in enumerate(lines):
        match = _LINE.fullmatch(line.strip())
        if match is None or len(line) > _LONGEST or CELL in line:
            continue
        value, count = (match[2] or match[4] or "").strip(), 1
        below = next((n for n in range(at + 1, len(lines)) if lines[n].strip()), at)
        following = lines[below].strip()
        if not value and below > at and len(following) <= 40 and not _LINE.fullmatch(following):
            value, count = following, below - at + 1
        yield at, _Labelled(_field(match[1] or match[3]), value, count)


def _stated(pairs: Iterator[tuple[str, str]]) -> Stated:
    values: dict[str, object] = {}
    for field, value in pairs:
        read = _day(value) if field in _DATES else value.strip()
        if field and read:
            values.setdefault(field, read)
    return Stated(**values)  # type: ignore[arg-type]


def _day(value: str) -> date | None:
    return parse_date(_DIGITS.sub(r"\1-\2-\3", re.sub(r"\s", "", value)))


def _above(lines: Sequence[str]) -> tuple[list[str], str]:
    """Return the lines above a block with the title in one line, and the title."""
    kept = [line.strip() for line in lines if line.strip()]
    while kept and _PART.match(kept[0]):
        kept.pop(0)
    begun = next((at for at, line in enumerate(kept) if _HISTORY.match(line)), len(kept))
    title, history = "".join(kept[:begun]), kept[begun:]
    plain = 4 <= len(title) <= 120 and "。" not in title and begun <= 3
    if not plain:
        return [_INDENT + line for line in kept], ""
    title = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", title)
    return [_INDENT + title, *(_INDENT + line for line in history[:1]), *history[1:]], title
