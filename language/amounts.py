"""Amounts of money as people write them: 8000, 1万2, 5k, 六千五, 四五千. Plain functions."""

import re
from dataclasses import dataclass

from language.numerals import DIGITS, ONES, UNITS, chinese_number, spoken_number

_PAIRS = "一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九"
_SOME = {
    "大几": ("五", "九"),
    "十几": ("十一", "十九"),
    "十多": ("十一", "十九"),
}
"""What the words may stand for at least and at most."""

_LETTERS = str.maketrans("kw〇", "千万零")
_UNIT = r"(?:[千百万]|[kw](?![a-z]))"
_ONE = rf"(?:{_PAIRS}|大几|[{ONES}])"

# A figure behind the last unit is the next lower one's (一万二), unless it counts the next
# word: 两百五一天 is 250 a day, and 六千一个月 6,000 a month. 十一小时 are hours all the same.
_COUNTED = (
    r"个?(?:年(?!薪|收|入)|月(?!薪|收|入)|周(?!薪)|天|日(?!薪|结)|晚|班|钟|星期|礼拜|小时|工)"
    r"|个|件|单|次|人|名|位|套|岁|号"
)
_LAST = rf"(?:{_PAIRS}|[\d{ONES}])(?![\d.]|[十百千万kw]|{_COUNTED})"
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_TEN = r"十(?:[来多几](?=[千百万]))?"
_BELOW = (
    rf"(?:{_ONE}(?:千|k(?![a-z])))?(?:[零〇]?{_ONE}百)?(?:[零〇]?(?:[{ONES}]|{_PAIRS})?{_TEN})?"
)
_TENS = rf"[{ONES}]?十[{ONES}]?|[{ONES}]"

# A unit of which nobody says how many is one: 万五, 百八一天. So short it is an amount only where
# no numeral stands before it, and no word is begun behind it (万一, 沈万三妹, 百度).
_ALONE = rf"(?<![\d{ONES}十百千万亿零〇几数多半成])"
_ENDS = (
    r"(?=$|[\s,。;!?、()/~+—–-]|钱"
    r"|[的左上以到至或和起吧啊呢嘛就也都了行可包打封块元一每多出不有能我税保往])"
)
_ABOUT_ONE = "万儿?八千|千儿?八百|百儿?八十"
_BARE = (
    rf"{_ALONE}(?:(?:{_ABOUT_ONE})|[百千万](?:{_PAIRS}|[二三四五六七八九2-9])千?)(?!\d){_ENDS}"
    rf"|(?<=[过上破近小])(?<!千上)[百千万]{_ENDS}|{_ALONE}[百千万](?=把|元|块)"
)

AMOUNT = (
    rf"(?:(?:\d+|{_TENS}|[零〇])点[\d{ONES}]+(?={_UNIT})|(?:\d{{1,3}}|{_TENS})块(?={_LAST})|{_ARABIC})"
    rf"(?:{_UNIT}(?:[\d{ONES}](?:[千百]|k(?![a-z])))*)?(?:(?<!\d){_LAST})?"
    rf"|(?<![{ONES}])十一(?=个?(?:小时|钟))"
    rf"|(?={_ONE}?十|{_ONE}{_UNIT})(?:{_BELOW}{_ONE}?(?:万|w(?![a-z])))?{_BELOW}(?:[零〇]?{_LAST})?"
    rf"|{_BARE}|{_ONE}"
)
"""A regular expression for one amount, in lower-case half-width text."""

_IN_FIGURES = re.compile(r"([\d,.]+)([百千万]?)(.*)")
_SPOKEN_DECIMAL = re.compile(r"(.+?)[点块](.+?)([百千万]?)")
_VAGUE = re.compile(rf"{_PAIRS}|[大十]几|十多")


@dataclass(frozen=True)
class Amount:
    """``low`` to ``high`` in the written unit; ``unit`` is its last multiplier, 1 for none."""

    low: float
    high: float
    unit: int


def read_amount(text: str) -> Amount | None:
    """Read what AMOUNT matched; None for what is no number."""
    text = text.translate(_LETTERS).replace("来", "")
    if re.fullmatch(_ABOUT_ONE, text):
        most = float(UNITS[text[0]])
        return Amount(0.8 * most, most, UNITS[text[0]])
    vague = _VAGUE.search(text)
    if vague is None:
        return _exact(text)
    before, behind = text[: vague.start()], text[vague.end() :]
    low, high = _SOME.get(vague[0]) or (vague[0][0], vague[0][1])
    first, second = _exact(before + low + behind), _exact(before + high + behind)
    return first and second and Amount(first.low, second.high, first.unit)


def _exact(text: str) -> Amount | None:
    text = f"一{text}" if text[:1] in ("百", "千", "万") else text
    decimal = _SPOKEN_DECIMAL.fullmatch(text)
    if decimal is not None:
        places = "".join(str(DIGITS.get(digit, digit)) for digit in decimal[2])
        text = f"{chinese_number(decimal[1])}.{places}{decimal[3]}"
    figures = _IN_FIGURES.fullmatch(text)
    if figures is not None:
        unit = UNITS.get(figures[2], 1)
        value = float(figures[1].replace(",", "")) * unit + _tail(figures[3], unit)
        return Amount(value, value, unit)
    number = spoken_number(text)
    if number is None:
        return None
    return Amount(number, number, max((UNITS[char] for char in text if char in UNITS), default=1))


def _tail(text: str, unit: int) -> float:
    """Read what follows 1万 in 1万2, 1万2千, 1万2千5: a digit without unit is the next lower."""
    value = 0.0
    for digit, named in re.findall(rf"([\d{ONES}])([千百]?)", text):
        unit = UNITS[named] if named else unit // 10
        value += chinese_number(digit) * unit
    return value
