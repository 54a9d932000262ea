"""Amounts of money as people write them: 8000, 1万2, 5k, 六千五, 四五千. Plain functions."""

import re
from dataclasses import dataclass

from language.numerals import ONES, UNITS, chinese_number, spoken_number

_MONEY_UNITS = UNITS | {"k": 1000, "w": 10_000}

AMOUNT = (
    r"(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?"
    rf"(?:[万w](?:[\d{ONES}](?!\d)千?(?:[\d{ONES}](?!\d)百?)?)?|[千k](?:[\d{ONES}](?!\d)百?)?|百)?"
    rf"|[零〇{ONES}十百千万]*[十百千万][零〇{ONES}十百千万]*|[{ONES}]"
)
"""A regular expression for one amount, in lower-case half-width text."""

_ARABIC = re.compile(r"([\d,.]+)([百千万kw]?)(.*)")
_ABOUT = re.compile(rf"([{ONES}])([{ONES}])([十百千万])")


@dataclass(frozen=True)
class Amount:
    """``low`` to ``high`` in the written unit; ``unit`` is its last multiplier, 1 for none."""

    low: float
    high: float
    unit: int


def read_amount(text: str) -> Amount | None:
    """Read what AMOUNT matched; None for what is no number (万 alone, say)."""
    about = _ABOUT.fullmatch(text)
    if about is not None:
        unit = UNITS[about[3]]
        return Amount(chinese_number(about[1]) * unit, chinese_number(about[2]) * unit, unit)
    arabic = _ARABIC.fullmatch(text)
    if arabic is not None:
        unit = _MONEY_UNITS.get(arabic[2], 1)
        value = float(arabic[1].replace(",", "")) * unit + _tail(arabic[3], unit)
        return Amount(value, value, unit)
    number = spoken_number(text)
    if number is None:
        return None
    units = [UNITS[c] for c in text if c in UNITS]
    return Amount(number, number, max(units, default=1))


def _tail(text: str, unit: int) -> float:
    """Read what follows 1万 in 1万2, 1万2千, 1万2千5: a digit without unit is the next lower."""
    value = 0.0
    for digit, named in re.findall(rf"([\d{ONES}])([千百]?)", text):
        unit = UNITS[named] if named else unit // 10
        value += chinese_number(digit) * unit
    return value
