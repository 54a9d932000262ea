"""The sum beside a model, as ``bot/model_sum.py`` writes it, looked at before Rasa loads it."""

import hashlib
import json
from pathlib import Path


def is_sound(model: Path) -> bool:
    """Whether the archive is the one that was trained: its sum lies beside it."""
    try:
        lines = model.with_name(f"{model.name}.sha256").read_text("ascii").splitlines()
        digest = hashlib.sha256(model.read_bytes()).hexdigest()
    except (OSError, ValueError):
        return False
    return f"{digest}  {model.name}" in lines


def published(base: Path) -> Path:
    """Return the model that staff have published beyond ``base``, else ``base`` itself.

    ``bot/model_versions.py`` writes which; one that is damaged, or goes beyond another base, is
    passed over.
    """
    try:
        name = json.loads(base.with_name("published").read_text("utf-8"))["name"]
    except (OSError, ValueError, KeyError):
        return base
    model = base.with_name(f"{name}.tar.gz")
    beyond = str(name).startswith(base.name.removesuffix(".tar.gz") + "-")
    return model if beyond and is_sound(model) else base
