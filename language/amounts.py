"""Amounts of money as people write them: 8000, 1万2, 5k, 六千五, 四五千. Plain functions."""

import re
from dataclasses import dataclass
from itertools import pairwise

_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000}
_ONE = "一二两三四五六七八九"

AMOUNT = (
    r"(?:\d+(?:,\d{3})+|\d+)(?:\.\d+)?"
    rf"(?:[万w](?:[\d{_ONE}](?!\d)千?(?:[\d{_ONE}](?!\d)百?)?)?|[千k](?:[\d{_ONE}](?!\d)百?)?|百)?"
    rf"|[零〇{_ONE}十百千万]*[十百千万][零〇{_ONE}十百千万]*|[{_ONE}]"
)
"""A regular expression for one amount, in lower-case half-width text."""

_ARABIC = re.compile(r"([\d,.]+)([百千万kw]?)(.*)")
_ABOUT = re.compile(rf"([{_ONE}])([{_ONE}])([十百千万])")


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
        unit = _UNITS[about[3]]
        return Amount(_DIGITS[about[1]] * unit, _DIGITS[about[2]] * unit, unit)
    arabic = _ARABIC.fullmatch(text)
    if arabic is not None:
        unit = _UNITS.get(arabic[2], 1)
        value = float(arabic[1].replace(",", "")) * unit + _tail(arabic[3], unit)
        return Amount(value, value, unit)
    number = _chinese(text)
    if number is None:
        return None
    units = [_UNITS[c] for c in text if c in _UNITS]
    return Amount(number, number, max(units, default=1))


def _tail(text: str, unit: int) -> float:
    """Read what follows 1万 in 1万2, 1万2千, 1万2千5: a digit without unit is the next lower."""
    value = 0.0
    for digit, named in re.findall(r"([\d一二两三四五六七八九])([千百]?)", text):
        unit = _UNITS[named] if named else unit // 10
        value += (int(digit) if digit.isdigit() else _DIGITS[digit]) * unit
    return value


def _chinese(text: str) -> int | None:
    """Read Chinese numerals up to 千万; a last digit without unit is the next lower one."""
    whole = 0
    for part in re.split("(?<=万)", text):
        below = _below_ten_thousand(part.removesuffix("万"), whole > 0)
        if below is None:
            return None
        whole = (whole + below) * 10_000 if part.endswith("万") else whole + below
    return whole


def _below_ten_thousand(text: str, after_ten_thousand: bool) -> int | None:
    if after_ten_thousand and len(text) == 1 and text in _ONE:
        return _DIGITS[text] * 1000
    if any(a in _ONE and b in _ONE for a, b in pairwise(text)):
        return None
    value, digit, unit, gap = 0, None, 1, False
    for character in text:
        if character in _UNITS:
            if digit is None and not (character == "十" and value == 0):
                return None
            unit = _UNITS[character]
            value, digit = value + (1 if digit is None else digit) * unit, None
            gap = False
        elif character in "零〇":
            gap = True
        else:
            digit = _DIGITS[character]
    if digit is not None:
        value += digit * (1 if gap or unit == 1 else unit // 10)
    if not text and not after_ten_thousand:
        return None
    return value
