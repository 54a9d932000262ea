"""The classifier itself, trained here on the real data without Rasa."""

import json

import numpy as np
import pytest

from language.text import normalise
from nlu.components.features import Vocabulary, ngrams, pairs, shape
from nlu.components.margins import Model, fit, softmax
from store.settings import ROOT
from tests.support.training_data import examples, finder

# Fitted once: whoever runs one of these runs all.
pytestmark = pytest.mark.xdist_group("margins")

FINDER = finder()


def shaped(text: str) -> str:
    return shape(text, FINDER.find(text))


@pytest.fixture(scope="module")
def model() -> Model:
    known = examples()
    return fit(
        [shaped(example.text) for example in known],
        [example.intent for example in known],
        cost=1.0,
        seed=42,
    )


def read(model: Model, text: str) -> tuple[str, float]:
    probabilities = model.probabilities(shaped(text))
    best = int(probabilities.argmax())
    return model.intents[best], float(probabilities[best])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("现场招聘会还能办吗", "ask_policy"),
        ("我想在上海找电工的活，六千以上", "search_jobs"),
        ("帮我约明天上午办失业登记", "book_window"),
        ("转人工", "talk_to_staff"),
        ("大厅人多不多", "hall_status"),
        ("大厅人多不多，能不能错开点来", "hall_status"),
        ('招聘写"限35岁以下"行不行', "ask_policy"),
        ("那失业金一个月多少", "ask_policy"),
        ("昆明月嫂一个月多少钱", "ask_wage"),
        ("我不想活了", "distress"),
        ("今天天气怎么样", "out_of_scope"),
        ("公积金怎么提取", "out_of_scope"),
    ],
)
def test_what_must_be_right(model: Model, text: str, intent: str) -> None:
    read_as, confidence = read(model, text)
    assert read_as == intent
    assert confidence >= 0.4


@pytest.mark.parametrize(
    ("name", "all_right", "foreign_right"),
    # 0.976 and 0.975, and 0.956 and 0.863 of strangers, who saw nothing but what intents are for,
    # when this was written; a fall below is a fault in data or features.
    [("nlu", 0.95, 0.94), ("nlu_strangers", 0.94, 0.84)],
)
def test_held_out_sentences_are_read_well_enough(
    model: Model, name: str, all_right: float, foreign_right: float
) -> None:
    file = ROOT / f"tests/evaluation/{name}.jsonl"
    entries = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    right = [read(model, normalise(e["text"]).text)[0] == e["intent"] for e in entries]
    foreign = [ok for ok, e in zip(right, entries, strict=True) if e["intent"] == "out_of_scope"]
    assert sum(right) / len(right) >= all_right
    assert sum(foreign) / len(foreign) >= foreign_right


def test_unknown_writing_is_out_of_scope(model: Model) -> None:
    assert model.probabilities(shaped("ꙮ")).sum() == pytest.approx(1)
    for text in ("ꙮ", "ꙮꙮꙮ ꙮꙮ"):
        assert read(model, text)[0] == "out_of_scope"


def test_a_text_without_any_known_feature_is_read_by_the_bias_alone() -> None:
    vocabulary = Vocabulary.of(["甲乙", "甲乙"])
    model = Model(
        ["a", "b"], vocabulary, np.ones((len(vocabulary.idf), 2)), np.array([0.0, 1.0]), 2
    )
    assert model.probabilities("丙") == pytest.approx(softmax(np.array([0.0, 2.0])))


def test_names_and_numbers_become_marks() -> None:
    assert shaped("昆明电工") == shaped("武汉月嫂")
    assert shaped("周三上午，三点") == shaped("星期五上午 四点")
    assert shaped("13800138000") == shaped("15900001111") != shaped("6000")


def test_features_of_a_short_text() -> None:
    assert ngrams("甲乙甲") == {"甲": 2, "乙": 1, "甲乙": 1, "乙甲": 1, "甲乙甲": 1}
    assert pairs("乙甲") == pairs("甲乙") == {"\t乙甲": 1}


def test_features_have_the_weight_they_should() -> None:
    vocabulary = Vocabulary.of(["甲乙", "甲丙", "甲"])
    assert set(vocabulary.columns) == {"甲"}
    columns, weights = vocabulary.weigh("甲甲丁")
    assert columns.tolist() == [0]
    assert weights.tolist() == pytest.approx([1.0])
