"""Reading the best units again: what is read, what it changes, and when nobody does."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from knowledge.answering.hits import Hit
from knowledge.answering.query import read_query
from knowledge.answering.rereading import (
    OFF,
    WINDOW,
    ByTokens,
    LikenessWeight,
    passage_text,
    rereader,
)
from knowledge.index.search import Index
from knowledge.training.likeness import learn
from knowledge.training.ranking import Asked
from language.encoder.tokens import TokenReader
from store.settings import Settings

WEIGHT = LikenessWeight(10.0, 0.4)
TEXTS = ("工资按月支付", "失业登记去窗口", "现场招聘照常举办", "工资什么时候发")
TAUGHT, PAGE = 2, 3  # the rows of units that are not compared
QUERY = read_query("工资什么时候发", lambda term: 1.0)


class _Reader:
    """Finds a question more like a text the more of its characters stand there."""

    asked = 0

    def compare(self, question: str, passages: Sequence[str]) -> list[float]:
        self.asked += 1
        return [len(set(question) & set(text)) / len(set(question)) for text in passages]


def index() -> Index:
    def unit(row: int) -> SimpleNamespace:
        return SimpleNamespace(path=("第一章",), text=TEXTS[row])

    def document(row: int) -> SimpleNamespace:
        kind = "notice" if row == PAGE else "statute"
        return SimpleNamespace(title="办法", kind=kind, taught=row == TAUGHT)

    return cast(Index, SimpleNamespace(unit=unit, document=document))


def hit(row: int, score: float) -> Hit:
    return Hit(row, score, (), 0, 4, False, np.zeros((1, 4), np.float32))


def by_tokens(reader: _Reader) -> ByTokens:
    return ByTokens(cast(TokenReader, reader), WEIGHT)


def test_what_meets_the_question_gains_and_what_does_not_loses() -> None:
    hits = [hit(1, 1.0), hit(0, 0.5), hit(TAUGHT, 0.7), hit(PAGE, 0.1)]
    unlike, like, *others = by_tokens(_Reader()).read_again(index(), QUERY, hits)
    assert like.score > unlike.score
    assert like.likeness == pytest.approx(2 / 7)
    assert like.score == pytest.approx(0.5 + 10 * (2 / 7 - 0.4))
    assert others == hits[2:], "taught documents and pages stay as they are"


def test_a_question_that_is_ranked_twice_is_compared_once() -> None:
    reader = _Reader()
    again = by_tokens(reader)
    for _ in range(2):
        again.read_again(index(), QUERY, [hit(0, 1.0)])
    assert reader.asked == 1


def test_a_long_unit_is_read_from_its_best_quote_on() -> None:
    text = "甲" * 300 + "乙" * 60
    assert passage_text("办法", ("一、总则", "第一条"), "短") == "办法\n一、总则\n短"
    assert passage_text("", (), text).endswith("甲" * WINDOW)
    assert passage_text("", (), text, 320) == text[-WINDOW:]
    assert passage_text("", (), text, 10) == text[10 : 10 + WINDOW]


@pytest.mark.parametrize(("name", "weight"), [(OFF, WEIGHT), ("", None), ("", WEIGHT)])
def test_where_nothing_can_read_again_nothing_does(
    name: str, weight: LikenessWeight | None, tmp_path: Path
) -> None:
    """Switched off; no weight learnt with this encoder; no encoder made."""
    settings: Any = Settings(_env_file=None, var_dir=tmp_path, reranker=name)
    assert rereader(settings, weight) is None


def test_the_least_weight_that_puts_most_right_units_first_is_learnt() -> None:
    hits = (
        replace(hit(0, 1.0), likeness=0.4),
        replace(hit(1, 0.5), likeness=0.6),
        hit(PAGE, 0.2),
    )
    shares = learn([Asked(QUERY, 1, hits, 1), Asked(QUERY, 0, hits[::-1], -1)])
    assert shares[max(shares)] == LikenessWeight(4.0, 0.4)
    assert set(shares) == {0.0, 0.5}
