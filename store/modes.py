"""Who may read what we write: we alone."""

import os
from collections.abc import Iterator
from pathlib import Path

OTHERS = 0o077


def keep_private() -> None:
    """Have every file this process makes from now on be 0600, every folder 0700."""
    os.umask(OTHERS)


def open_to_others(folder: Path) -> Iterator[Path]:
    """Yield ``folder`` and what is in it that somebody else may read, write or enter."""
    for path in (folder, *folder.rglob("*")):
        try:
            # What a link points to is not ours to judge.
            if not path.is_symlink() and path.stat().st_mode & OTHERS:
                yield path
        except FileNotFoundError:
            continue  # gone meanwhile: databases and logs come and go


def tighten(folder: Path) -> None:
    """Take from others what an older release, or a copy, left open; what is not ours stays."""
    for path in list(open_to_others(folder)):
        try:
            path.chmod(path.stat().st_mode & ~OTHERS)
        except (FileNotFoundError, PermissionError):
            continue
