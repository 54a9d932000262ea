"""Pay in the kinds of words that people use for it, and numbers that are none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.numerals import without_bank_numerals
from language.pay import read_pay
from language.pay_evaluation import evaluate_pay
from tests.unit.language.pay_sentences import NO_PAY, SENTENCES

MONTHLY = st.integers(21, 990).map(lambda n: n * 100)
BELOW = ["不到{}", "{}以下", "{}以内", "不超过{}", "不要超过{}", "最多{}", "没有{}", "<{}", "≤{}"]
ABOVE = [
    *("{}以上", "至少{}", "不低于{}", "别低于{}", "{}以下不考虑", "不要{}以下的", "没有{}不干"),
    *("低于{}免谈", "不到{}的不去", "{}+", "≥{}", "最低{}", "底薪{}加提成"),
]


@pytest.mark.parametrize(
    ("text", "low", "high"), [row for rows in SENTENCES.values() for row in rows]
)
def test_the_pay_is_what_the_person_means(text: str, low: int | None, high: int | None) -> None:
    pay = read_pay(text)
    assert pay is not None
    assert (pay.min, pay.max) == (low, high)


@pytest.mark.parametrize("text", NO_PAY)
def test_other_numbers_are_no_pay(text: str) -> None:
    assert read_pay(text) is None


@pytest.mark.shared
def test_inputs_that_were_misread_are_read(shared: Path) -> None:
    lines = (shared / "data" / "failing_inputs.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["kind"].startswith("pay/")]
    assert rows
    wrong = {}
    for row in rows:
        pay = read_pay(row["input"])
        read = {"min": pay and pay.min, "max": pay and pay.max}
        if read != row["expected"]:
            wrong[row["input"]] = read
    assert wrong == {}


@given(MONTHLY, st.sampled_from(BELOW), st.sampled_from(["{:g}k", "{:g}千"]))
def test_a_bound_from_above_is_no_floor(pay: int, words: str, written: str) -> None:
    read = read_pay(words.format(written.format(pay / 1000)))
    assert read is not None
    assert (read.min, read.max) == (None, pay)


@given(MONTHLY, st.sampled_from(ABOVE), st.sampled_from(["{:g}k", "{:g}千"]))
def test_a_bound_from_below_is_no_ceiling(pay: int, words: str, written: str) -> None:
    read = read_pay(words.format(written.format(pay / 1000)))
    assert read is not None
    assert (read.min, read.max) == (pay, None)


@given(st.lists(st.sampled_from([row[0] for rows in SENTENCES.values() for row in rows])))
def test_all_words_about_pay_are_marked(texts: list[str]) -> None:
    text = "。".join(texts)
    pay = read_pay(text)
    assert (pay is None) == (not texts)
    if pay is not None:
        assert (pay.start, pay.end) in pay.spans
        ends = [at for span in pay.spans for at in span]
        assert ends == sorted(ends)
        assert 0 <= ends[0] < ends[-1] <= len(text)


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("工资别低于五千，最好六千五以上，成都", ["工资别低于五千", "最好六千五以上"]),
        ("五千不干要八千", ["五千不干", "要八千"]),
        ("上海找电工，６ 千以上", ["６ 千以上"]),
    ],
)
def test_what_speaks_of_pay_is_known(text: str, pay: list[str]) -> None:
    read = read_pay(text)
    assert read is not None
    assert [text[start:end] for start, end in read.spans] == pay


@pytest.mark.parametrize(
    ("text", "plain"),
    [("壹万贰仟", "一万二千"), ("伍佰", "五百"), ("收拾", "收拾"), ("陆家嘴",) * 2],
)
def test_numerals_of_bills_are_everyday_ones(text: str, plain: str) -> None:
    assert without_bank_numerals(text) == plain


def test_a_labelled_file_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "pay.jsonl"
    rows = [
        {"id": "a", "text": "六千以上", "min": 6000, "max": None},
        {"id": "b", "text": "面议", "min": None, "max": None},
        {"id": "c", "text": "不到五千", "min": 5000, "max": None},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    result = evaluate_pay(file)
    assert (result["n"], round(result["accuracy"], 3)) == (3, 0.667)
    assert result["errors"] == [
        {"id": "c", "text": "不到五千", "expected": [5000, None], "read": [None, 5000]}
    ]


@pytest.mark.parametrize("content", ["", "not json\n"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "damaged.jsonl"
    file.write_text(content, "utf-8")
    with pytest.raises(ValueError):  # noqa: PT011 -- JSON's own message or ours
        evaluate_pay(file)
