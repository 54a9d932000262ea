"""How answers are measured: hits, rates, probabilities, the baseline, regressions."""

from typing import Any

import pytest

from knowledge.answering.answers import Citation
from knowledge.evaluation.baseline import Baseline
from knowledge.evaluation.figures import (
    OtherQuestions,
    quantile,
    rate,
    record,
    regressions,
    reliability,
    wilson,
)
from knowledge.evaluation.scoring import is_hit, overlap

RATES = {
    "hit_at_1": 0.80,
    "hit_at_3": 0.90,
    "refused_unanswerable": 0.95,
    "refused_answerable": 0.05,
}
FIGURES: dict[str, Any] = {
    **RATES,
    "n": 100,
    "questions": "a",
    "documents": ["1.txt"],
    "per_style": {},
    "characters": {},
    "errors": [],
}


def cited(quote: str) -> Citation:
    fields = dict.fromkeys(Citation.__dataclass_fields__, "")
    return Citation(**{**fields, "doc_id": "p1", "quote": quote})


@pytest.mark.parametrize(
    ("quote", "doc", "gold", "hit"),
    [
        ("一二三四五六七八九十", "p1", "五六七八", True),
        ("一 二\n三四", "p1", "一二三四", True),
        ("一二三四五六", "p1", "五六甲乙", True),
        ("一二三四五六", "p1", "六甲乙丙", False),
        ("一二三四五六", "p2", "一二三四五六", False),
        ("一二三四", "p1", "", False),
    ],
)
def test_a_hit_shares_half_of_the_shorter_quote(quote: str, doc: str, gold: str, hit: bool) -> None:
    assert is_hit(cited(quote), doc, gold) is hit
    assert overlap(quote, gold) is (hit or doc == "p2")


def test_a_share_of_nothing_is_unknown() -> None:
    assert rate(1, 3) == 0.3333
    assert rate(0, 0) is None
    assert wilson(0, 0) is None
    assert quantile([], 0.5) is None


def test_wilson_interval_agrees_with_the_published_example() -> None:
    # Newcombe 1998, table I, method 3: 81 of 263 and 0 of 20.
    assert wilson(81, 263) == pytest.approx([0.2553, 0.3662], abs=5e-5)
    assert wilson(0, 20) == pytest.approx([0.0, 0.1611], abs=5e-5)


def test_quantiles_interpolate() -> None:
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.5
    assert quantile([float(value) for value in range(101)], 0.95) == 95.0


def test_perfect_probabilities_have_no_error() -> None:
    measured = reliability([1.0, 1.0, 0.0], [True, True, False])
    assert (measured["brier"], measured["ece"]) == (0.0, 0.0)
    assert [entry["n"] for entry in measured["bins"]] == [1, 0, 0, 0, 2]


def test_overconfidence_is_the_calibration_error() -> None:
    measured = reliability([0.9] * 4, [True, False, False, True])
    assert measured["ece"] == pytest.approx(0.4)
    assert measured["bins"][4] == {
        "from": 0.8,
        "to": 1.0,
        "n": 4,
        "confidence": 0.9,
        "right": 0.5,
    }
    assert reliability([], [])["brier"] is None


def test_the_baseline_finds_by_characters_and_nothing_where_none_is_shared() -> None:
    search = Baseline([("a", "柜台每日消毒"), ("b", "招聘会暂停"), ("c", "招聘信息审核")])
    assert search.best("招聘会还办吗", 3)[0] == ("b", "招聘会暂停")
    assert {doc for doc, _ in search.best("招聘", 3)} == {"b", "c"}
    assert search.best("xyz", 3) == []
    assert Baseline([]).best("招聘", 3) == []


def test_figures_within_two_points_pass() -> None:
    later = {**FIGURES, "hit_at_1": 0.78, "refused_answerable": 0.07, "hit_at_3": 1.0}
    assert regressions(later, record(FIGURES)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hit_at_1", 0.7799),
        ("hit_at_3", 0.5),
        ("refused_unanswerable", None),
        ("refused_answerable", 0.0701),
    ],
)
def test_a_rate_that_is_worse_by_more_is_named(name: str, value: float | None) -> None:
    found = regressions({**FIGURES, name: value}, record(FIGURES))
    assert [(one.name, one.before, one.after) for one in found] == [(name, RATES[name], value)]


@pytest.mark.parametrize("changed", ["questions", "documents"])
def test_figures_of_other_questions_or_documents_are_not_compared(changed: str) -> None:
    with pytest.raises(OtherQuestions):
        regressions({**FIGURES, changed: "other"}, record(FIGURES))
