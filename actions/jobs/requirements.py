"""What postings ask for and people bring: schooling and years of work. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from language.numerals import chinese_number

LEVELS = ("学历不限", "初中", "高中", "中专", "大专", "本科", "硕士", "博士")
"""Schooling in its order; 0 asks for none. 中专 is by 技校 and 职高, level with 高中."""

_LEVEL = {
    0: r"学历不限|不限学历|无学历要求|不要求学历|不看学历|对学历无|学历[没无]要求|^不限$|^无$",
    1: r"初中|小学(?:学历|文化|毕业|以上)|义务教育",
    2: r"高中",
    3: r"中专|中技|技校|职高|中职|技工学校",
    4: r"大专|专科|高职",
    5: r"本科|学士|统招本",
    6: r"硕士|研究生",
    7: r"博士",
}
_SCHOOLING = re.compile(
    "|".join(f"(?P<l{level}>{form})" for level, form in sorted(_LEVEL.items(), reverse=True))
)
_N = r"\d{1,2}|[一二两三四五六七八九十]{1,3}"
_YEARS = re.compile(
    rf"(?P<low>{_N})\s*年?\s*(?:[-–—~～至到]|、)\s*(?P<high>{_N})\s*年"
    rf"|(?P<least>{_N})\s*年\s*(?:及以上|以上|\+|起)|(?P<most>{_N})\s*年\s*(?:以下|以内)"
    rf"|至少\s*(?P<atleast>{_N})\s*年|(?P<about>{_N})\s*年"
)
_NONE = re.compile(
    r"经验不限|不限经验|无经验|无需经验|不需要?经验|不要求经验|零经验|应届|经验.{0,2}不限|^不限$|^无$|在校"
)
_FRESH = re.compile(
    r"(?:没有?|冇得?|莫得)(?:什么|啥|任何|工作|相关)*经验|无(?:工作|相关)?经验|零基础|零经验|0经验|小白|新手|刚毕业|应届|没干过|没做过"
    r"|经验不限|不限经验|不要求经验|不用经验|不要经验|不看经验"
)
_HAVE = re.compile(
    rf"(?<![第近前这\d])(?:(?P<low>{_N})\s*年?\s*[-–—~～至到]\s*)?(?P<years>{_N})\s*年多?(?!前|级|内|底|终|薪|初|假|轻|龄|末|后)"
)
"""In a wish for work a number of years is what somebody has worked, unless it is said otherwise."""

_EXPERIENCE = re.compile(r"^(?P<years>\d{1,2})年经验$")
FRESH = "无经验"
ANY_LEVEL = LEVELS[0]


def education_in(text: str) -> int | None:
    """Return the least schooling that an ad's words ask for (an index of LEVELS)."""
    found = [int((m.lastgroup or "l0")[1:]) for m in _SCHOOLING.finditer(text)]
    return min(found) if found else None


def experience_in(text: str) -> tuple[int, int | None] | None:
    """Return the years that an ad's words ask for: at least, and at most (None: no limit).

    None where they say nothing of it; (0, None) where none are asked for.
    """
    match = _YEARS.search(text)
    if match is None:
        return (0, None) if _NONE.search(text) else None
    number = {name: chinese_number(value) for name, value in match.groupdict().items() if value}
    if "low" in number:
        low, high = number["low"], number["high"]
        return (low, high) if low <= high else (high, low)
    if "most" in number:
        return 0, number["most"]
    least = number.get("least", number.get("atleast", number.get("about", 0)))
    return least, None


@dataclass(frozen=True)
class Named:
    """What somebody brings or asks for at ``[start, end)`` of a text; ``name`` says it back."""

    name: str
    start: int
    end: int


def brought_in(text: str) -> Iterator[Named]:
    """Yield schooling and years of work that a person's words name."""
    for match in _SCHOOLING.finditer(text):
        if _UNWANTED.match(text, match.end()):
            continue
        if _TAUGHT_BEFORE.search(text, 0, match.start()) or _TAUGHT_BEHIND.match(text, match.end()):
            continue
        level = int((match.lastgroup or "l0")[1:])
        yield Named(ANY_LEVEL if level == 0 else f"{LEVELS[level]}学历", *match.span())
    had = _HAVE.search(text)
    if had is not None and (years := _number(had["low"] or had["years"])):
        yield Named(f"{years}年经验", *had.span())
    elif (fresh := _FRESH.search(text)) is not None:
        yield Named(FRESH, *fresh.span())


def _number(text: str) -> int:
    """Return a number of years; of 四五年 the lower."""
    return chinese_number(text[:1] if _NEIGHBOURS.fullmatch(text) else text)


_UNWANTED = re.compile(
    r"(?:学历|及?以上|毕业)*的?(?:岗位?|都|就|也)*(?:别|不[要考]|勿|免|pass|算了|不看)"
)
"""What is asked for and not wanted: 要求本科的别推."""
_NEIGHBOURS = re.compile("[一二两三四五六七八九]{2}")
_TAUGHT_BEFORE = re.compile(r"[教带](?:过|了|的)?$")
_TAUGHT_BEHIND = re.compile(
    r"(?:和|、)?(?:小学|初中|高中|中学)?[都也]?教过|(?:的)?(?:语文|数学|英语|物理|化学|生物|历史|地理|政治|道法|老师|教师|教研|教辅|学生|的?课|家教)"
)
"""A school that somebody taught at, or wants to, is no schooling of theirs: 教过初中数学."""


def level_named(name: str) -> int | None:
    """Return the level that a name of ``brought_in`` means; None for another."""
    plain = name.removesuffix("学历")
    return LEVELS.index(plain) if plain in LEVELS and (name != plain or name == ANY_LEVEL) else None


def years_named(name: str) -> int | None:
    """Return the years of work that a name of ``brought_in`` means; None for another."""
    if name == FRESH:
        return 0
    match = _EXPERIENCE.match(name)
    return None if match is None else int(match["years"])
