"""The sum beside a model: what Rasa loads is what was trained here.

``<model>.sha256`` lies beside the archive in the form that ``sha256sum --check`` reads, and
says in comments which fingerprint of the training data the model is of, and which sentence
encoder it was taught with (none: an empty name). It is a hash and no
signature on purpose: archives are copied between var folders with keys of their own, and whoever
can write into ``models`` can read the key one folder up. What the sum finds is damage, a half
copy, and an archive that comes from elsewhere; who may write there is a matter of modes.
``nlu/model_sum.py`` looks at the same file before each start of Rasa.
"""

import hashlib
from pathlib import Path


def sum_path(model: Path) -> Path:
    """Return where the sum of an archive lies."""
    return model.with_name(f"{model.name}.sha256")


def write_sum(archive: Path, model: Path, fingerprint: str, encoder: str = "") -> None:
    """Write the sum of ``archive``, which is about to be renamed to ``model``, beside that."""
    aside = sum_path(archive)
    lines = (f"# {fingerprint}", f"# {encoder}", f"{_digest(archive)}  {model.name}")
    aside.write_text("".join(f"{line}\n" for line in lines), "ascii")
    aside.replace(sum_path(model))


def is_sound(model: Path, fingerprint: str) -> bool:
    """Whether the archive is whole, and was trained here for this fingerprint."""
    try:
        comment, _encoder, line = sum_path(model).read_text("ascii").splitlines()
        return comment == f"# {fingerprint}" and line == f"{_digest(model)}  {model.name}"
    except (OSError, ValueError):
        return False


def encoder_of(model: Path) -> str:
    """Return which encoder a sound archive was taught with."""
    return sum_path(model).read_text("ascii").splitlines()[1].removeprefix("# ")


def _digest(model: Path) -> str:
    with model.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
