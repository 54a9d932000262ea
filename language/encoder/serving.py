"""Runs the converted encoder: onnxruntime, tokenizers and numpy, on Python 3.10 too."""

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from language.encoder.vectors import Vectors

GRAPH, TOKENIZER, IDENTITY = "encoder.onnx", "tokenizer.json", "identity.txt"
"""A graph with other outputs gets another name, so that an older folder is none and made anew."""

VECTOR, INNER = "vector", "inner"
"""What comes out of the graph."""

MEANS = "means.npy"
"""The mean vectors of questions and of passages, shape ``(2, 384)``: what all texts share."""
QUERY, PASSAGE = "query: ", "passage: "


def is_encoder(folder: Path) -> bool:
    """Tell whether a folder holds a converted encoder, whole."""
    return (folder / IDENTITY).is_file() and (folder / GRAPH).is_file()


def read_identity(folder: Path) -> str:
    """Return what tells the converted encoder in a folder from others."""
    return (folder / IDENTITY).read_text("ascii").strip()


class SentenceEncoder:
    """The encoder in a folder, loaded at its first use; safe to share between threads.

    ``threads`` sentences are encoded side by side. A sentence's vector never depends on the
    others; it is cut off at the model's 512 tokens. What all questions, or all passages, share is
    taken away from it (Mu & Viswanath 2018): texts that have nothing in common have a cosine near
    nought, where the model's own is 0.85.
    """

    kind = "sentences"

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.identity = read_identity(folder)
        self.dimensions = 384
        self._means: Vectors = np.load(folder / MEANS)
        self._folder, self._threads = folder, threads
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None

    def asks(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per way of asking: as of any passage."""
        return self.passages(texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape ``(len(texts), dimensions)``."""
        return self._encode([QUERY + text for text in texts], self._means[0])

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape ``(len(texts), dimensions)``."""
        return self._encode([PASSAGE + text for text in texts], self._means[1])

    def inner(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, of an earlier layer: what it says, and how.

        The last layers keep what a question and its answer have in common. What all texts share is
        still in it.
        """
        return self._all([QUERY + text for text in texts], INNER)

    def views(self, text: str) -> dict[str, Vectors]:
        """Return what ``queries`` and ``inner`` give for one question, read once."""
        vector, inner = self._run(QUERY + text, [VECTOR, INNER])
        return {VECTOR: _without(self._means[0], vector), INNER: inner}

    def count(self, text: str) -> int:
        """Return how many tokens a text is, start and end among them; a prompt counts as text."""
        tokenizer, _session = self._opened()
        return len(tokenizer.encode(text).ids)

    def raw(self, texts: Sequence[str]) -> Vectors:
        """Return the model's own unit vectors; ``texts`` begin with their prompt."""
        return self._all(texts, VECTOR)

    def _all(self, texts: Sequence[str], output: str) -> Vectors:
        vectors: Vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for row, vector in enumerate(self._each(texts, output)):
            vectors[row] = vector
        return vectors

    def _encode(self, texts: Sequence[str], mean: Vectors) -> Vectors:
        return _without(mean, self.raw(texts))

    def _each(self, texts: Sequence[str], output: str) -> Iterable[Any]:
        self._opened()

        def vector(text: str) -> Any:
            return self._run(text, [output])[0]

        if self._threads == 1 or len(texts) == 1:
            yield from map(vector, texts)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                yield from pool.map(vector, texts)

    def _run(self, text: str, outputs: list[str]) -> list[Any]:
        tokenizer, session = self._opened()
        ids = np.array(tokenizer.encode(text).ids, dtype=np.int64)
        found: list[Any] = session.run(outputs, {"ids": ids})
        return found

    def _opened(self) -> "tuple[Any, Any]":
        with self._lock:
            if self._loaded is None:
                self._loaded = self._open()
            return self._loaded

    def _open(self) -> "tuple[Any, Any]":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
        return tokenizer, open_session(str(self._folder / GRAPH))


def _without(mean: Vectors, vectors: Vectors) -> Vectors:
    """Take what all texts share out of unit vectors, and make them such again."""
    rest = vectors - mean
    found: Vectors = rest / np.linalg.norm(rest, axis=-1, keepdims=True)
    return found


def open_session(graph: str | bytes) -> Any:
    """Open a graph, by its path or its bytes: texts side by side, not the parts of one."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, ["CPUExecutionProvider"])
