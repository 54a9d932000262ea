"""Who may learn from which question, decided by the questions alone."""

import hashlib
import zlib

from knowledge.training.data import Question

TEST_SHARE = 30  # per cent
TAUGHT_PART, ASKED_PART = 0, 1  # halves: what teaches the encoder, what teaches the ranking


def is_held_out(question: Question) -> bool:
    """Tell whether a question is for measuring only; the same on every machine."""
    return _bucket("stard", question.id) < TEST_SHARE


def fold(question: Question, folds: int) -> int:
    """Return which of ``folds`` parts of the training questions this one belongs to."""
    return _bucket("fold", question.id) % folds


def half_of(ask: str) -> int:
    """Return in which half (0 or 1) a way of asking, or a document by its file's name, is.

    One teaches the encoder, one the ranking. The n-grams that ship learn from both; see
    ``knowledge.training.ranking``.
    """
    return zlib.crc32(ask.encode()) % 2


def _bucket(salt: str, key: str) -> int:
    digest = hashlib.sha256(f"{salt}:{key}".encode()).hexdigest()
    return int(digest[:8], 16) % 100
