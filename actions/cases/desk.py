"""What staff do with a case besides answering: notes, labels, what a complaint is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from actions.cases.service import Case, locked, record
from actions.cases.tables import CaseNoteRow, CaseRow
from language.personal import find_personal
from store.clock import to_shanghai
from store.service import Service
from store.vault.placeholders import masked

CATEGORIES = (
    "service",
    "waiting",
    "answer",
    "wages",
    "agency",
    "posting",
    "discrimination",
    "other",
)
"""What complaints are about."""

NOTE_MAX = 1000
LABEL_MAX = 12
LABELS_MAX = 8


@dataclass(frozen=True)
class CaseNote:
    """Words of staff to staff."""

    at: datetime
    staff: str
    text: str


class CaseDesk(Service):
    """Work on cases; every method is one unit of work, blocking, and raises UnknownCase."""

    def note(self, ticket: str, words: str, *, staff: str, now: datetime) -> None:
        """Add a note; numbers of persons in it are masked, since notes outlive the vault's."""
        with self._database.write() as session:
            row = locked(session, ticket)
            text = without_numbers(words.strip()[:NOTE_MAX])
            session.add(CaseNoteRow(case_id=row.id, at=now, staff=staff, text=text))
            session.commit()

    def notes(self, ticket: str) -> tuple[CaseNote, ...]:
        """Return a case's notes, the oldest first."""
        mine = select(CaseNoteRow).join(CaseRow).where(CaseRow.ticket == ticket)
        with self._database.read() as session:
            rows = session.scalars(mine.order_by(CaseNoteRow.id))
            return tuple(CaseNote(to_shanghai(row.at), row.staff, row.text) for row in rows)

    def label(self, ticket: str, labels: Sequence[str]) -> Case:
        """Give a case these labels instead of those it has."""
        cleaned = dict.fromkeys(without_numbers(each.strip())[:LABEL_MAX] for each in labels)
        with self._database.write() as session:
            row = locked(session, ticket)
            row.labels = [each for each in cleaned if each][:LABELS_MAX]
            session.commit()
            return record(session, row)

    def sort(self, ticket: str, category: str) -> Case:
        """Say what a complaint is about; ValueError for none of CATEGORIES."""
        if category not in CATEGORIES:
            raise ValueError(f"unknown category {category!r}")
        with self._database.write() as session:
            row = locked(session, ticket)
            row.category = category
            session.commit()
            return record(session, row)


def without_numbers(words: str) -> str:
    """Return words with masks in the place of numbers of persons."""
    for one in reversed(find_personal(words)):
        words = words[: one.start] + masked(one.kind, one.value) + words[one.end :]
    return words
