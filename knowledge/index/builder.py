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

from sqlalchemy import select

from knowledge.documents.sample_questions import sample_questions_identity
from knowledge.documents.tables import PolicyDocument
from knowledge.index.contents import collect
from knowledge.index.search import Index, IndexDamaged, open_index, write_index
from language.encoder.loading import encoder_identity, encoder_name, load_encoder, vectors_file
from language.encoder.vectors import Encoder
from store.database import Database
from store.settings import Settings

FORMAT = 9
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
    with database.read() as session:
        query = select(PolicyDocument.id, PolicyDocument.revision)
        query = query.where(PolicyDocument.status == "published").order_by(PolicyDocument.id)
        rows = session.execute(query).all()
    own = (
        f"{FORMAT}",
        encoder_identity(encoder_name(settings)),
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


def rebuild_index(database: Database, settings: Settings, *, damaged: str | None = None) -> str:
    """Bring the index to the database's state and return its version; repeatable.

    ``damaged`` is a version that looks whole but cannot be read: it is made anew.
    """
    with index_lock(settings):
        return rebuild_locked(database, settings, damaged=damaged)


def rebuild_locked(database: Database, settings: Settings, *, damaged: str | None = None) -> str:
    """Do ``rebuild_index`` for a caller who already holds ``index_lock``."""
    fingerprint = database_fingerprint(database, settings)
    version = fingerprint[:16]
    folder = index_folder(settings)
    usable = version != damaged and _is_whole(folder / version)
    if usable and current_version(settings) == version:
        return version
    if not usable:
        aside = folder / f".new-{uuid.uuid4().hex}"
        try:
            _write_version(aside, fingerprint, database, settings)
            shutil.rmtree(folder / version, ignore_errors=True)
            aside.rename(folder / version)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    pointer = folder / f".{POINTER}-{uuid.uuid4().hex}"
    pointer.write_text(version, "ascii")
    pointer.replace(folder / POINTER)
    _remove_old(folder, version)
    return version


def load_index(settings: Settings, version: str) -> Index:
    """Load one version; raise IndexDamaged when its files are missing or unreadable."""
    folder = index_folder(settings) / version
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        fingerprint = manifest["fingerprint"]
    except (OSError, ValueError, KeyError) as error:
        raise IndexDamaged(version) from error
    return open_index(folder, version, fingerprint, _encoder_of(settings))


def _write_version(folder: Path, fingerprint: str, database: Database, settings: Settings) -> None:
    units = write_index(collect(database), _encoder_of(settings), folder)
    manifest = {"format": FORMAT, "fingerprint": fingerprint, "units": units}
    # Last, so that a folder with a manifest is whole.
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _encoder_of(settings: Settings) -> Encoder:
    name = encoder_name(settings)
    return _encoder(name, encoder_identity(name), vectors_file(settings))


@lru_cache(1)
def _encoder(name: str, _identity: str, kept: Path) -> Encoder:
    """Return the encoder; loaded once, since every version is made with the same."""
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
