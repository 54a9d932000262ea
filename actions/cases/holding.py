"""What cases keep of a person: the words that a case was opened with."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from actions.cases.chat import sentences as say
from actions.cases.service import CLOSED, OPEN
from actions.cases.tables import CaseNoteRow, CaseRequestRow, CaseRow
from actions.dialogue.personal.holdings import Erasure, Held, Holding

FORGOTTEN = "forgotten"
"""Who closed a case that nobody can be answered in any longer."""


class CaseHolding(Holding):
    """Cases and the requests that opened them; number and dates have to be kept."""

    owned = {CaseRequestRow: "conversation", CaseRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each case, and the words in it."""
        del now
        with self._database.read() as session:
            rows = session.scalars(select(CaseRow).filter_by(conversation=person))
            return [
                Held("cases", say.HELD_CASE.format(ticket=row.ticket), row.summary, row.opened_at)
                for row in rows.all()
            ]

    def alive(self) -> Sequence[Select[Any]]:
        """Select who waits for an answer."""
        return (select(CaseRow.conversation).where(CaseRow.status == OPEN),)

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Keep number, reason and dates, as the file of a public office; the rest goes."""
        mine = CaseRow.conversation == erasure.person
        closed = {"status": CLOSED, "closed_at": erasure.now, "closed_by": FORGOTTEN}
        session.execute(update(CaseRow).where(mine, CaseRow.status == OPEN).values(**closed))
        forget_people(session, mine)


def forget_people(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Take person and words out of cases: number, reason and dates stay."""
    cases = select(CaseRow.id).where(*conditions)
    for row in (CaseRequestRow, CaseNoteRow):
        session.execute(delete(row).where(row.case_id.in_(cases)))
    gone = {"conversation": "", "summary": "", "answer": "", "labels": []}
    session.execute(update(CaseRow).where(*conditions).values(**gone))
