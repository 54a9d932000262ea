"""Which model makes vectors of texts; libraries are imported only when first needed.

The sentence encoder that set-up makes (``convert``) together with the n-grams, which lie in
``language/models``, were trained by ``knowledge.training`` and need no download; these alone where
it has not been made.
``settings.encoder`` may name any Hugging Face model or a folder instead, and
``settings.reranker`` a cross-encoder.
"""

import hashlib
import os
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from language.encoder.cache import CachedEncoder
from language.encoder.errors import EncoderUnavailable
from language.encoder.serving import SentenceEncoder, is_encoder, read_identity
from language.encoder.vectors import VOCABULARY, Encoder, Vectors
from store.settings import Settings

SHIPPED = Path(__file__).parent.parent / "models" / "zhida-ngrams"
JOINED = "+"  # between the names of two encoders that are used as one
MOST_THREADS = 4  # passages side by side while an index is made
_QUERY = "query"  # what sentence-transformers calls the prompt of questions
_PASSAGE = "document"  # and that of what answers them
_import_lock = threading.Lock()


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

    def asks(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per way of asking: as of any passage."""
        return self.passages(texts)

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


class JointEncoder:
    """Two encoders side by side: one reads passages, both read how people ask.

    The one has read Chinese and finds what nobody taught; the other has learnt how this field's
    questions are asked. A vector has a place for each, so a question's product with a passage is
    the one's cosine, and with a way of asking, which has half of each, the mean of both.
    """

    kind = "joint"

    def __init__(self, reader: Encoder, asker: Encoder) -> None:
        self._reader, self._asker = reader, asker
        self.dimensions = reader.dimensions + asker.dimensions

    def unread(self, texts: Sequence[str]) -> int:
        """Return how many of the passages have yet to be read."""
        return unread(self._reader, texts)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage, shape ``(len(texts), dimensions)``."""
        return self._joined(self._reader.passages(texts), None)

    def asks(self, texts: Sequence[str]) -> Vectors:
        """Return one vector per way of asking, shape ``(len(texts), dimensions)``."""
        return 0.5 * self._joined(self._reader.asks(texts), self._asker.asks(texts))

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return both vectors of each question, shape ``(len(texts), dimensions)``."""
        return self._joined(self._reader.queries(texts), self._asker.queries(texts))

    def _joined(self, read: Vectors | None, asked: Vectors | None) -> Vectors:
        rows = len(read) if read is not None else len(asked) if asked is not None else 0
        both: Vectors = np.zeros((rows, self.dimensions), dtype=np.float32)
        if read is not None:
            both[:, : self._reader.dimensions] = read
        if asked is not None:
            both[:, self._reader.dimensions :] = asked
        return both


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


def vectors_file(settings: Settings) -> Path:
    """Return the file of ``CachedEncoder``: in whichever clone, a text is read once."""
    return settings.cache / "vectors.db"


def encoder_name(settings: Settings) -> str:
    """Return which encoder ``load_encoder`` is to load: the one named, else the best there is."""
    made = encoder_folder(settings)
    return settings.encoder or (f"{made}{JOINED}{SHIPPED}" if is_encoder(made) else "")


def sentence_folder(settings: Settings) -> Path | None:
    """Return the folder of the converted encoder, where it is one of those in use."""
    parts = (Path(part) for part in encoder_name(settings).split(JOINED) if part)
    return next(filter(is_encoder, parts), None)


def load_encoder(name: str, kept: Path | None = None) -> Encoder:
    """Load the n-grams (``""``), a Hugging Face model, a folder, or two of these (``A+B``).

    What takes long to encode is kept in the file ``kept``. Raises EncoderUnavailable when there
    is no such model or it cannot be read.
    """
    if JOINED in name:
        one, other = (load_encoder(each, kept) for each in name.split(JOINED))
        return JointEncoder(one, other)
    encoder = _load(name)
    # N-grams are made faster than read.
    if kept is None or encoder.kind == "ngrams":
        return encoder
    return CachedEncoder(encoder, encoder_identity(name), kept)


def unread(encoder: Encoder, texts: Sequence[str]) -> int:
    """Return how many passages ``encoder`` has yet to read, a sixtieth of a second each.

    Nought for n-grams, which are made faster than read.
    """
    if isinstance(encoder, CachedEncoder | JointEncoder):
        return encoder.unread(texts)
    return 0


def _load(name: str) -> Encoder:
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
    if JOINED in name:
        return JOINED.join(map(encoder_identity, name.split(JOINED)))
    if name and is_encoder(Path(name)):
        return read_identity(Path(name))
    if name and (Path(name) / VOCABULARY).is_file():
        return _trained_identity(Path(name))
    return f"model:{name}" if name else _trained_identity(SHIPPED)


@cache
def _trained_identity(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix != ".md":
            digest.update(path.read_bytes())
    return f"{folder.name}:{digest.hexdigest()[:12]}"


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
