"""What the cells of a table of postings say: pay, places, numbers, days, lists. Pure."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from language.numerals import chinese_number
from language.pay import read_pay
from language.places import city_of, find_places
from language.text import fold

MOST_PAY, LEAST_PAY = 300_000, 200
"""Whole yuan a month between which stated pay is believed."""

_OPEN_PAY = re.compile(
    r"^(?:薪资|工资|薪酬|待遇|月薪)*(?:面议|面谈|另议|详谈|open|不限|-+|/|无"
    r"|暂无|保密|详见.*|按.*(?:规定|标准|政策).*)(?:/月)?$",
    re.I,
)
_MONTHS = re.compile(r"[·*x×\s,，（(]*(1[2-9]|2[0-4])\s*(?:薪|个月)[）)]?")
_BARE = re.compile(r"^\d+(?:\.\d+)?(?:\s*[-–—~～至到]\s*\d+(?:\.\d+)?)?(?:以上|以下|起|\+)?$")
_TEN_THOUSANDS = re.compile(r"\d万")


@dataclass(frozen=True)
class CellPay:
    """Stated pay, whole yuan a month; ``problem`` names a sentence, "" where all is well.

    ``unit`` is by what it was stated (month, day, hour, week, year), "" where nothing is.
    """

    min: int | None = None
    max: int | None = None
    unit: str = ""
    months: int | None = None
    problem: str = ""


@lru_cache(maxsize=20_000)
def pay_in(text: str, unit: str = "") -> CellPay:
    """Return the pay of a cell; ``unit`` is what its column's name says (千/月, 元/天, 万/年)."""
    said = fold(text).strip()
    if not said or _OPEN_PAY.match(said):
        return CellPay()
    months = _MONTHS.search(said)
    plain = (said[: months.start()] + said[months.end() :]).strip() if months else said
    number = int(months[1]) if months else None
    if re.fullmatch(r"0+(?:\.0+)?(?:\s*[-~至到]\s*0+)?(?:元|/月|元/月)?", plain):
        return CellPay(problem="PAY_ZERO")
    if unit and _BARE.match(plain):
        plain = _with_unit(plain, fold(unit))
    if _BARE.match(plain) and (found := _plain_range(plain)):
        return _believed(*found, "month", number)
    read = read_pay(plain)
    if read is None and _TEN_THOUSANDS.search(plain):
        # 50-80万·16薪: as much is by the year, whatever it does not say.
        read = read_pay(f"{plain}/年")
    if read is None:
        return CellPay(
            problem="PAY_ODD" if re.fullmatch(r"[\d.,\s元/月-]+", plain) else "PAY_UNREAD"
        )
    low, high, by = read.min, read.max, read.unit
    # 20-40万·16薪 is by the year, whatever it does not say.
    if by == "month" and (low or high or 0) >= 100_000 and _TEN_THOUSANDS.search(plain):
        low, high = (None if one is None else round(one / 12) for one in (low, high))
        by = "year"
    return _believed(low, high, by, number)


def _plain_range(text: str) -> tuple[int | None, int | None] | None:
    numbers = [float(each) for each in re.findall(r"\d+(?:\.\d+)?", text)]
    if any(number < 500 for number in numbers):
        return None
    low, high = int(numbers[0]), int(numbers[-1])
    if len(numbers) == 1 and re.search(r"以上$|起$|\+$", text):
        return low, None
    return (None, high) if len(numbers) == 1 and text.endswith("以下") else (low, high)


def _with_unit(text: str, unit: str) -> str:
    """Return a bare number with the unit that stands in its column's name."""
    amount = next((mark for mark in ("万", "千", "k") if mark in unit), "元")
    per = next(
        (mark for mark in ("年", "天", "日", "小时", "时", "周", "月") if mark in unit), "月"
    )
    numbers = re.split(r"\s*[-–—~～至到]\s*", text)
    tail = re.search(r"(?:以上|以下|起|\+)$", text)
    whole = "-".join(re.sub(r"[^\d.]", "", number) + amount for number in numbers)
    return f"{whole}/{per}{tail[0] if tail else ''}"


def _believed(low: int | None, high: int | None, unit: str, months: int | None) -> CellPay:
    stated = [one for one in (low, high) if one is not None]
    if any(one > MOST_PAY or one < LEAST_PAY for one in stated):
        return CellPay(problem="PAY_ODD")
    if low is not None and high is not None and low > high:
        return CellPay(high, low, unit, months, "PAY_TURNED")
    return CellPay(low, high, unit, months)


# Places ----------------------------------------------------------------------------------------

_PLACES = re.compile(r"\s*[|｜,，、;；/\n]\s*|\s{2,}")
_PLACE_CUT = re.compile(r"[-·—\s]+")


@lru_cache(maxsize=50_000)
def places_in(text: str, within: str = "") -> tuple[str, ...]:
    """Return the codes of the places that a cell names: 「上海 | 北京」, 武汉-洪山区-关山.

    ``within`` is the code of the city it lies in, where that is known. Of a place and one inside
    it only the latter is told.
    """
    codes: list[str] = []
    for part in filter(None, _PLACES.split(text)):
        joined = _PLACE_CUT.sub("", part)
        found = find_places(joined, likeliest=True) or find_places(part, likeliest=True)
        inner = found[-1].code if found else None
        for one in found[:-1] if found else ():
            if city_of(one.code) != city_of(inner or "") and one.code[:2] != (inner or "")[:2]:
                inner = found[0].code
        if inner is not None:
            codes.append(inner)
    if within and not any(city_of(code) == within for code in codes):
        codes += [code for code in (district_of(text, within),) if code]
    kept = [c for c in codes if not any(o != c and city_of(o) == c for o in codes)]
    return tuple(dict.fromkeys(kept))


@lru_cache(maxsize=20_000)
def district_of(text: str, city: str) -> str | None:
    """Return the district of a city that is named, also by a short name: 洪山, 青山."""
    from language.geography.areas import areas
    from language.geography.gazetteer import gazetteer

    said = "".join(text.split())
    for entry in gazetteer().entries.values():
        if entry.depth == 2 and city_of(entry.code) == city:
            stem = entry.short if len(entry.short) > 1 else entry.name
            if said.startswith((stem, entry.name)) or entry.name in said:
                return entry.code
    area = areas().get(said)
    inside = [code for code in area.districts if city_of(code) == city] if area else []
    return inside[0] if inside else None


def is_place(text: str) -> bool:
    """Whether a cell is nothing but a place."""
    found = find_places(_PLACE_CUT.sub("", text), likeliest=True)
    return bool(found) and found[0].start == 0


_EMPLOYER = re.compile(
    r"(?:公司|集团|企业|工厂|厂|店|商行|医院|学校|幼儿园|中心|酒店|银行|事务所|合作社|工作室|经营部|服务部|物业|超市|研究院|局|站|所)"
    r"(?:[（(].{1,12}[）)])?$"
)


def is_employer(text: str) -> bool:
    """Whether a cell looks like the name of an employer."""
    return 4 <= len(text) <= 50 and bool(_EMPLOYER.search(text))


# Numbers ----------------------------------------------------------------------------------------

MOST_PEOPLE = 9_999


def people_in(text: str) -> int | None:
    """Return how many people are wanted: 3, 3人, 1-2名, 十名; 若干 and 不限 are 1; None: unread."""
    said = fold(text).strip()
    if not said or re.search(r"若干|不限|多名|数名|长期", said):
        return 1
    found = re.search(r"\d+", said) or re.search(r"[一二两三四五六七八九十百]+", said)
    number = chinese_number(found[0]) if found else 0
    return number if 0 < number <= MOST_PEOPLE else None


_CLOCK = re.compile(
    r"(\d{1,2})\s*[:：点时]\s*(\d{2}"
    r"|半)?\s*(?:分)?\s*[-–—~～至到]\s*(?:次日)?(\d{1,2})\s*[:：点时]?\s*(\d{2}|半)?"
)


def hours_in(text: str) -> tuple[int, int] | None:
    """Return from when to when work goes, in minutes of the day; None where it is not said."""
    found = _CLOCK.search(text)
    if found is None:
        return None
    starts, ends = (
        int(found[at]) * 60 + (30 if found[at + 1] == "半" else int(found[at + 1] or 0))
        for at in (1, 3)
    )
    return (starts, ends) if starts < 24 * 60 and ends <= 24 * 60 else None


# Texts -----------------------------------------------------------------------------------------

_SCRIPT = re.compile(r"<(script|style|iframe|object)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_LIST = re.compile(r"^\s*[\[(（【].*[\])）】]\s*$", re.S)
_SPLIT = re.compile(r"\s*[;；|｜、,，/\n]\s*")
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f]")


def plain_text(text: str) -> tuple[str, bool]:
    """Return a text without markup, and whether it held anything that a browser would run."""
    if "<" not in text and "&" not in text:
        return _HIDDEN.sub("", text), False
    # Twice: what is escaped inside markup is markup for whoever unescapes once.
    active = False
    for _ in range(2):
        active = active or bool(
            re.search(r"<\s*(?:script|iframe|object)|\bon\w+\s*=|javascript:", text, re.I)
        )
        text = html.unescape(_TAG.sub("", _BREAK.sub("\n", _SCRIPT.sub("", text))))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _HIDDEN.sub("", "\n".join(line for line in lines if line)), active


def items_in(text: str) -> tuple[str, ...]:
    """Return the items of a list that is written as text: a;b; — a、b — ["a", "b"] — ['a', 'b']."""
    plain, _ = plain_text(text)
    return tuple(dict.fromkeys(item for item in _items(plain) if item))


def _items(text: str) -> Iterator[str]:
    if _LIST.match(text):
        try:
            value = json.loads(text.replace("'", '"'))
        except ValueError:
            value = None
        if isinstance(value, list):
            yield from (str(each).strip() for each in value)
            return
        text = text.strip()[1:-1]
    yield from (item.strip(" '\"") for item in _SPLIT.split(text))
