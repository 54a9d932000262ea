"""The sum beside a model, as ``bot/model_sum.py`` writes it, looked at before Rasa loads it."""

import hashlib
from pathlib import Path


def is_sound(model: Path) -> bool:
    """Whether the archive is the one that was trained: its sum lies beside it."""
    try:
        lines = model.with_name(f"{model.name}.sha256").read_text("ascii").splitlines()
        digest = hashlib.sha256(model.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return False
    return f"{digest}  {model.name}" in lines
