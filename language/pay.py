"""Pay read out of running Chinese text, as whole yuan per month. Plain functions, no I/O.

jionlp's money parser wants the amount cut out already and knows neither 1万2 nor 5k, so the
rules are ours. A number counts as pay only on evidence (a pay word, a money unit, a bound):
ages, dates, headcounts and phone numbers are no pay.
"""

import re
from dataclasses import dataclass

from language.amounts import AMOUNT, Amount, read_amount
from language.text import half_width

DAYS_PER_MONTH = 21.75
"""Paid days a month, 劳社部发〔2008〕3 号: (365 − 104) / 12."""

HOURS_PER_DAY = 8
PER_MONTH = {
    "hour": HOURS_PER_DAY * DAYS_PER_MONTH,
    "day": DAYS_PER_MONTH,
    "week": 52 / 12,
    "month": 1.0,
    "year": 1 / 12,
}
PLAUSIBLE = {
    "hour": (5, 2_000),
    "day": (30, 10_000),
    "week": (200, 50_000),
    "month": (500, 500_000),
    "year": (6_000, 10_000_000),
}
"""What a stated amount may be, by its unit; anything else is another kind of number."""


@dataclass(frozen=True)
class Pay:
    """Pay in whole yuan per month; a side that was not said is None.

    ``unit`` is how it was said: ``month``, ``day``, ``hour``, ``week`` or ``year``. ``text``
    is what was read, at ``[start, end)``.
    """

    min: int | None
    max: int | None
    unit: str
    text: str
    start: int
    end: int

    @property
    def converted(self) -> bool:
        """Whether the monthly figures were reckoned from another unit: say so to people."""
        return self.unit != "month"


_UNIT_WORDS = {
    "hour": r"时薪|每个?小时|一个?小时|小时工资|(?:元|块钱?)?/(?:个?小时|时|h)",
    "day": r"日薪|日结|每[天日]|一[天日]|(?:元|块钱?)?/[天日]",
    "week": r"周薪|每周|一周|一个?星期|(?:元|块钱?)?/周",
    "year": r"年薪|年收入|年包|每年|一年|(?:元|块钱?)?/年",
    "month": r"月薪|月收入|月入|月工资|每个?月|一个?月|(?:元|块钱?)?/月",
}
_BEFORE_UNITS = {
    "hour": r"时薪|每个?小时|一个?小时|小时工资",
    "day": r"日薪|日结|每[天日]|一[天日]",
    "week": r"周薪|每周|一周|一个?星期",
    "year": r"年薪|年收入|年包|每年|一年",
    "month": r"月薪|月收入|月入|月工资|每个?月|一个?月",
}
_PAY_WORD = r"工资|薪资|薪水|薪酬|薪金|待遇|收入|底薪|到手|税前|税后|保底|挣|赚|开价|给到|薪"
_LEAST = (
    r"(?:不要?|别|不能|不得|没有?)(?:低于|少于|小于)|至少|最少|最低|高于|超过|多于|大于|起码|过"
)
_MOST = r"(?:不要?|别|不能)(?:超过|高于)|最高|最多|低于|少于|小于"
_OR_MORE = r"\+|以上|及以上|起步|起|往上|打底|多|朝上|向上"
_OR_LESS = r"以下|以内|之内|封顶|往下"
_JOIN = r"\s*(?:[-–—~～]+|到|至|、)\s*"
_FILLER = r"(?:[是为在有要给能想拿得了:：,，\s（(]|大概|大约|差不多|多少)"

_CANDIDATE = re.compile(
    rf"(?P<low>{AMOUNT})(?:\s*(?P<mid>元|块钱?))?"
    rf"(?:{_JOIN}(?P<high>{AMOUNT}))?"
)
_AFTER = re.compile(
    r"\s*(?P<more1>多)?\s*(?P<yuan>元|块钱|块|人民币)?\s*"
    rf"(?:(?P<more>{_OR_MORE})|(?P<less>{_OR_LESS}))?\s*"
    r"(?P<about>左右|上下)?\s*的?\s*"
    rf"(?P<unit>(?:元|块钱?)?(?:{'|'.join(f'(?P<{u}>{w})' for u, w in _UNIT_WORDS.items())}))?"
    rf"(?:\s*(?P<more2>{_OR_MORE})|\s*(?P<less2>{_OR_LESS}))?"
)
_BOUND_BEFORE = re.compile(
    rf"(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))"
    rf"(?:{_PAY_WORD}|{'|'.join(_BEFORE_UNITS.values())}|[是为\s])*$"
)
_UNIT_BEFORE = re.compile(
    rf"(?:{'|'.join(f'(?P<{u}>{w})' for u, w in _BEFORE_UNITS.items())})"
    rf"(?:{_FILLER}|{_PAY_WORD})*$"
)
_WORD_BEFORE = re.compile(rf"(?:{_PAY_WORD})(?:{_FILLER}|{_LEAST}|{_MOST})*$")
_WORD_AFTER = re.compile(rf"\s*的?(?:{_PAY_WORD})")
_NO_PAY_BEFORE = re.compile(
    r"(?:补贴|补助|津贴|押金|罚款?|赔偿?|贷款|借款?|费用?|奖金|(?:拖?欠)(?:了|着|我|的)*(?:工资|薪水|薪|款)?|第|电话|手机|微信|"
    r"\d[.:：/年月-]|[\d一二三四五六七八九十][年月]|金额|缴纳?|交了?|报销|失业金)\s*(?:了|我|他|她|是|为|共)*$"
)
_NOT_MONEY = re.compile(
    r"\s*[多几来余]?(?:个(?!月)|名|位|人|岁|周岁|家(?!政)|号|点|分|秒|年(?!薪)|次|份|公里|千米|米|平|吨|"
    r"斤|公斤|克|台|辆|字|页|条|层|楼|室|届|级|薪|小时|日|天(?=前|后|内|假|班|工作)|月(?:\d|份|底|初)|"
    r"条|粉丝|步|%|倍|期|路|度|cm|kg|km|g\b|m\b|:|：|/\d|-\d|\.\d|\d)"
)


def read_pay(text: str) -> Pay | None:
    """Read the pay a text states or wishes; None where it states none (面议).

    Of several the best marked one counts (a bound or a pay word), then the first.
    """
    plain = half_width(text).lower()
    if len(plain) != len(text):
        plain = text
    best: tuple[int, Pay] | None = None
    for match in _CANDIDATE.finditer(plain):
        found = _read(plain, match)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    if best is None:
        return None
    pay = best[1]
    return Pay(pay.min, pay.max, pay.unit, text[pay.start : pay.end], pay.start, pay.end)


def _read(plain: str, match: re.Match[str]) -> tuple[int, Pay] | None:
    """Return how well marked the pay is and what it is; None where the number is no pay."""
    before = plain[max(0, match.start() - 14) : match.start()]
    if _NO_PAY_BEFORE.search(before) or _is_inside_word(plain, match):
        return None
    after = _AFTER.match(plain, match.end())
    if after is None:
        return None
    bound_before = _BOUND_BEFORE.search(before)
    lead = before[: bound_before.start()] if bound_before else ""
    unit = _unit(after) or _unit(_UNIT_BEFORE.search(before) or _UNIT_BEFORE.search(lead))
    marked = bool(unit or _WORD_BEFORE.search(before) or _WORD_AFTER.match(plain, after.end()))
    bound = "least" if match.group() == "万" else _bound(after, bound_before)
    if not marked and _NOT_MONEY.match(plain, match.end()) and not after["yuan"]:
        return None
    if unit is None and _NOT_MONEY.match(plain, match.end()):
        return None
    amounts = _amounts(match, before)
    evidence = marked * 2 + bool(bound) * 2 + bool(after["yuan"] or match["mid"])
    if amounts is None or not (evidence or _is_money_alone(match, amounts)):
        return None
    low, high = amounts
    least, most = PLAUSIBLE[unit or "month"]
    if not least <= low <= high <= most:
        return None
    end = after.end() if after.group().strip() else match.end()
    return evidence, _pay(low, high, bound, unit or "month", (match.start(), end))


def _is_inside_word(plain: str, match: re.Match[str]) -> bool:
    """Whether the number is a piece of something longer: a phone, a version, a word."""
    before = plain[match.start() - 1 : match.start()] if match.start() else ""
    return before != "" and (before in ".第" or (before.isascii() and before.isalnum()))


def _unit(match: re.Match[str] | None) -> str | None:
    if match is None:
        return None
    return next((unit for unit in PER_MONTH if match[unit]), None)


def _bound(after: re.Match[str], before: re.Match[str] | None) -> str:
    if after["more"] or after["more1"] or after["more2"]:
        return "least"
    if after["less"] or after["less2"]:
        return "most"
    if before is None:
        return ""
    return "least" if before["least"] else "most"


def _amounts(match: re.Match[str], before: str) -> tuple[float, float] | None:
    if match.group() == "万" and before.endswith(("过", "上", "破")):
        return 10_000, 10_000
    first = read_amount(match["low"])
    if first is None or match["high"] is None:
        return None if first is None else (first.low, first.high)
    second = read_amount(match["high"])
    if second is None:
        return None
    return _shared_unit(first, second), second.high


def _shared_unit(first: Amount, second: Amount) -> float:
    """Read 8 in 8-10k as thousands, and 8 in 八到一万 as thousands, not ten thousands."""
    if first.unit > 1 or first.low >= 100 or second.unit == 1:
        return first.low
    shared = first.low * second.unit
    return shared if shared <= second.high else first.low * 1000


def _is_money_alone(match: re.Match[str], amounts: tuple[float, float]) -> bool:
    """Whether a bare number can only be pay: 六千, 5k, 8000-12000, 8500; not 2026, not 12333."""
    low, high = amounts
    if match["high"] is not None:
        return low >= 1000 and high % 50 == 0
    if match["low"].isdigit() or "," in match["low"]:
        return 1500 <= low < 100_000 and low % 100 == 0 and low != 2000
    return low >= 1000


def _pay(low: float, high: float, bound: str, unit: str, span: tuple[int, int]) -> Pay:
    factor = PER_MONTH[unit]
    least, most = round(low * factor), round(high * factor)
    return Pay(
        min=None if bound == "most" else least,
        max=None if bound == "least" and low == high else most,
        unit=unit,
        text="",
        start=span[0],
        end=span[1],
    )
