"""Whether a question is answered here: the learnt model against the library's own sums."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.index.scope import (
    LEAST,
    STRENGTH,
    Scope,
    _grams,
    learn_scope,
    load_scope,
    save_scope,
)

ANSWERED = [
    "大厅能不能先约个时间",
    "去大厅要戴口罩吗",
    "招聘会停了没有",
    "网上能不能找工作",
    "厂里缺人谁来帮",
]
UNANSWERED = ["大厅电话多少", "补贴多少钱", "大厅电话是几号", "大厅几点关门", "要多少钱"]


@pytest.fixture(scope="module")
def scope() -> Scope:
    return learn_scope(ANSWERED, UNANSWERED)


def test_it_tells_apart_what_it_has_learnt(scope: Scope) -> None:
    assert all(scope.log_odds(question) > 0 for question in ANSWERED)
    assert all(scope.log_odds(question) < 0 for question in UNANSWERED)
    assert scope.log_odds("招聘会的电话多少") < scope.log_odds("招聘会停了没有")


def test_its_sums_are_those_of_the_library(scope: Scope) -> None:
    counts = TfidfVectorizer(analyzer=_grams, sublinear_tf=True, min_df=LEAST)
    features = counts.fit_transform([*ANSWERED, *UNANSWERED])
    labels = [1] * len(ANSWERED) + [0] * len(UNANSWERED)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear")
    model.fit(features, labels)
    asked = ["大厅几点能约", "大厅大厅大厅", "完全别的话", "a b"]
    expected = model.decision_function(counts.transform(asked))
    assert np.allclose([scope.log_odds(question) for question in asked], expected, atol=1e-6)


@pytest.mark.parametrize(("answered", "unanswered"), [([], UNANSWERED), (ANSWERED, []), ([], [])])
def test_with_one_kind_only_it_knows_nothing(answered: list[str], unanswered: list[str]) -> None:
    assert learn_scope(answered, unanswered).log_odds("大厅几点关门") == 0.0


def test_it_is_the_same_after_a_restart(scope: Scope, tmp_path: Path) -> None:
    save_scope(scope, tmp_path)
    assert load_scope(tmp_path) == scope


@given(st.text(max_size=300))
def test_any_text_gets_a_finite_number(text: str) -> None:
    assert np.isfinite(learnt.log_odds(text))


learnt = learn_scope(ANSWERED, UNANSWERED)
