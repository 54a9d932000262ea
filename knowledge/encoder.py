"""Text to vectors with sentence-transformers, imported only when first needed.

The built-in model is built here and needs no download; ``settings.encoder`` may name any
Hugging Face model or a folder instead.
"""

import hashlib
import inspect
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
BUILT_IN = "built-in:character-ngrams-1"
_import_lock = threading.Lock()


class EncoderUnavailable(Exception):
    """The model that the settings name cannot be loaded."""


class Encoder:
    """A loaded sentence-transformers model; safe to share between threads."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape ``(len(texts), dimensions)``."""
        vectors = self._model.encode(
            list(texts),
            batch_size=256,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
        )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write the model into ``folder``."""
        self._model.save(str(folder), create_model_card=False)


def build_encoder(name: str, corpus: Sequence[str]) -> Encoder:
    """Return the encoder ``name`` (empty: the built-in, its weights learnt from ``corpus``)."""
    if name:
        return load_encoder(name)
    library = _library()
    from knowledge.ngrams import CharacterNgrams

    module = CharacterNgrams()
    module.fit(corpus)
    return Encoder(library.SentenceTransformer(modules=[module], device="cpu"))


def load_built_in(folder: Path) -> Encoder:
    """Read back a built-in encoder that ``Encoder.save`` wrote."""
    library = _library()
    from knowledge.ngrams import CharacterNgrams

    # By its class: a folder that names classes outside sentence-transformers is refused.
    module = CharacterNgrams.load(str(folder))
    return Encoder(library.SentenceTransformer(modules=[module], device="cpu"))


def load_encoder(name_or_folder: str) -> Encoder:
    """Load a model by Hugging Face name or from a folder; raise EncoderUnavailable."""
    library = _library()
    try:
        return Encoder(library.SentenceTransformer(name_or_folder, device="cpu"))
    except (OSError, ValueError, ImportError) as error:
        raise EncoderUnavailable(name_or_folder) from error


def encoder_identity(name: str) -> str:
    """Tell encoders apart without loading them: vectors of different ones must not mix."""
    if name:
        return f"model:{name}"
    source = Path(inspect.getfile(Encoder)).with_name("ngrams.py").read_bytes()
    return f"{BUILT_IN}:{hashlib.sha256(source).hexdigest()[:12]}"


def _library() -> Any:
    with _import_lock:
        import sentence_transformers
        import torch

        # One question is too little work to share: more threads only make others wait.
        torch.set_num_threads(1)
    return sentence_transformers
