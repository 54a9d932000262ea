"""Compares a question with passages token by token, with the converted encoder (no torch).

Late interaction (Khattab & Zaharia 2020, ColBERT): for each token of the question the likeness of
the passage's token that is most like it. One vector a text says what it is about as a whole; this
says whether every part of a question is met somewhere. Nothing was taught for it: it is the last
layer of the encoder as it is, before the mean over the tokens.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from language.encoder.serving import GRAPH, MEANS, PASSAGE, QUERY, TOKENIZER, open_session
from language.encoder.vectors import Vectors
from language.terms import normalise

QUESTION_TOKENS, PASSAGE_TOKENS = 32, 144  # what is longer is cut
_KEPT = 1024  # passages whose vectors stay: some 80 MB
_POOLED = "ReduceSum"  # the graph's one operator that makes a vector of the last tokens'


class TokenReader:
    """The converted encoder in a folder, loaded at its first use; safe to share between threads.

    ``threads`` passages are read side by side. A passage's vectors are kept for a while: the same
    ones are candidates again and again.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self._folder, self._threads = folder, threads
        self._means: Vectors = np.load(folder / MEANS)
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Any] | None = None
        self._passage = lru_cache(_KEPT)(self._read_passage)

    def compare(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return how much of the question each passage meets: the mean over its tokens, -1 to 1."""
        if not passages:
            return []
        asked = self._question(normalise(question))
        if not len(asked):
            return [0.0] * len(passages)
        if self._threads == 1 or len(passages) == 1:
            read = list(map(self._passage, passages))
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                read = list(pool.map(self._passage, passages))
        return [_likeness(asked, vectors) for vectors in read]

    def _question(self, text: str) -> Vectors:
        """Return the vectors of the tokens that say something: signs do not."""
        tokens, vectors = self._vectors(QUERY, text, QUESTION_TOKENS, self._means[0])
        spoken = [text[max(start, 0) : max(end, 0)] for start, end in tokens]
        kept = [any(char.isalnum() for char in word) for word in spoken]
        said: Vectors = vectors[np.array(kept, dtype=bool)]
        return said

    def _read_passage(self, text: str) -> NDArray[np.float16]:
        _, vectors = self._vectors(PASSAGE, normalise(text), PASSAGE_TOKENS, self._means[1])
        return vectors.astype(np.float16)

    def _vectors(
        self, prompt: str, text: str, most: int, mean: Vectors
    ) -> tuple[list[tuple[int, int]], Vectors]:
        """Return the places in ``text`` of its tokens, and their unit vectors.

        What all texts share is taken away, as ``serving`` does.
        """
        tokenizer, session = self._opened()
        coded = tokenizer.encode(prompt + text)
        ids = coded.ids if len(coded.ids) <= most else [*coded.ids[: most - 1], coded.ids[-1]]
        states = session.run(None, {"ids": np.array(ids, dtype=np.int64)})[0]
        states = _units(_units(states) - mean)
        places = [(start - len(prompt), end - len(prompt)) for start, end in coded.offsets]
        own = [at for at, (_, end) in enumerate(places[: len(ids) - 1]) if end > 0]
        return [places[at] for at in own], states[own]

    def _opened(self) -> "tuple[Any, Any]":
        with self._lock:
            if self._loaded is None:
                from tokenizers import Tokenizer

                tokenizer = Tokenizer.from_file(str(self._folder / TOKENIZER))
                self._loaded = tokenizer, open_session(_graph_of_tokens(self._folder / GRAPH))
            return self._loaded


def _graph_of_tokens(path: Path) -> bytes:
    """Return the encoder's graph as it gives the tokens' vectors, not their mean."""
    import onnx

    model = onnx.load(str(path))
    (pooling,) = (node for node in model.graph.node if node.op_type == _POOLED)
    width = model.graph.output[0].type.tensor_type.shape.dim[0].dim_value
    states = onnx.helper.make_tensor_value_info(
        pooling.input[0], onnx.TensorProto.FLOAT, ["tokens", width]
    )
    del model.graph.output[:]
    model.graph.output.append(states)
    written: bytes = model.SerializeToString()
    return written


def _likeness(asked: Vectors, read: NDArray[np.float16]) -> float:
    if not len(read):
        return 0.0
    return float((asked @ read.astype(np.float32).T).max(axis=1).mean())


def _units(vectors: Vectors) -> Vectors:
    units: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return units
