"""Vectors: each of the three ways of searching finds what comparing one by one finds."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.index import dense
from knowledge.index.dense import Vectors

WIDTH, COUNT, NEAREST = 16, 3_000, 10


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    found = np.random.default_rng(5).normal(size=(COUNT, WIDTH)).astype(np.float32)
    unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


def batches(vectors: Vectors) -> Iterator[Vectors]:
    yield from np.array_split(vectors, 7)


@pytest.mark.parametrize(
    ("limits", "least"),
    [
        ({}, 1.0),
        ({"EXACT_UNTIL": 100}, 0.95),
        ({"EXACT_UNTIL": 100, "COMPRESSED_FROM": 200, "LISTS": 16, "LISTS_LOOKED_AT": 12}, 0.9),
    ],
)
def test_the_nearest_are_found(
    vectors: Vectors,
    limits: dict[str, int],
    least: float,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in limits.items():
        monkeypatch.setattr(dense, name, value)
    dense.build(batches(vectors), COUNT, WIDTH, tmp_path / "v.faiss")
    index = dense.load(tmp_path / "v.faiss")
    assert len(index) == COUNT
    shares = []
    for asked in vectors[:100]:
        true = set(np.argsort(-(vectors @ asked))[:NEAREST].tolist())
        found = index.nearest(asked[None], NEAREST)
        assert len(found) == NEAREST
        shares.append(len(true & found.keys()) / NEAREST)
    assert np.mean(shares) >= least
    assert np.allclose(index.vector(7), vectors[7], atol=0.02)


def test_nothing_to_search(tmp_path: Path) -> None:
    dense.build(iter(()), 0, WIDTH, tmp_path / "v.faiss")
    assert dense.load(tmp_path / "v.faiss").nearest(np.zeros((1, WIDTH), np.float32), 3) == {}
