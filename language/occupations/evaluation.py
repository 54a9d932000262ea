"""How right titles are read, on a labelled file (DESIGN section 8, ``occupation``)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from language.occupations.codes import SMALL_GROUP, group_of, is_within, plain_code


@dataclass(frozen=True)
class LabelledTitle:
    """A title and the code that a person gave it: an occupation's, or only a group's."""

    id: str
    title: str
    code: str


@dataclass(frozen=True)
class Scores:
    """Counts on ``n`` titles. ``same`` is the code to the letter, ``unknown`` no answer."""

    n: int
    right: int
    group_right: int
    same: int
    unknown: int


def read_labelled(path: Path) -> list[LabelledTitle]:
    """Return the lines ``{"id", "title", "code"}``; ValueError or KeyError for a damaged one."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if not rows:
        raise ValueError("no lines to measure on")
    return [LabelledTitle(str(row["id"]), row["title"], row["code"]) for row in rows]


def is_right(answer: str | None, code: str) -> bool:
    """Tell whether ``answer`` is what ``code`` says: of a group, any occupation in it is right."""
    if answer is None:
        return False
    is_group = len(plain_code(code).split("-")) <= SMALL_GROUP
    return is_within(answer, code) if is_group else plain_code(answer) == plain_code(code)


def is_group_right(answer: str | None, code: str) -> bool:
    """Tell whether ``answer`` lies in the small group of ``code`` (or the larger one it names)."""
    return answer is not None and is_within(answer, group_of(code))


def score(answers: Sequence[str | None], labelled: Sequence[LabelledTitle]) -> Scores:
    """Count what is right in ``answers``, one for each title."""
    pairs = [(answer, one.code) for answer, one in zip(answers, labelled, strict=True)]
    return Scores(
        n=len(pairs),
        right=sum(is_right(answer, code) for answer, code in pairs),
        group_right=sum(is_group_right(answer, code) for answer, code in pairs),
        same=sum(answer is not None and plain_code(answer) == plain_code(c) for answer, c in pairs),
        unknown=sum(answer is None for answer, _ in pairs),
    )
