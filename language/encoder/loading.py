"""Which model makes vectors of texts; libraries are imported only when first needed.

The sentence encoder that set-up makes (``convert``) where it has been made, else the n-grams,
which lie in ``language/models``, were trained by ``knowledge.training`` and need no download.
``settings.encoder`` may name any Hugging Face model or a folder instead, and
``settings.reranker`` a cross-encoder.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from language.encoder.errors import EncoderUnavailable
from language.encoder.serving import SentenceEncoder, is_encoder, read_identity
from language.encoder.vectors import VOCABULARY, Vectors
from store.settings import Settings

SHIPPED = Path(__file__).parent.parent / "models" / "zhida-ngrams"
MOST_THREADS = 4  # passages side by side while an index is made
_QUERY = "query"  # what sentence-transformers calls the prompt of questions
_PASSAGE = "document"  # and that of what answers them
_import_lock = threading.Lock()


class Encoder(Protocol):
    """What makes vectors of texts; safe to share between threads.

    ``kind`` tells what the weights of a ranking by its cosines were learnt with: ``sentences``
    or ``ngrams``.
    """

    kind: str
    dimensions: int

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape ``(len(texts), dimensions)``."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, shape ``(len(texts), dimensions)``."""


class LibraryEncoder:
    """A loaded sentence-transformers model; safe to share between threads."""

    kind = "sentences"

    def __init__(self, model: Any) -> None:
        self._model = model
        self._prompt = _QUERY if model.prompts.get(_QUERY) else None
        self._passage_prompt = _PASSAGE if model.prompts.get(_PASSAGE) else None
        self.dimensions = int(model.get_embedding_dimension())

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape ``(len(texts), dimensions)``."""
        return self._encode(texts, self._passage_prompt)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question, with the model's query prompt."""
        return self._encode(texts, self._prompt)

    def _encode(self, texts: Sequence[str], prompt_name: str | None) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            prompt_name=prompt_name,
            batch_size=64,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)


class ShippedEncoder(LibraryEncoder):
    """The shipped model: its one module does in numpy what ``SentenceTransformer.encode`` does.

    The same vectors to 1e-5 (tested) without the library's cost per call, which is ten times
    that of the work on one question.
    """

    kind = "ngrams"

    def _encode(self, texts: Sequence[str], prompt_name: str | None) -> Vectors:
        vectors: Vectors = self._model[0].vectors(texts)
        return vectors


class Reranker:
    """A loaded cross-encoder."""

    def __init__(self, model: Any) -> None:
        if model.num_labels != 1:
            raise ValueError("a re-ranker gives one score for a pair")
        self._model = model

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """Return how well each passage answers the question, 0 to 1."""
        import torch

        if not passages:
            return []
        found = self._model.predict(
            [(question, passage) for passage in passages],
            batch_size=16,
            show_progress_bar=False,
            activation_fn=torch.nn.Sigmoid(),
        )
        return [float(score) for score in found]


def encoder_folder(settings: Settings) -> Path:
    """Return where the sentence encoder lies that set-up makes."""
    return settings.var_dir / "encoder"


def encoder_name(settings: Settings) -> str:
    """Return which encoder ``load_encoder`` is to load: the one named, else the best there is."""
    made = encoder_folder(settings)
    return settings.encoder or (str(made) if is_encoder(made) else "")


def load_encoder(name: str) -> Encoder:
    """Load the n-grams (``""``), a Hugging Face model or a folder.

    Raises EncoderUnavailable when there is no such model or it cannot be read.
    """
    if name and is_encoder(Path(name)):
        return SentenceEncoder(Path(name), threads=min(MOST_THREADS, os.cpu_count() or 1))
    library = _library()
    try:
        if not name or (Path(name) / VOCABULARY).is_file():
            return _load_trained(library, Path(name) if name else SHIPPED)
        return LibraryEncoder(library.SentenceTransformer(name, device="cpu"))
    except (OSError, ValueError, ImportError) as error:
        raise EncoderUnavailable(name or str(SHIPPED)) from error


def load_reranker(name: str) -> Reranker | None:
    """Load a cross-encoder by Hugging Face name or folder; ``""`` is none.

    Raises EncoderUnavailable when there is no such model or it cannot be read.
    """
    if not name:
        return None
    library = _library()
    try:
        return Reranker(library.CrossEncoder(name, device="cpu"))
    except (OSError, ValueError, ImportError) as error:
        raise EncoderUnavailable(name) from error


def encoder_identity(name: str) -> str:
    """Tell encoders apart without loading them: vectors of different ones must not mix."""
    if name and is_encoder(Path(name)):
        return read_identity(Path(name))
    return f"model:{name}" if name else _shipped_identity()


@cache
def _shipped_identity() -> str:
    digest = hashlib.sha256()
    for path in sorted(SHIPPED.iterdir()):
        if path.suffix != ".md":
            digest.update(path.read_bytes())
    return f"{SHIPPED.name}:{digest.hexdigest()[:12]}"


def _load_trained(library: Any, folder: Path) -> Encoder:
    """Load what ``python -m knowledge.training`` wrote."""
    from language.encoder.ngrams import CharacterNgrams

    # By its class: a folder that names classes outside sentence-transformers is refused.
    module = CharacterNgrams.load(str(folder))
    return ShippedEncoder(library.SentenceTransformer(modules=[module], device="cpu"))


def _library() -> Any:
    with _import_lock:
        import sentence_transformers
        import torch

        # One question is too little work to share: more threads only make others wait.
        torch.set_num_threads(1)
    return sentence_transformers
