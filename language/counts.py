"""How many people are wanted, read out of a Chinese sentence: 招三个, 要俩人, 十来个, 3-5名."""

import re

from language.numerals import ONES, chinese_number
from language.text import half_width, simplified_in_place

_NUMBER = rf"(?:\d{{1,4}}|[{ONES}十百]{{1,6}})"
_LIMIT = r"至少|最少|起码|不少于|[至最顶]多|不超过"
_WANT = rf"(?:{_LIMIT})?(?:招聘?|聘|雇|缺|差|需要?|要|找|请|收)(?:够|满|到|齐)?"
_HEDGE = rf"(?:{_LIMIT}|大概|大约|差不多|约|就|个|[,\s])*"
_MANY = (
    rf"(?:(?P<low>{_NUMBER})(?:到|至|[-~—–]+)(?P<high>{_NUMBER})"
    rf"|(?P<number>{_NUMBER}|[俩仨])(?P<vague>[来多几把]?))"
)
_PEOPLE = r"(?:名|位|号人|个?人)(?![间寝份均])"
_A_FEW = r"(?:个(?![月半钟星礼季班点年证]|小时|工作日)|(?<=[俩仨])(?![月年半天钟]|小时))"
_NO_MORE = r"(?=$|[\s,。;!?、]|[吧就啊呢左以起])"
_BEHIND = r"(?:[及或]?以[上内下]|之内|起)?"
_COUNTS = (
    # Right behind 招, or as the whole answer, things that are counted are people; behind an
    # occupation (招保洁三名) the word must say so, or end there.
    re.compile(rf"(?:^|{_WANT}){_HEDGE}{_MANY}(?:{_PEOPLE}|{_A_FEW}){_BEHIND}"),
    re.compile(
        rf"{_WANT}[^,。;!?\d]{{1,8}}?{_HEDGE}{_MANY}(?:{_PEOPLE}|个{_NO_MORE})"
        rf"{_BEHIND}"
    ),
)
_OR_MORE = re.compile("至少|最少|起码|不少于|以上|起$")
_OR_LESS = re.compile("[至最顶]多|不超过|[以之]内|以下")
_PAIR = re.compile(rf"(.*?)([{ONES}])([{ONES}])([十百]?)")
_SPOKEN = {"俩": "二", "仨": "三"}


def read_count(text: str) -> tuple[int, int | None] | None:
    """Return the least and most people that are wanted; None when no number is said.

    The most is None where there is no limit (三个以上); the least is 1 where only a limit is
    said (最多五个).
    """
    plain = simplified_in_place(half_width(text)).strip()
    match = next((found for count in _COUNTS if (found := count.search(plain))), None)
    if match is None:
        return None
    if match["low"]:
        least, most = _bounds(match["low"])[0], _bounds(match["high"])[1]
    else:
        least, most = _bounds(match["number"], match["vague"])
    if not 0 < least <= most:
        return None
    if _OR_MORE.search(match[0]):
        return least, None
    return (1, most) if _OR_LESS.search(match[0]) else (least, most)


def _bounds(words: str, vague: str = "") -> tuple[int, int]:
    """Return what a number stands for: 两三 is 2 to 3, 十几 11 to 19, 十来 10 to 15."""
    pair = _PAIR.fullmatch(words)
    if pair is not None:
        before, low, high, unit = pair.groups()
        return chinese_number(before + low + unit), chinese_number(before + high + unit)
    number = chinese_number(_SPOKEN.get(words, words))
    step = 10 ** (len(str(number)) - len(str(number).rstrip("0")))
    if vague in ("几", "多"):
        return number + 1, number + max(step - 1, 1)
    return number, number + step // 2 if vague else number
