"""The sentence encoder in Rasa's process, where set-up has made it.

Two variables of the environment say where: ``ZHIDA_SENTENCES`` names its folder, and
``ZHIDA_VECTORS`` the file in which the vectors of training sentences are kept, so that only a
new sentence costs its time at the next training.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from language.encoder.cache import CachedEncoder
from language.encoder.serving import INNER, SentenceEncoder, is_encoder

FOLDER, KEPT = "ZHIDA_SENTENCES", "ZHIDA_VECTORS"
_RECENT = 64
"""Messages whose vectors are kept: every component of the pipeline asks for the same ones."""

logger = logging.getLogger(__name__)


@lru_cache(1)
def encoder() -> SentenceEncoder | None:
    """Return the encoder, None where set-up has not made it."""
    folder = Path(os.environ.get(FOLDER, ""))
    if not is_encoder(folder):
        logger.warning("no sentence encoder in %s: messages are read by characters alone", folder)
        return None
    return SentenceEncoder(folder, threads=os.cpu_count() or 1)


def identity() -> str | None:
    """Return the encoder's identity, None where there is none."""
    found = encoder()
    return None if found is None else found.identity


def training_vectors(texts: Sequence[str], view: str) -> np.ndarray | None:
    """Return the vectors of ``texts``, shape (texts, 384), None where there is no encoder.

    ``view`` is one of the encoder's outputs, as in ``SentenceEncoder.views``.
    """
    found = encoder()
    if found is None:
        return None
    kind, encode = (INNER, found.inner) if view == INNER else ("query", found.queries)
    if KEPT not in os.environ:
        return encode(texts)
    return CachedEncoder(found, found.identity, Path(os.environ[KEPT])).once(texts, kind, encode)


def vector(text: str, view: str) -> np.ndarray | None:
    """Return the vector of a message, shape (384,), None where there is no encoder."""
    found = _views(text)
    return None if found is None else found[view]


@lru_cache(_RECENT)
def _views(text: str) -> dict[str, np.ndarray] | None:
    found = encoder()
    return None if found is None else found.views(text)
