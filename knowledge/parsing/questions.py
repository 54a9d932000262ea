"""Pages of questions and answers: each question with its whole answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_ASKED = re.compile(r"^(?:(?:问题?|Q|提问)\s*\d{0,3}\s*[：:.、]|【问】|\[问\])", re.I)
_ANSWER = re.compile(r"^(?:(?:答复?|A|回答|解答|回复)\s*\d{0,3}\s*[：:.、]|【答】|\[答\])", re.I)
_NUMBER = re.compile(
    r"^(?:\d{1,3}\s*[.．、]?|[一二三四五六七八九十百]{1,4}、|[（(][\d一二三四五六七八九十]{1,3}[）)]|"
    r"第?[一二三四五六七八九十]{1,3}问?[、：:])\s*"
)
_MARKS = re.compile(rf"(?:{_ASKED.pattern})\s*", re.I)
_QUESTION = re.compile(r"^(?!.*[。；]).{4,160}[？?]$")
_HEADING_LENGTH, _TITLE_LENGTH = 24, 120
_FEWEST = 3
_UNMARKED = 4  # so many questions without 答： behind them are no accident
_SHARE = 0.6  # of the lines that must belong to questions


@dataclass(frozen=True)
class Block:
    """Lines ``first`` to ``end`` (half-open): a question with its answer, or a heading."""

    title: str
    first: int
    end: int
    answered: bool


def question_blocks(lines: Sequence[str]) -> list[Block]:
    """Return the questions and headings in ``lines`` from the first question on.

    Empty where the lines are no list of questions: a document may ask something in passing.
    """
    starts = [at for at, line in enumerate(lines[:-1]) if _asks(line, lines[at + 1])]
    marked = sum(bool(_ANSWER.match(lines[at + 1])) for at in starts)
    enough = marked >= _FEWEST and marked >= len(starts) / 2
    if not enough and (len(starts) < _UNMARKED or _share(lines, starts) < _SHARE):
        return []
    ends = [*starts[1:], len(lines)]
    return [
        block for at, end in zip(starts, ends, strict=True) for block in _blocks(lines, at, end)
    ]


def _asks(line: str, following: str) -> bool:
    if _ANSWER.match(line):
        return False
    if _ASKED.match(line) or _ANSWER.match(following):
        return len(line) <= 2 * _TITLE_LENGTH
    return bool(_QUESTION.match(line)) and not _QUESTION.match(following)


def _share(lines: Sequence[str], starts: Sequence[int]) -> float:
    """Return how much of the text stands behind a question, each counted with six lines."""
    ends = [*starts[1:], len(lines)]
    told = sum(min(end - at, 6) for at, end in zip(starts, ends, strict=True))
    return told / len(lines)


def _blocks(lines: Sequence[str], at: int, end: int) -> list[Block]:
    """Return a question's block, and one for a heading that stands before the next question."""
    last = lines[end - 1]
    heads = end < len(lines) and end - at > 2 and len(last) <= _HEADING_LENGTH
    heads = heads and last[-1] not in "。；：！？.;:!?" and bool(_NUMBER.match(last))
    stop = end - 1 if heads else end
    asked = _NUMBER.sub("", _MARKS.sub("", lines[at])).strip()
    question = Block(asked[:_TITLE_LENGTH], at, stop, answered=True)
    return [question, *([Block(last, stop, end, answered=False)] if heads else [])]
