"""Numbers in Chinese characters: read, and written."""

import re

ONES = "一二两三四五六七八九"
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

_WRITTEN = "零一二三四五六七八九"
_IN_WORDS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_BANK_NUMERAL = re.compile("[壹贰叁肆伍陆柒捌玖拾佰仟][壹贰叁肆伍陆柒捌玖拾佰仟零万]+")
_ONE_BY_ONE = str.maketrans("〇○ＯO零一二三四五六七八九", "00000123456789")

# Two digits in a row, or a unit of which nobody says how many; 十 alone is ten.
_NO_NUMBER = re.compile(rf"[{ONES}][零〇{ONES}]|(?<![{ONES}])[百千]|^[零〇]*万|[十百千][零〇]*十")
_CUT_SHORT = re.compile(rf"(?<=([百千万]))[{ONES}]$")
_BELOW = {"百": "十", "千": "百", "万": "千"}


def chinese_number(text: str) -> int:
    """Return the value of a number in Chinese or Arabic digits; 0 when it is none.

    As documents, dates and clocks have it: 一百零五, 一百五 alike are 105.
    """
    if text.isdecimal():
        return int(text)
    if not all(char in DIGITS or char in UNITS for char in text):
        return 0
    whole = 0
    for part in re.split("(?<=万)", text):
        below = _below_ten_thousand(part.removesuffix("万"))
        whole = (whole + below) * 10_000 if part.endswith("万") else whole + below
    return whole


def spoken_number(text: str) -> int | None:
    """Return the value of a Chinese numeral as people say amounts; None when it is none.

    A last digit without a unit is the next lower one: 六千五, 一万二.
    """
    if not text or _NO_NUMBER.search(text):
        return None
    cut = _CUT_SHORT.search(text)
    return chinese_number(text + _BELOW[cut[1]] if cut else text)


def without_bank_numerals(text: str) -> str:
    """Return ``text`` with the numerals of bills (伍仟) as everyday ones, one for one.

    One alone is no numeral: 收拾, 陆家嘴.
    """
    return _BANK_NUMERAL.sub(lambda match: match[0].translate(_IN_WORDS), text)


def digits_one_by_one(text: str) -> int:
    """Return the number whose digits are written one by one, as years are: 二〇二〇.

    Raises ValueError for anything else.
    """
    return int(text.translate(_ONE_BY_ONE))


def in_chinese(number: int) -> str:
    """Return 0 to 999 as Chinese documents write it (十一, 二十, 一百零三)."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    text = f"{_WRITTEN[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_WRITTEN[tens]}十"
    elif units and hundreds:
        text += "零"
    return text + (_WRITTEN[units] if units or not number else "")


def _below_ten_thousand(text: str) -> int:
    total = digit = 0
    for char in text:
        if char in UNITS:
            total, digit = total + (digit or 1) * UNITS[char], 0
        else:
            digit = DIGITS[char]
    return total + digit
