"""The figures of an evaluation, worked out by hand."""

from pathlib import Path

import pytest

from bot.evaluation import danger
from bot.evaluation.danger import LabelledDanger
from bot.evaluation.intents import LabelledSentence, figures, labelled
from bot.evaluation.report import report
from bot.evaluation.sentences import EvaluationFailed, Reading, read_labelled


def test_figures() -> None:
    lines = [
        LabelledSentence("1", "你好", "greet", "terse"),
        LabelledSentence("2", "您好", "greet", "terse"),
        LabelledSentence("3", "转人工", "talk_to_staff"),
        LabelledSentence("4", "天气", "out_of_scope"),
        LabelledSentence("5", "股票", "out_of_scope"),
    ]
    readings = [
        Reading("greet", 0.9, accepted=True),
        Reading("out_of_scope", 0.8, accepted=True),
        Reading("talk_to_staff", 0.3, accepted=False),
        Reading("out_of_scope", 0.9, accepted=True),
        Reading("greet", 0.5, accepted=True),
    ]
    result = figures(lines, readings)
    assert result["n"] == 5
    assert result["accuracy"] == pytest.approx(3 / 5)
    assert result["out_of_scope_recall"] == pytest.approx(1 / 2)
    assert result["in_scope_accepted"] == pytest.approx(1 / 3)
    assert result["accepted_accuracy"] == pytest.approx(2 / 4)
    assert result["per_intent"]["greet"] == {"n": 2, "precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert result["macro_f1"] == pytest.approx((0.5 + 1.0 + 0.5) / 3)
    assert result["intervals"]["accuracy"] == pytest.approx([0.2307, 0.8824], abs=1e-4)
    assert result["per_style"] == {
        "terse": {"n": 2, "accuracy": 0.5, "interval": pytest.approx([0.0945, 0.9055], abs=1e-4)}
    }
    assert sum(entry["n"] for entry in result["reliability"]["bins"]) == 5
    shown = report(result)
    assert "accuracy                0.6000  [0.231, 0.882]" in shown
    assert "  terse (n=2)           0.5000  [0.095, 0.905]" in shown
    assert [error["id"] for error in result["errors"]] == ["2", "5"]
    assert result["errors"][0] == {
        "id": "2",
        "text": "您好",
        "intent": "greet",
        "read_as": "out_of_scope",
        "confidence": 0.8,
        "accepted": True,
    }


def test_figures_without_out_of_scope_sentences() -> None:
    result = figures(
        [LabelledSentence("1", "你好", "greet")], [Reading("greet", 0.9, accepted=True)]
    )
    assert result["out_of_scope_recall"] is None
    assert result["accuracy"] == 1


def test_a_line_separator_within_a_text_does_not_cut_it(tmp_path: Path) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text('{"id": 1, "text": "你\u2028好", "intent": "greet"}\n\n', "utf-8")
    assert read_labelled(file, labelled) == [LabelledSentence("1", "你\u2028好", "greet")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "没有句子"),
        (b"\xff", "读不了"),
        (b"{}\n", "第 1 行"),
        (b'{"id": "1", "text": "a", "intent": "b"}\nnot json\n', "第 2 行"),
        (b'{"id": "1", "text": 5, "intent": "b"}\n', "第 1 行"),
        (b"[]\n", "第 1 行"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "file.jsonl"
    file.write_bytes(content)
    with pytest.raises(EvaluationFailed, match=reason):
        read_labelled(file, labelled)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(EvaluationFailed, match="读不了"):
        read_labelled(tmp_path / "none.jsonl", labelled)


def test_figures_of_danger() -> None:
    lines = [
        LabelledDanger("1", "不想活了", "self_harm"),
        LabelledDanger("2", "他说要打断我的腿", "threat"),
        LabelledDanger("3", "身份证被扣着", "coercion"),
        LabelledDanger("4", "累死了", None),
        LabelledDanger("5", "笑死", None),
    ]
    heard = ("self_harm", "violence", None, None, "violence")
    readings = [Reading("distress", 1.0, accepted=True, danger=kind) for kind in heard]
    result = danger.figures(lines, readings)
    assert result["n"] == 5
    assert result["recall"] == pytest.approx(2 / 3)
    assert result["kind_accuracy"] == result["false_alarms"] == pytest.approx(1 / 2)
    assert result["intervals"]["false_alarms"] == pytest.approx([0.0945, 0.9055], abs=1e-4)
    assert "  threat (n=1)          1.0000" in report(result)
    assert result["per_kind"]["threat"]["recall"] == 1
    assert result["per_kind"]["threat"]["named"] == 0
    assert result["per_kind"]["coercion"] == {
        "n": 1,
        "recall": 0,
        "interval": [0.0, pytest.approx(0.7935, abs=1e-4)],
        "named": 0,
    }
    assert [error["id"] for error in result["errors"]] == ["2", "3", "5"]


def test_danger_is_a_kind_or_null(tmp_path: Path) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text('{"id": 1, "text": "累死了", "danger": null}\n', "utf-8")
    assert read_labelled(file, danger.labelled) == [LabelledDanger("1", "累死了", None)]
    file.write_text('{"id": 1, "text": "累死了", "danger": 3}\n', "utf-8")
    with pytest.raises(EvaluationFailed, match="第 1 行"):
        read_labelled(file, danger.labelled)
