"""Which of STARD's questions are never trained on, decided by their ids alone."""

import hashlib

from knowledge.training.data import Question

TEST_SHARE = 30  # per cent


def is_held_out(question: Question) -> bool:
    """Tell whether a question is for measuring only; the same on every machine."""
    return _bucket("stard", question.id) < TEST_SHARE


def fold(question: Question, folds: int) -> int:
    """Return which of ``folds`` parts of the training questions this one belongs to."""
    return _bucket("fold", question.id) % folds


def _bucket(salt: str, key: str) -> int:
    digest = hashlib.sha256(f"{salt}:{key}".encode()).hexdigest()
    return int(digest[:8], 16) % 100
