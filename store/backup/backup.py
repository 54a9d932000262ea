"""Writing a backup."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from store.backup import rows
from store.backup.archive import TABLES, UPLOADS, Manifest, written
from store.backup.errors import BackupRefused
from store.backup.snapshot import snapshot
from store.database import Database
from store.migrate import revision

Progress = Callable[[str, int, int], None]
"""What is told of long work: the table or stage, how much is done, and of how much."""


@dataclass(frozen=True)
class Place:
    """Where everything is that a backup holds.

    ``tracker`` is Rasa's SQLite file, None where its trackers are in our database; ``key`` is
    what signs tickets and sessions, None where there is none yet; ``data_keys`` encrypt what is
    in the vault.
    """

    database: Database
    tracker: Path | None
    uploads: Path
    key: str | None
    data_keys: tuple[str, ...] = ()


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody of the progress."""


def back_up(
    place: Place,
    path: Path,
    *,
    now: datetime,
    recipients: Sequence[str] = (),
    progress: Progress = quiet,
) -> Manifest:
    """Write everything as of one moment to the new file ``path``, and return its manifest.

    It is encrypted to the recipients (``age1…``), if any. BackupRefused where there is nothing to
    save, or the file is there already.
    """
    schema = revision(place.database)
    if schema is None:
        raise BackupRefused("nothing_there")
    manifest = Manifest(
        release=version("zhida"),
        schema=schema,
        made_at=now.isoformat(timespec="seconds"),
        database=place.database.url.get_backend_name(),
        key_check=key_check(place.key),
        data_key_checks=tuple(map(key_check, place.data_keys)),
    )
    with (
        written(path, recipients) as archive,
        snapshot(place.database, place.tracker) as connections,
    ):
        found = [(each, table) for each in connections for table in rows.stored_tables(each)]
        total = sum(rows.count(*one) for one in found)
        done = 0
        for connection, table in found:
            progress(table.name, done, total)
            content = rows.dump(connection, table)
            archive.add(f"{TABLES}{table.name}.jsonl", content, rows=True)
            done += archive.parts[-1].rows or 0
        progress("", total, total)
        for file in _files(place.uploads):
            archive.add_file(UPLOADS + file.relative_to(place.uploads).as_posix(), file)
        archive.finish(manifest)
        return Manifest(**vars(manifest) | {"parts": tuple(archive.parts)})


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def key_check(key: str | None, salt: str = "") -> str:
    """Return a word by which ``is_of_key`` knows a key again; a chosen one is slow to guess."""
    if key is None:
        return ""
    salt = salt or secrets.token_hex(8)
    derived = hashlib.scrypt(key.encode(), salt=salt.encode(), n=2**14, r=8, p=1, dklen=16)
    return f"{salt}:{derived.hex()}"


def is_of_key(check: str, key: str | None) -> bool:
    """Tell whether ``check`` was made of this key; one made without a key goes with every."""
    return not check or key_check(key, check.partition(":")[0]) == check


def keep_newest(folder: Path, pattern: str, *, count: int) -> None:
    """Delete all files of a pattern but the newest ``count``."""
    found = sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime_ns)
    for path in found[: max(0, len(found) - count)]:
        path.unlink()
