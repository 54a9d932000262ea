"""The units of an index version on disk: read one by one, shared between processes.

One JSON line a unit, found by its offset: a million units cost memory only for those that
were looked at.
"""

import json
import mmap
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

KEPT = 4096  # units and their views that stay unpacked


@dataclass(frozen=True)
class IndexedUnit:
    """A unit that can answer: ``text`` stands at ``start`` in its document, under ``path``.

    ``owner`` is the document's number in the index, ``number`` the unit's in the document.
    """

    owner: int
    number: int
    kind: str
    key: str
    path: tuple[str, ...]
    start: int
    text: str


class UnitStore:
    """Units by row; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self._offsets = np.load(folder / "units.offsets.npy")
        self.owners = np.load(folder / "units.owners.npy")
        self._bytes: bytes | mmap.mmap = b""
        if len(self):
            with (folder / "units.jsonl").open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.unit = lru_cache(KEPT)(self.read)

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def read(self, row: int) -> IndexedUnit:
        """Unpack one unit (``unit`` does the same and keeps those used lately)."""
        start, end = int(self._offsets[row]), int(self._offsets[row + 1])
        owner, number, kind, key, path, begin, text = json.loads(self._bytes[start:end])
        return IndexedUnit(owner, number, kind, key, tuple(path), begin, text)


def write_units(units: Iterable[IndexedUnit], folder: Path) -> int:
    """Write ``units`` into ``folder`` and return their number."""
    offsets = [0]
    owners = []
    with (folder / "units.jsonl").open("wb") as file:
        for unit in units:
            row = [
                unit.owner,
                unit.number,
                unit.kind,
                unit.key,
                unit.path,
                unit.start,
                unit.text,
            ]
            line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
            file.write(line)
            offsets.append(offsets[-1] + len(line))
            owners.append(unit.owner)
    np.save(folder / "units.offsets.npy", np.array(offsets, dtype=np.int64))
    np.save(folder / "units.owners.npy", np.array(owners, dtype=np.int32))
    return len(owners)
