"""The index's life: versions in ``var_dir/index/<version>/``, one of them current.

A version is written aside, renamed into place, and made current by replacing one pointer
file: a reader sees the old index or the new one, never half of either, and a crash leaves
the old one. Everything in it can be rebuilt from the database.
"""

import hashlib
import json
import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from knowledge.documents.sample_questions import sample_questions_identity
from knowledge.documents.tables import PolicyDocument
from knowledge.index.contents import collect
from knowledge.index.passages import has_much_to_read
from knowledge.index.search import Index, IndexDamaged, open_index, write_index
from language.encoder.loading import encoder_identity, encoder_name, load_encoder, vectors_file
from language.encoder.vectors import Encoder
from store.database import Database
from store.settings import Settings

FORMAT = 13
POINTER = "CURRENT"
KEPT_VERSIONS = 2
_process_lock = threading.Lock()


def index_folder(settings: Settings) -> Path:
    """Return the folder that holds all versions and the pointer."""
    return settings.var_dir / "index"


def current_version(settings: Settings) -> str | None:
    """Return the current version's name; None when there is no index yet."""
    try:
        return (index_folder(settings) / POINTER).read_text("ascii").strip() or None
    except FileNotFoundError:
        return None


def database_fingerprint(database: Database, settings: Settings) -> str:
    """Return what an index of the database's present state would be called."""
    return _fingerprint(database, encoder_name(settings))


def is_up_to_date(database: Database, settings: Settings) -> bool:
    """Tell whether the current version is of the database's present state and the right encoder."""
    return current_version(settings) == database_fingerprint(database, settings)[:16]


def _fingerprint(database: Database, encoder: str) -> str:
    with database.read() as session:
        query = select(PolicyDocument.id, PolicyDocument.revision)
        query = query.where(PolicyDocument.status == "published").order_by(PolicyDocument.id)
        rows = session.execute(query).all()
    own = (
        f"{FORMAT}",
        encoder_identity(encoder),
        sample_questions_identity(database),
    )
    parts = (*own, *(f"{doc_id}:{revision}" for doc_id, revision in rows))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@contextmanager
def index_lock(settings: Settings) -> Iterator[None]:
    """Let one thread of one process at a time change documents and index."""
    import fcntl

    folder = index_folder(settings)
    folder.mkdir(parents=True, exist_ok=True)
    with _process_lock, (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back


def rebuild_index(
    database: Database, settings: Settings, *, damaged: str | None = None, soon: bool = False
) -> str:
    """Bring the index to the database's state and return its version; repeatable.

    ``damaged`` is a version that looks whole but cannot be read: it is made anew. ``soon``: where
    the encoder has much to read first, the version is a provisional one, found by the n-grams
    alone, until ``completion`` has made the right one.
    """
    with index_lock(settings):
        return rebuild_locked(database, settings, damaged=damaged, soon=soon)


def rebuild_locked(
    database: Database, settings: Settings, *, damaged: str | None = None, soon: bool = False
) -> str:
    """Do ``rebuild_index`` for a caller who already holds ``index_lock``."""
    folder = index_folder(settings)
    encoder = encoder_name(settings)
    fingerprint = _fingerprint(database, encoder)
    made = fingerprint[:16] != damaged and _is_whole(folder / fingerprint[:16])
    soon = soon and bool(encoder) and not made
    if soon and has_much_to_read(collect(database), encoder_of(settings)):
        encoder = ""
        fingerprint = _fingerprint(database, encoder)
        made = fingerprint[:16] != damaged and _is_whole(folder / fingerprint[:16])
    version = fingerprint[:16]
    if made and current_version(settings) == version:
        return version
    if not made:
        aside = folder / f".new-{uuid.uuid4().hex}"
        try:
            _write_version(aside, fingerprint, database, settings, encoder)
            shutil.rmtree(folder / version, ignore_errors=True)
            aside.rename(folder / version)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    pointer = folder / f".{POINTER}-{uuid.uuid4().hex}"
    pointer.write_text(version, "ascii")
    pointer.replace(folder / POINTER)
    _remove_old(folder, version)
    return version


def is_provisional(settings: Settings, version: str) -> bool:
    """Tell whether a version was made with the n-grams where the settings' encoder is another.

    Raises IndexDamaged.
    """
    made_with: str = _manifest(index_folder(settings) / version)["encoder"]
    return made_with != encoder_identity(encoder_name(settings))


def load_index(settings: Settings, version: str) -> Index:
    """Load one version; raise IndexDamaged when its files are missing or unreadable."""
    folder = index_folder(settings) / version
    fingerprint = _manifest(folder)["fingerprint"]
    name = "" if is_provisional(settings, version) else encoder_name(settings)
    return open_index(folder, version, fingerprint, _encoder_named(name, settings))


def encoder_of(settings: Settings) -> Encoder:
    """Return the encoder that the settings name, loaded."""
    return _encoder_named(encoder_name(settings), settings)


def _write_version(
    folder: Path, fingerprint: str, database: Database, settings: Settings, encoder: str
) -> None:
    units = write_index(collect(database), _encoder_named(encoder, settings), folder)
    manifest = {
        "format": FORMAT,
        "fingerprint": fingerprint,
        "encoder": encoder_identity(encoder),
        "units": units,
    }
    # Last, so that a folder with a manifest is whole.
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder.name) from error
    if not {"fingerprint", "encoder"} <= manifest.keys():
        raise IndexDamaged(folder.name)
    return manifest


def _encoder_named(name: str, settings: Settings) -> Encoder:
    return _encoder(name, encoder_identity(name), vectors_file(settings))


@lru_cache(2)
def _encoder(name: str, _identity: str, kept: Path) -> Encoder:
    """Return the encoder; loaded once, since every version is made with the same.

    A second one for as long as the index is provisional.
    """
    return load_encoder(name, kept)


def _is_whole(folder: Path) -> bool:
    return (folder / "manifest.json").is_file()


def _remove_old(folder: Path, current: str) -> None:
    """Delete all but the newest versions; a reader that still loads one starts again."""
    versions = [path for path in folder.iterdir() if path.is_dir() and path.name != current]
    versions.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in versions[KEPT_VERSIONS - 1 :]:
        if not path.name.startswith(".new-") or os.access(path, os.W_OK):
            shutil.rmtree(path, ignore_errors=True)
