"""A reader takes its model's second machine only beside the encoder that it was taught with."""

import logging
from pathlib import Path

import numpy as np
import pytest

from nlu.components import sentences
from nlu.components.reader import DEFAULTS, Reader

NEAR, FAR, NOWHERE = np.eye(3, dtype=np.float32)
CONFIG = {**DEFAULTS, "compounds": {"hall": ["place", "hall_kind"]}}
LISTS = {"place": ["上海", "浦东"], "hall_kind": ["大厅"]}
TEXTS = [f"{letter}的事" for letter in "甲乙丙丁" for _ in range(3)]
MEANT = dict(zip(("近处", "远处", "别处"), (NEAR, FAR, NOWHERE), strict=True))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Taught with an encoder ``one``; what is written alike it tells apart by meaning."""
    beside(monkeypatch, "one")
    vectors = np.array([NEAR, FAR, NOWHERE] * 4)
    monkeypatch.setattr(sentences, "training_vectors", lambda _texts, _view: vectors)
    return Reader.train(TEXTS, ["near", "far", "nowhere"] * 4, LISTS, CONFIG)


def beside(monkeypatch: pytest.MonkeyPatch, encoder: str | None) -> None:
    monkeypatch.setattr(sentences, "identity", lambda: encoder)
    monkeypatch.setattr(sentences, "vector", known if encoder == "one" else never)


def known(text: str, _view: str) -> np.ndarray:
    return MEANT[text]


def never(_text: str, _view: str) -> np.ndarray:
    raise AssertionError("vectors of an encoder that it was not taught with")


def test_it_reads_by_meaning_what_it_was_taught(reader: Reader, tmp_path: Path) -> None:
    reader.write(tmp_path)
    again = Reader.read(tmp_path, CONFIG)
    assert again.reads_meaning
    for text, label in zip(MEANT, ("near", "far", "nowhere"), strict=True):
        assert again.labels[int(again.probabilities(text).argmax())] == label


@pytest.mark.parametrize(("encoder", "said"), [("another", 1), (None, 0)])
def test_beside_another_encoder_it_reads_characters_and_says_so(
    reader: Reader,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    encoder: str | None,
    said: int,
) -> None:
    reader.write(tmp_path)
    beside(monkeypatch, encoder)
    with caplog.at_level(logging.WARNING):
        again = Reader.read(tmp_path, CONFIG)
    # That there is none, the encoder's own module says, once for all readers.
    assert len(caplog.records) == said
    assert not again.reads_meaning
    assert again.probabilities("近处").sum() == pytest.approx(1)
