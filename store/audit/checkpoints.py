"""The end of the chain, written down apart from the database and sealed with our key.

A chain proves that nothing in it was changed, not that nothing was cut off its end, nor that it
was not made anew from its beginning. Each checkpoint is a line of JSON in a file of its own and
in the process's log, which may be collected elsewhere.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from store.audit.log import Head
from store.settings import Settings

log = structlog.get_logger()

FILE = "audit.checkpoints"


class BrokenCheckpoint(ValueError):
    """A line of the file is none of ours; the argument is its number, from one."""


@dataclass(frozen=True)
class Checkpoint:
    """What the end of the chain was at a moment."""

    at: str
    entry: int
    hash: str


class Checkpoints:
    """The file of checkpoints; ``key`` seals its lines."""

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key.encode()

    @classmethod
    def of(cls, settings: Settings) -> "Checkpoints":
        """Return those of an installation."""
        return cls(settings.var_dir / FILE, settings.key_for("audit checkpoints"))

    def all(self) -> list[Checkpoint]:
        """Return every checkpoint, the oldest first; raise BrokenCheckpoint."""
        if not self._path.exists():
            return []
        lines = self._path.read_text("utf-8").splitlines()
        return [self._read(line, number) for number, line in enumerate(lines, start=1)]

    def add(self, head: Head, now: datetime) -> None:
        """Write down the end of the chain, unless the last line says so already."""
        known = self.all()
        if head.entry == 0 or (known and known[-1].hash == head.hash):
            return
        moment = now.astimezone(UTC).isoformat(timespec="seconds")
        checkpoint = Checkpoint(moment, head.entry, head.hash)
        seal = self._seal(checkpoint)
        line = json.dumps(asdict(checkpoint) | {"seal": seal}) + "\n"
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        log.info("audit checkpoint", **asdict(checkpoint), seal=seal)

    def _read(self, line: str, number: int) -> Checkpoint:
        try:
            fields = json.loads(line)
            seal = fields.pop("seal")
            checkpoint = Checkpoint(**fields)
            whole = hmac.compare_digest(self._seal(checkpoint), seal)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise BrokenCheckpoint(number) from error
        if not whole:
            raise BrokenCheckpoint(number)
        return checkpoint

    def _seal(self, checkpoint: Checkpoint) -> str:
        return seal_of(asdict(checkpoint), self._key)


def seal_of(fields: Mapping[str, Any], key: bytes) -> str:
    """Return what only the key's owner can write beside these fields."""
    written = json.dumps(fields, sort_keys=True)
    return hmac.new(key, written.encode(), hashlib.sha256).hexdigest()
