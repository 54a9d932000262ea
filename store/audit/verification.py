"""Walking the chain: is everything there that was recorded, as it was recorded?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from store.audit.checkpoints import Checkpoint
from store.audit.log import Head, chosen, hash_of, in_order
from store.audit.tables import AuditEntry

Fault = Literal["changed", "missing", "replaced"]
"""An entry is not what was recorded; is not there; or stands where a checkpoint saw another."""


@dataclass(frozen=True)
class Verdict:
    """How far the chain holds: ``head`` is the last sound entry, ``broken`` the one after it."""

    head: Head
    broken: int | None = None
    fault: Fault | None = None


def verify(
    session: Session,
    checkpoints: Sequence[Checkpoint] = (),
    archived: Iterable[AuditEntry] = (),
) -> Verdict:
    """Walk the chain from its beginning and hold it against the checkpoints.

    What was ``archived``, the oldest first, stands for what the table has no longer; what it
    still has counts as the table has it.
    """
    seen = {checkpoint.entry: checkpoint.hash for checkpoint in checkpoints}
    first = session.scalar(select(func.min(AuditEntry.id)))
    before = (entry for entry in archived if first is None or entry.id < first)
    entries: Iterator[AuditEntry | Row[Any]] = chain(before, in_order(session, chosen()))
    sound = Head()
    for entry in entries:
        if fault := _fault(entry, sound, seen):
            return Verdict(sound, sound.entry + 1, fault)
        sound = Head(entry.id, entry.hash)
    cut_off = max(seen, default=0) > sound.entry
    return Verdict(sound, sound.entry + 1, "missing") if cut_off else Verdict(sound)


def _fault(entry: AuditEntry | Row[Any], before: Head, seen: Mapping[int, str]) -> Fault | None:
    if entry.id != before.entry + 1:
        return "missing"
    if entry.previous != before.hash or entry.hash != hash_of(entry):
        return "changed"
    return "replaced" if seen.get(entry.id, entry.hash) != entry.hash else None
