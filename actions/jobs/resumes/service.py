"""The service of résumés: kept field by field by consent, read by their person, deleted."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from actions.dialogue.personal.links import same_person
from actions.jobs.resumes.fields import TITLES, Entries, Values
from actions.jobs.resumes.tables import ResumeEntryRow
from store.clock import to_shanghai
from store.service import Service

REF_LENGTH = 12


@dataclass(frozen=True)
class Entry:
    """A field as it is kept; ``at``, Asia/Shanghai, is when its person agreed to ``consent``."""

    value: Values
    at: datetime
    consent: str


@dataclass(frozen=True)
class Resume:
    """What somebody wants kept, by field in the order of ``fields.TITLES``; empty: nothing."""

    entries: Mapping[str, Entry]

    @property
    def values(self) -> Entries:
        """What is kept, without when and why."""
        return {field: entry.value for field, entry in self.entries.items()}

    @property
    def ref(self) -> str:
        """What a button was shown for: another one after any change."""
        said = {field: (each.value, each.at.isoformat()) for field, each in self.entries.items()}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:REF_LENGTH]

    def __bool__(self) -> bool:
        """Whether anything is kept."""
        return bool(self.entries)


class Resumes(Service):
    """Résumés over one database; every method is one unit of work, blocking.

    Somebody's linked channels have one together: of two values the newer counts.
    """

    def of(self, conversation: str) -> Resume:
        """Return what a person wants kept."""
        mine = select(ResumeEntryRow).where(same_person(ResumeEntryRow.conversation, conversation))
        with self._database.read() as session:
            rows = session.scalars(mine.order_by(ResumeEntryRow.at, ResumeEntryRow.id)).all()
        kept = {row.field: row for row in rows}
        return Resume(
            {
                field: Entry(dict(row.value), to_shanghai(row.at), row.consent)
                for field in TITLES
                if (row := kept.get(field)) is not None
            }
        )

    def keep(self, conversation: str, entries: Entries, consent: str, now: datetime) -> None:
        """Keep some fields, in the stead of what was kept of them before."""
        mine = select(ResumeEntryRow).filter_by(conversation=conversation)
        with self._database.write() as session:
            rows = {row.field: row for row in session.scalars(mine.with_for_update())}
            for field, value in entries.items():
                row = rows.get(field) or ResumeEntryRow(conversation=conversation, field=field)
                row.value, row.at, row.consent = dict(value), now, consent
                session.add(row)
            session.commit()

    def forget(self, conversation: str, fields: Collection[str] = ()) -> None:
        """Delete some fields, or all where none is named, on every channel of the person."""
        gone = delete(ResumeEntryRow).where(same_person(ResumeEntryRow.conversation, conversation))
        if fields:
            gone = gone.where(ResumeEntryRow.field.in_(fields))
        with self._database.write() as session:
            session.execute(gone.execution_options(synchronize_session=False))
            session.commit()
