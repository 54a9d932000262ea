"""The clauses of a sentence as people write it: by marks, by blanks, by words that join on.

Plain Python 3.10, since Rasa's side reads a message's wishes clause by clause, too.
"""

import re
import unicodedata

_HAN = "[\u3400-\u9fff]"
_DIGITS = "一二三四五六七八九"
_POINT = (
    r"[①-⑨]|[(（][1-9][)）]|(?:^|(?<=[\s，,。；;：:！!？?]))"
    rf"(?:[1-9][、.．)）](?!\d)|第[1-9{_DIGITS}](?:个问题|件事|[点项])?(?:是|[，,、：:\s])"
    rf"|[{_DIGITS}](?:、|是(?!不)))"
)
POINT = re.compile(_POINT)
_MARKS = rf"[，,。；;！!？?\n]+|{_POINT}|(?<=.)(?=然后|顺便|另外|还有就是|对了|再帮我|再给我|还想)"
MARKS = re.compile(_MARKS)
_MOVES = "(?<=.)(?=(?:[换改挪推延]|提前)到(?!了))"
_DAY = r"(?<![周期拜][一二三四五六日天末])(?<![今明后]天)(?<!\d[号日])"
_PART_OF_DAY = "(?![上下中]午|早上|早晨|晚上|傍晚|凌晨)"
# 「周五 上午」 is one time, blank or not.
_BLANKS = rf"(?<={_HAN})(?:{_DAY}[ \u3000]+|[ \u3000]+{_PART_OF_DAY})(?={_HAN})"
BREAKS = re.compile(rf"{_MARKS}|{_MOVES}|{_BLANKS}")


def clauses(text: str, *, blanks: bool = True) -> list[tuple[int, int]]:
    """Return the spans of a sentence's clauses, from left to right; none is empty.

    Who speaks puts ``blanks`` where others put commas, and none where they change their mind,
    「后天要去医院换到周四」; but these alone part no two wishes.
    """
    found, begin = [], 0
    for match in (BREAKS if blanks else MARKS).finditer(text):
        if text[begin : match.start()].strip():
            found.append((begin, match.start()))
        begin = match.end()
    if text[begin:].strip():
        found.append((begin, len(text)))
    return found


def points(text: str) -> list[tuple[int, int]]:
    """Return the spans of what somebody numbers, 「1、… 2、…」; empty of fewer than two points.

    The marks are left out, and what stands before the first.
    """
    marks: list[re.Match[str]] = []
    for mark in POINT.finditer(text):
        if _number(mark.group()) == len(marks) + 1:
            marks.append(mark)
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    spans = [_trimmed(text, mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return spans if all(begin < end for begin, end in spans) else []


def _number(mark: str) -> int:
    """Return which point a mark announces, from 1."""
    sign = next(each for each in mark if each in _DIGITS or each.isnumeric())
    return _DIGITS.index(sign) + 1 if sign in _DIGITS else int(unicodedata.numeric(sign))


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    words = text[begin:end]
    return begin + len(words) - len(words.lstrip(_EDGE)), begin + len(words.rstrip(_EDGE))


_EDGE = " \u3000\n，,。；;：:"
