"""Passages' vectors on disk, with the small built-in encoder, counted."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from language.encoder.cache import CachedEncoder
from language.encoder.loading import load_encoder
from language.encoder.vectors import Encoder, Vectors

TEXTS = ["社会保险登记", "招聘会", "失业金", "招聘会"]


class Counted:
    """An encoder that notes what it reads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.kind, self.dimensions = encoder.kind, encoder.dimensions
        self.read: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return self._encoder.passages(texts)

    def asks(self, texts: Sequence[str]) -> Vectors:
        return self.passages(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        self.read += texts
        return self._encoder.queries(texts)


@pytest.fixture
def counted() -> Counted:
    return Counted(load_encoder(""))


def test_a_passage_is_read_once_by_all(counted: Counted, tmp_path: Path) -> None:
    expected = load_encoder("").passages(TEXTS)
    first = CachedEncoder(counted, "one", tmp_path / "vectors.db")
    assert np.array_equal(first.passages(TEXTS), expected)
    assert counted.read == TEXTS[:3]
    second = CachedEncoder(counted, "one", tmp_path / "vectors.db")
    assert np.array_equal(second.passages([*TEXTS[::-1], "新的"])[:4], expected[::-1])
    assert counted.read == [*TEXTS[:3], "新的"]
    assert second.passages([]).shape == (0, counted.dimensions)


def test_questions_that_come_again_are_read_once_and_are_no_passages(
    counted: Counted, tmp_path: Path
) -> None:
    cached = CachedEncoder(counted, "one", tmp_path / "vectors.db")
    cached.passages(TEXTS[:1])
    for _ in range(2):
        known = cached.once(TEXTS[:2], "query", counted.queries)
        assert np.array_equal(known, load_encoder("").queries(TEXTS[:2]))
    assert counted.read == [TEXTS[0], *TEXTS[:2]]


def test_vectors_of_encoders_do_not_mix(counted: Counted, tmp_path: Path) -> None:
    CachedEncoder(counted, "one", tmp_path / "vectors.db").passages(TEXTS[:1])
    CachedEncoder(counted, "another", tmp_path / "vectors.db").passages(TEXTS[:1])
    assert counted.read == TEXTS[:1] * 2


def test_the_oldest_is_forgotten_when_it_is_full(counted: Counted, tmp_path: Path) -> None:
    cached = CachedEncoder(counted, "one", tmp_path / "vectors.db", most=2)
    cached.passages(["甲", "乙", "丙"])
    counted.read.clear()
    cached.passages(["乙", "丙"])
    assert counted.read == []
    cached.passages(["甲"])
    assert counted.read == ["甲"]


def test_more_passages_than_a_statement_takes(counted: Counted, tmp_path: Path) -> None:
    cached = CachedEncoder(counted, "one", tmp_path / "vectors.db")
    many = [f"第{number}条" for number in range(1201)]
    assert np.array_equal(cached.passages(many), cached.passages(many))
    assert len(counted.read) == len(many)
