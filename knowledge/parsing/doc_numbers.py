"""The numbers of official documents: 穗人社规字〔2019〕6号, 国务院令第724号, 公告2020年第5号."""

import re

from knowledge.parsing.dates import ANY_DATE
from knowledge.parsing.shapes import CLOSING_BRACKETS, OPENING_BRACKETS

_NUMERAL = r"(?:\d{1,4}|[一二三四五六七八九十百零〇]{1,6})"
_YEARLY = re.compile(
    rf"([\u4e00-\u9fff]{{2,14}})\s*[{OPENING_BRACKETS}]\s*(\d{{4}})\s*年?\s*[{CLOSING_BRACKETS}]"
    r"\s*(第)?\s*(\d{1,4})\s*[号號]"
)
_ORDER = re.compile(
    rf"([\u4e00-\u9fff、]{{2,40}}(?:令|公告|通告))\s*[{OPENING_BRACKETS}]?\s*"
    rf"(\d{{4}}\s*年\s*)?第\s*({_NUMERAL})\s*[号號]"
)
_ORDER_LAST = re.compile(rf"([\u4e00-\u9fff]{{2,20}}?)第\s*({_NUMERAL})\s*[号號]令")
_ORDERS = ("令", "公告", "通告")


def find_doc_no(text: str) -> str:
    """Return the first document number of ``text``, without spaces and with 〔〕 around the
    year; "" for none. A numeral in Chinese stays one.
    """
    # A date before it is none of its letters: 2021年7月27日国务院令第746号.
    text = re.sub(ANY_DATE, " ", text)
    yearly = _YEARLY.search(text)
    if yearly is not None:
        ordinal = "第" if yearly[3] and yearly[1].endswith(_ORDERS) else ""
        return f"{yearly[1]}〔{yearly[2]}〕{ordinal}{int(yearly[4])}号"
    order = _ORDER.search(text)
    if order is not None:
        year = re.sub(r"\s", "", order[2] or "")
        return f"{order[1]}{year}第{_plain(order[3])}号"
    last = _ORDER_LAST.search(text)
    return f"{last[1]}第{_plain(last[2])}号令" if last is not None else ""


def _plain(numeral: str) -> str:
    return str(int(numeral)) if numeral.isdigit() else numeral
