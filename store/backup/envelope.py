"""What a backup may be wrapped in: an age file (age-encryption.org/v1), for the holders of keys.

Whoever writes one needs but public keys (recipients, ``age1…``): the machine that makes backups
cannot read them. The secret ones (identities) stand in a file of lines, as every program for age
writes it. Its content is in chunks, each authenticated with its number and whether it is the
last: one that was changed, moved or cut off is known, and only a chunk is in memory.
"""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519

from store.backup.errors import BackupRefused

SUFFIX = ".age"
_BEGINS = b"age-encryption.org/"


def make_key(path: Path) -> str:
    """Write a new secret key to the new file ``path`` (0600); return its public one."""
    key = x25519.Identity.generate()
    public = str(key.to_public())
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupRefused("exists", str(path)) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"# public key: {public}\n{key}\n")
    return public


@contextmanager
def sealed(file: BinaryIO, recipients: Sequence[str]) -> Iterator[BinaryIO]:
    """Yield what to write to in place of ``file``, which gets it encrypted at the end.

    Without recipients it is the file itself. BackupRefused where one is none.
    """
    try:
        keys = [x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise BackupRefused("no_recipient") from error
    if not keys:
        yield file
        return
    with _nameless(Path(file.name)) as plain:
        yield plain
        plain.seek(0)
        pyrage.encrypt_io(plain, file, keys)


@contextmanager
def unsealed(path: Path, key_file: Path | None) -> Iterator[BinaryIO]:
    """Yield what is in a backup, whether or not it is encrypted.

    All of it is authenticated before any is given. BackupRefused where no key of ``key_file``
    opens it, or a byte is not as written.
    """
    with path.open("rb") as file:
        encrypted = file.read(len(_BEGINS)) == _BEGINS
        file.seek(0)
        if not encrypted:
            yield file
            return
        if key_file is None:
            raise BackupRefused("needs_key", path.name)
        keys = _identities(key_file)
        with _nameless(path) as plain:
            _decrypt(file, plain, keys, path.name)
            plain.seek(0)
            yield plain


def _decrypt(file: BinaryIO, plain: BinaryIO, keys: list[x25519.Identity], name: str) -> None:
    try:
        pyrage.decrypt_io(file, plain, keys)
    except pyrage.DecryptError as error:
        raise BackupRefused("wrong_key", name) from error
    except OSError as error:
        if error.errno is not None:
            raise  # of the disk
        raise BackupRefused("damaged", name) from error


def _identities(path: Path) -> list[x25519.Identity]:
    try:
        lines = [line.strip() for line in path.read_text("ascii").splitlines()]
        keys = [x25519.Identity.from_str(line) for line in lines if line and line[0] != "#"]
    except (pyrage.IdentityError, UnicodeDecodeError) as error:
        raise BackupRefused("no_key_file", path.name) from error
    if not keys:
        raise BackupRefused("no_key_file", path.name)
    return keys


@contextmanager
def _nameless(beside: Path) -> Iterator[BinaryIO]:
    """Yield a file without a name, on the same disk: what is plain is gone with the process."""
    with tempfile.TemporaryFile(dir=beside.parent) as file:
        yield file
