"""The oldest entries in a file of their own, so that whoever owns the database may take them out.

A line of JSON for each entry, its columns as they were hashed; the last line is the end of this
part of the chain, sealed with our key. The chain goes on in the table, whose first entry carries
the hash of the file's last. Nothing here deletes: the database refuses that to us, too.
"""

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from store.audit.checkpoints import seal_of
from store.audit.log import Head, chosen, head, in_order, written
from store.audit.tables import AuditEntry

PURPOSE = "audit archives"
"""What the key is for that seals them (``Settings.key_for``)."""


class BrokenArchive(ValueError):
    """The file is no archive of ours, or was changed; the argument is its path."""


def archive(session: Session, path: Path, before: datetime, key: str) -> Head:
    """Write the entries from before a moment to ``path``, a new file; return the last of them.

    The newest entry stays out of it: what is recorded next must find it in the table. Where there
    is nothing to write there is no file. Raises FileExistsError.
    """
    newest, until = head(session).entry, written(before)
    last = Head()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        for entry in in_order(session, chosen()):
            if entry.at >= until or entry.id >= newest:
                break
            file.write(json.dumps(dict(entry._mapping), ensure_ascii=False) + "\n")
            last = Head(entry.id, entry.hash)
        file.write(json.dumps(asdict(last) | {"seal": seal_of(asdict(last), key.encode())}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    if last == Head():
        path.unlink()
    return last


def entries_of(path: Path, key: str) -> Iterator[AuditEntry]:
    """Yield the entries of an archive, the oldest first; BrokenArchive at its end at the latest."""
    last = Head()
    try:
        *lines, end = path.read_text("utf-8").splitlines()
        for line in lines:
            entry = AuditEntry(**json.loads(line))
            last = Head(entry.id, entry.hash)
            yield entry
        sealed: dict[str, Any] = json.loads(end)
        whole = hmac.compare_digest(seal_of(asdict(last), key.encode()), sealed["seal"])
    except (ValueError, TypeError, KeyError) as error:
        raise BrokenArchive(path) from error
    if not whole:
        raise BrokenArchive(path)
