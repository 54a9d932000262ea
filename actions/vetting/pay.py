"""What an ad says of pay, as far as vetting asks: too low, told too wide, or not told. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from language.pay import PER_MONTH, Pay, read_pay
from language.places import covers, find_places, place_in

LOOK_MONTHLY, LOOK_HOURLY = 2_200, 18
"""Yuan below which a person looks where no minimum wage of the place is on file.

Ours, not an official figure: the minimum wages come empty and are filled by the installation.
"""

WIDEST = 3.2
"""How many times the lower end the upper end of a range may be before it misleads.

Of the 706 postings of Wuhan none states a pay that wide.
"""

HIGH = 15_000


@dataclass(frozen=True)
class MinimumWage:
    """Yuan a month and an hour at a place (a GB/T 2260 code)."""

    place: str
    monthly: int
    hourly: float


Wages = Sequence[MinimumWage]

_LOW = re.compile(
    r"(?<![\d.])(?:[3-9]\d{2}|1\d{3}|2[0-9]\d{2})(?!\d|[-~至到]?\d)|(?<![\d.])[12一两二](?:千|k)|"
    r"(?<![\d.])\d{1,2}(?:\.\d)?(?:元|块钱?)(?:/|每|一)个?(?:小|钟)?时|日薪|[一每]天|时薪|[一每]个?小时\d"
)
_NOT_WAGE = re.compile(
    r"补贴|补助|津贴|绩效|打款|转账|汇款|[另外再]加|每[月年天]加|加发|多[发给拿]|涨|餐补|房补|话补|奖|提成|底薪|押金|费|社保|保险|公积金|扣|见习|实习|红包|工龄|全勤|"
    r"[一每/](?:单|件|票|个(?!月|小时)|条|课时|场|次|斤|平)|投资|保底|加班|高温|夜班|责任底|场|讲|学员|注册|资本|人次|套"
)
_PART_TIME = re.compile(
    r"兼职|半天|每天[1-6一二两三四五六]个?(?:小时|钟)|周末(?!双休|休|单休|轮休|正常)|钟点|小时工|寒暑假工"
)
_CLAUSE = re.compile(r"[^,。;!?\n]+")
_RANGE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)(k|千|万|w)?(?:元|块)?(?:/月)?[-~至到]+(\d+(?:\.\d+)?)(k|千|万|w)?(?![\d岁年个名人.:点])"
)
_STATED = re.compile(
    r"\d{3,6}(?:元|块|/|每|[-~至到]|\+|起|左右|加|包|一个?月|一月|保底|以上)|\d+(?:\.\d+)?(?:k|千|万|w)(?!人|平|级|家)"
    r"|(?:工资|薪|待遇|综合|保底|收入|补贴|报酬|月入|到手|计件)[^,。;\d]{0,8}\d{2,}"
    r"|\d+(?:\.\d+)?(?:元|块)?(?:/|每|一)?个?(?:天|日|小时|时|课时|单|件|票|条|h)"
    r"|[一二两三四五六七八九]千|[一二两三四五六七八九十]+万|最低工资标准"
)
_OPEN = re.compile(
    r"(?:工资|薪资|待遇|薪酬|报酬|月薪)?[^,。;\d]{0,2}(?:面议|面谈|从优|优厚|丰厚|详谈|电联)"
)
_PLACE = re.compile(
    r"省|市|区|县|镇|乡|村|路|街|大道|广场|园|地铁|站|大厦|商场|附近|店|校|号|城|基地|港|居家|远程|线上|在家|驻"
)


def too_low(plain: str, salary: str, city: str, wages: Wages) -> Iterator[tuple[int, int, str]]:
    """Yield the pay below the minimum as start, end and field (``text`` or ``salary``)."""
    part_time = bool(_PART_TIME.search(plain))
    found = False
    for clause in _CLAUSE.finditer(plain):
        if _LOW.search(clause[0]) is None or _NOT_WAGE.search(clause[0]):
            continue
        pay = read_pay(clause[0])
        if pay is not None and _is_too_low(pay, city or plain, wages, part_time):
            found = True
            yield clause.start() + pay.start, clause.start() + pay.end, "text"
    if not found and salary and _LOW.search(salary) and not _NOT_WAGE.search(salary):
        pay = read_pay(salary)
        if pay is not None and _is_too_low(pay, city or plain, wages, part_time):
            yield pay.start, pay.end, "salary"


def _is_too_low(pay: Pay, where: str, wages: Wages, part_time: bool) -> bool:
    most = pay.max if pay.max is not None else pay.min
    if most is None or (pay.max is None and pay.unit == "month" and pay.text.endswith("+")):
        return False
    own = _minimum(where, wages)
    monthly, hourly = (own.monthly, own.hourly) if own else (LOOK_MONTHLY, LOOK_HOURLY)
    if pay.unit == "hour":
        return round(most / PER_MONTH["hour"], 1) < hourly
    return not part_time and most < monthly


def _minimum(where: str, wages: Wages) -> MinimumWage | None:
    """Return the minimum wage of the smallest place on file that covers ``where``."""
    code = place_in(where) if wages else None
    able = [wage for wage in wages if code is not None and covers(wage.place, code)]
    return max(able, key=lambda wage: len(wage.place.rstrip("0")), default=None)


def too_wide(plain: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of pay so wide that they say nothing, from a sum few reach."""
    for match in _RANGE.finditer(plain):
        unit = match[4] or match[2]
        low = _yuan(match[1], match[2] or unit)
        high = _yuan(match[3], unit)
        if high >= HIGH and low >= HIGH / 20 and high >= WIDEST * low:
            yield match.span()


def _yuan(figure: str, unit: str | None) -> float:
    return float(figure) * {"k": 1e3, "千": 1e3, "万": 1e4, "w": 1e4}.get(unit or "", 1)


def untold(plain: str, *, salary: str, city: str) -> list[tuple[int, int]]:
    """Return where pay or place should be told and is not; an empty span where nothing stands."""
    found = []
    if not re.search(r"\d", salary) and not _STATED.search(plain):
        open_words = _OPEN.search(plain)
        found.append(open_words.span() if open_words else (len(plain), len(plain)))
    if not found and not city and not _PLACE.search(plain) and not find_places(plain):
        found.append((len(plain), len(plain)))
    return found
