"""An ad's title without what is no trade: pay, perks, hiring words, who may apply."""

import re

from language.text import fold

_LONGEST = 200  # characters; what stands further back in a title names no trade
_UNIT = r"(?:[kw](?![a-z])|千|万|元|块)"
_AMOUNT = rf"(?:\d{{3,}}(?:\s*{_UNIT})?|\d{{1,2}}(?:\.\d+)?\s*{_UNIT})"
_PAY = (
    r"(?:月入|月薪|日薪|时薪|年薪|底薪|保底|综合|到手|无责)?(?<![a-z\d.])"
    rf"(?:\d+(?:\.\d+)?{_UNIT}?\s*[-~—至到]\s*)?{_AMOUNT}(?:以上|左右|起|\+)?"
    r"(?:\s*[/每一]\s*(?:月|天|日|年|小时|时))?"
)
_PERKS = (
    r"[五六七]险[一二两]?金?|[五六]险|社保|公积金|包食宿|包吃包住|包吃住|包吃|包住|管吃管住|管吃住|管吃|"
    r"管住|免费住宿|提供住宿|食宿|双休|单休|大小周|长白班|白班|夜班|倒班|两班倒|朝九晚[五六]|日结|周结|"
    r"月结|现结|加班少|不加班|年终奖|奖金|高提成|提成|高薪|高底薪|底薪|带薪|晋升|福利|待遇|"
    r"工资高|轻松|可预支|餐补|房补|全勤|带薪年假"
)
_HIRING = (
    r"急招|急聘|急募|诚聘|诚招|直招|直聘|招聘|招募|高薪聘|热招|特招|大量招?|招人|若干|数名|多名|\d+名|"
    r"无经验可?|无需经验|零基础|可?小白|应届生?可?报?|接受|经验不限|学历不限|男女不限|男女均可|限男|限女|"
    r"\d+岁|年龄不限|不限|可兼职|入职即?缴?|岗前培训|新厂"
)
_NOISE = re.compile(f"{_PERKS}|{_HIRING}|{_PAY}")
_MARKS = re.compile(r"[^\w+#.]+|_+")
_ALONE = frozenset("+#. ")


def clean(title: str) -> str:
    """Return ``title`` folded, without noise, its parts with one space between."""
    parts = _MARKS.sub(" ", _NOISE.sub(" ", fold(title[:_LONGEST]))).split()
    return " ".join(part for part in parts if not _ALONE.issuperset(part))
