"""The way back from a backup: wholly, or not at all."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table
from sqlalchemy.exc import DatabaseError, IntegrityError

from store.backup import rows
from store.backup.archive import Reader, opened
from store.backup.backup import Place, Progress, is_of_key, quiet
from store.backup.errors import BackupRefused
from store.database import Database
from store.migrate import changing, is_known, newest, upgrade_on


@dataclass(frozen=True)
class Restored:
    """What came back: rows by table; ``same_key`` unless tickets and sessions want another key.

    ``same_data_keys`` unless numbers of persons were encrypted with a key that is not here.
    ``kept`` is where the files are that were there before.
    """

    rows: dict[str, int]
    uploads: int
    schema: str
    same_key: bool
    same_data_keys: bool
    kept: Path | None


def restore(
    place: Place,
    path: Path,
    *,
    key_file: Path | None = None,
    kept: Path | None = None,
    progress: Progress = quiet,
) -> Restored:
    """Put back what the backup ``path`` holds, at the newest schema; nobody else may be at work.

    The place must be empty, or ``kept`` names a new folder: what was there goes into it on
    SQLite, and is gone on PostgreSQL. Interrupted at any moment, it leaves what was there or
    no database; uploads, which harm nobody, come first. ``key_file`` opens an encrypted one.
    BackupRefused where the file is not whole, of a newer schema, or the place is in use or not
    empty.
    """
    with opened(path, key_file) as backup:
        manifest = backup.manifest
        if not is_known(manifest.schema):
            raise BackupRefused("newer_schema", manifest.schema)
        if kept is None and not _is_empty(place):
            raise BackupRefused("not_empty")
        _put_uploads(backup, place.uploads)
        onto = _onto_files if place.database.is_sqlite else _onto_server
        kept = onto(place, backup, kept, progress)
        return Restored(
            {name: part.rows or 0 for name, part in manifest.tables.items()},
            len(manifest.uploads),
            manifest.schema,
            is_of_key(manifest.key_check, place.key),
            all(
                any(is_of_key(check, key) for key in place.data_keys)
                for check in manifest.data_key_checks
            ),
            kept,
        )


def _put_uploads(backup: Reader, folder: Path) -> None:
    for name, part in backup.manifest.uploads.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".restoring.{os.getpid()}")
        try:
            with aside.open("wb") as file:
                file.writelines(backup.lines(part))
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)


def _is_empty(place: Place) -> bool:
    if place.database.is_sqlite:
        found = [path for path in (_file(place.database), place.tracker) if _has_bytes(path)]
        return all(_is_empty_file(path) for path in found)
    with place.database.engine.connect() as connection:
        return rows.is_empty(connection)


def _has_bytes(path: Path | None) -> bool:
    return path is not None and path.exists() and path.stat().st_size > 0


def _is_empty_file(path: Path | None) -> bool:
    database = Database(f"sqlite:///{path}")
    try:
        with database.engine.connect() as connection:
            return rows.is_empty(connection)
    except DatabaseError:
        return False  # whatever it is, it is something
    finally:
        database.close()


def _onto_server(place: Place, backup: Reader, _kept: Path | None, progress: Progress) -> None:
    with changing(place.database) as connection:
        there = MetaData()
        there.reflect(connection)
        quote = connection.dialect.identifier_preparer.quote
        if there.tables:
            names = ", ".join(quote(name) for name in there.tables)
            connection.exec_driver_sql(f"DROP TABLE {names} CASCADE")
        _fill(backup, ours=connection, theirs=connection, progress=progress)


def _onto_files(place: Place, backup: Reader, kept: Path | None, progress: Progress) -> Path | None:
    ours, theirs = _file(place.database), place.tracker
    if theirs is None:
        raise ValueError("SQLite without a file for Rasa")
    for path in (ours, theirs):
        path.parent.mkdir(parents=True, exist_ok=True)
    with _aside(ours) as new_ours, _aside(theirs) as new_theirs:
        with _made(new_ours) as our_side, _made(new_theirs) as their_side:
            _fill(backup, ours=our_side, theirs=their_side, progress=progress)
        return _exchange([(new_ours, ours), (new_theirs, theirs)], kept, place.database)


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """Yield where to build what is to become ``path``; nothing is left there after."""
    aside = path.with_name(f"{path.name}.restoring")
    _remove(aside)
    aside.touch(mode=0o600)
    try:
        yield aside
    finally:
        _remove(aside)


@contextmanager
def _made(path: Path) -> Iterator[Connection]:
    database = Database(f"sqlite:///{path}")
    try:
        with changing(database) as connection:
            yield connection
    finally:
        database.close()


def _fill(backup: Reader, *, ours: Connection, theirs: Connection, progress: Progress) -> None:
    """Make the schema of the backup, fill it, see that all came, and upgrade to the newest."""
    manifest = backup.manifest
    upgrade_on(ours, to=manifest.schema)
    tables = {table.name: (ours, table) for table in rows.stored_tables(ours)}
    for _, table in reversed(tables.values()):
        ours.execute(table.delete())  # what migrations bring along came with the backup, too
    if rows.TRACKER in manifest.tables:
        tracker = rows.tracker_table(MetaData())
        tracker.create(theirs)
        tables[rows.TRACKER] = theirs, tracker
    if unknown := set(manifest.tables) - set(tables):
        raise BackupRefused("unknown_table", min(unknown))
    total, before = sum(part.rows or 0 for part in manifest.tables.values()), 0
    for name, (connection, table) in tables.items():
        if name in manifest.tables:
            part = manifest.tables[name]
            _fill_table(connection, table, backup, _from(progress, name, before, total))
            before += part.rows or 0
    if broken := rows.broken_references(ours):
        raise BackupRefused("damaged", broken[0])
    if manifest.schema != newest():
        upgrade_on(ours)
    progress("", total, total)


def _from(progress: Progress, name: str, before: int, total: int) -> Callable[[int], None]:
    return lambda done: progress(name, before + done, total)


def _fill_table(
    connection: Connection, table: Table, backup: Reader, progress: Callable[[int], None]
) -> None:
    part = backup.manifest.tables[table.name]
    progress(0)
    try:
        for done in rows.fill(connection, table, backup.lines(part)):
            progress(done)
    except (ValueError, LookupError, IntegrityError) as error:
        raise BackupRefused("damaged", part.name) from error
    if rows.count(connection, table) != part.rows:
        raise BackupRefused("damaged", part.name)
    rows.count_on(connection, table)


def _exchange(files: list[tuple[Path, Path]], kept: Path | None, database: Database) -> Path | None:
    """Put each new file in its old one's place; our own goes first and comes last.

    So whoever starts the assistant in between finds no database, and never one of each time.
    """
    database.close()
    for new, old in files:
        _rest(new)
        if _has_bytes(old):
            _rest(old)
    moved = None
    for _, old in files:
        for path in _with_its_logs(old):
            if kept is None:
                path.unlink(missing_ok=True)
            elif path.exists():
                kept.mkdir(mode=0o700, parents=True, exist_ok=True)
                moved = kept
                path.rename(kept / path.name)
    for new, old in reversed(files):
        new.rename(old)
    for _, old in files:
        _sync(old.parent)
    return moved


def _rest(path: Path) -> None:
    """Bring all of a database into its one file; BackupRefused where somebody has it open."""
    with closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise BackupRefused("in_use", path.name) from error
        except sqlite3.DatabaseError:
            return  # no database at all: it is only moved away
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _with_its_logs(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))]


def _remove(path: Path) -> None:
    for each in _with_its_logs(path):
        each.unlink(missing_ok=True)


def _file(database: Database) -> Path:
    if not database.url.database:
        raise ValueError("a database in memory only")
    return Path(database.url.database)
