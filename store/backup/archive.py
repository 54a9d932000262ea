"""The file of a backup: a zip of parts, a manifest of them, and a digest of all at its end.

Each table is a part ``tables/<name>.jsonl`` (``rows.py`` says how), each file that staff handed
in a part ``uploads/<path>``. ``manifest.json`` gives the SHA-256 of every part, unpacked. The
zip's comment, its last bytes, holds the SHA-256 of all bytes before it: a file that was cut
off or changed anywhere is known at once, before anything of it is used. The zip may be
encrypted (``envelope.py``).
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from store.backup.envelope import sealed, unsealed
from store.backup.errors import BackupRefused

FORMAT = 2
MANIFEST = "manifest.json"
TABLES, UPLOADS = "tables/", "uploads/"

_MARK = b"zhida sha256 "
_COMMENT = len(_MARK) + hashlib.sha256().digest_size * 2
_CHUNK = 1 << 20
_UNZIPPING = (zipfile.BadZipFile, EOFError, OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True)
class Part:
    """One entry of the zip; ``rows`` is None for what is no table."""

    name: str
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    ``schema`` is the migration it was taken at, ``made_at`` an aware moment as ISO 8601,
    ``key_check`` tells the signing key it belongs to from others without giving it away, and so do
    ``data_key_checks`` of the data keys.
    """

    release: str
    schema: str
    made_at: str
    database: str
    key_check: str
    data_key_checks: tuple[str, ...] = ()
    format: int = FORMAT
    parts: tuple[Part, ...] = field(default=())

    @property
    def tables(self) -> dict[str, Part]:
        """The parts that are tables, by the table's name."""
        return {
            part.name.removeprefix(TABLES).removesuffix(".jsonl"): part
            for part in self.parts
            if part.name.startswith(TABLES)
        }

    @property
    def uploads(self) -> dict[PurePosixPath, Part]:
        """The parts that are files handed in, by their path; BackupRefused on one that leads out.

        The digest says that a file is whole, not who wrote it.
        """
        found = {}
        for part in self.parts:
            if part.name.startswith(UPLOADS):
                path = PurePosixPath(part.name.removeprefix(UPLOADS))
                if path.is_absolute() or ".." in path.parts or not path.parts:
                    raise BackupRefused("damaged", part.name)
                found[path] = part
        return found


class Writer:
    """Adds parts to a backup that is being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: list[Part] = []

    def add(self, name: str, content: Iterable[bytes], *, rows: bool) -> None:
        """Add one part; of a table (``rows``) the first piece is its head, each other a row."""
        digest, pieces = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as part:
            for piece in content:
                digest.update(piece)
                part.write(piece)
                pieces += 1
        self.parts.append(Part(name, digest.hexdigest(), pieces - 1 if rows else None))

    def add_file(self, name: str, path: Path) -> None:
        """Add a file as it is."""
        with path.open("rb") as file:
            self.add(name, iter(lambda: file.read(_CHUNK), b""), rows=False)

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, which comes last since it speaks of all others."""
        whole = asdict(manifest) | {"parts": [asdict(part) for part in self.parts]}
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        self._archive.writestr(MANIFEST, text.encode())
        self._archive.comment = b" " * _COMMENT


@contextmanager
def written(path: Path, recipients: Sequence[str] = ()) -> Iterator[Writer]:
    """Yield what writes the backup ``path``: there is none until all of it is on the disk.

    It is for its owner only (0600), and encrypted to the recipients, if any. BackupRefused where
    a file of that name is there already.
    """
    if path.exists():
        raise BackupRefused("exists", str(path))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.touch(mode=0o600, exist_ok=False)
    try:
        with aside.open("w+b") as file:
            with sealed(file, recipients) as plain:
                with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
                    yield Writer(archive)
                _seal(plain)
            file.flush()
            os.fsync(file.fileno())
        aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)


def _seal(file: BinaryIO) -> None:
    comment = _MARK + _digest_of_all_but_the_comment(file)
    file.seek(-_COMMENT, os.SEEK_END)
    file.write(comment)


def _digest_of_all_but_the_comment(file: BinaryIO) -> bytes:
    left = file.seek(0, os.SEEK_END) - _COMMENT
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode("ascii")


class Reader:
    """A backup whose digest is right, opened for reading."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def lines(self, part: Part) -> Iterator[bytes]:
        """Yield a part's lines; BackupRefused at its end where it is not what it should be."""
        digest, count = hashlib.sha256(), 0
        try:
            with self._archive.open(part.name) as entry:
                for line in entry:
                    digest.update(line)
                    count += 1
                    yield line
        except _UNZIPPING as error:
            raise BackupRefused("damaged", part.name) from error
        wrong_count = part.rows is not None and count - 1 != part.rows
        if digest.hexdigest() != part.sha256 or wrong_count:
            raise BackupRefused("damaged", part.name)


@contextmanager
def opened(path: Path, key_file: Path | None = None) -> Iterator[Reader]:
    """Yield a backup after reading all of it once: BackupRefused where a byte is not as written.

    ``key_file`` holds what opens an encrypted one.
    """
    with unsealed(path, key_file) as file:
        _check_seal(file, path)
        try:
            archive = zipfile.ZipFile(file)
            raw: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if raw["format"] > FORMAT:
                raise BackupRefused("newer_format", str(raw["release"]))
            parts = tuple(Part(**part) for part in raw["parts"])
            manifest = Manifest(**raw | {"parts": parts})
        except _UNZIPPING as error:
            raise BackupRefused("damaged", path.name) from error
        with archive:
            yield Reader(archive, manifest)


def _check_seal(file: BinaryIO, path: Path) -> None:
    size = file.seek(0, os.SEEK_END)
    if size <= _COMMENT:
        raise BackupRefused("no_backup", path.name)
    file.seek(0)
    begins = file.read(4)
    file.seek(-_COMMENT, os.SEEK_END)
    stated = file.read()
    if begins != b"PK\3\4" and not stated.startswith(_MARK):
        raise BackupRefused("no_backup", path.name)
    if stated != _MARK + _digest_of_all_but_the_comment(file):
        raise BackupRefused("damaged", path.name)
