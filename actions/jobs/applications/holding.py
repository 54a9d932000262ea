"""What applications and reports keep of a person."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.holdings import Erasure, Held, Holding
from actions.jobs.applications import sentences as say
from actions.jobs.applications.states import OPEN
from actions.jobs.applications.tables import (
    ApplicationChangeRow,
    ApplicationRow,
    PostingReportRow,
)
from actions.jobs.tables import PostingRow


class ApplicationHolding(Holding):
    """Applications, what was agreed to with each, and postings that were reported."""

    owned = {ApplicationRow: "conversation", PostingReportRow: "conversation"}  # noqa: RUF012

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each application by the words that were agreed to, and of each report."""
        del now
        with self._database.read() as session:
            applied = session.execute(_of(ApplicationRow, person)).all()
            reported = session.execute(_of(PostingReportRow, person)).all()
        held = [
            Held(
                "applications",
                say.HELD.format(code=row.code, title=posting.title),
                row.consent,
                row.applied_at,
            )
            for row, posting in applied
        ]
        held += [
            Held(
                "posting_reports",
                say.HELD_REPORT.format(code=posting.code),
                say.HELD_REPORT_WORDS.format(ticket=row.ticket),
                row.at,
            )
            for row, posting in reported
        ]
        return held

    def alive(self) -> Sequence[Select[Any]]:
        """Select whose application still waits for an answer."""
        return (select(ApplicationRow.conversation).where(ApplicationRow.state.in_(OPEN)),)

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Forget applications with their changes, and who reported what."""
        forget_applications(session, ApplicationRow.conversation == erasure.person)
        mine = PostingReportRow.conversation == erasure.person
        session.execute(delete(PostingReportRow).where(mine))


def forget_applications(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Delete applications and what became of them."""
    gone = select(ApplicationRow.id).where(*conditions)
    changes = delete(ApplicationChangeRow).where(ApplicationChangeRow.application_id.in_(gone))
    session.execute(changes)
    session.execute(delete(ApplicationRow).where(*conditions))


def _of(row: type[ApplicationRow] | type[PostingReportRow], person: str) -> Select[Any, Any]:
    joined = select(row, PostingRow).join(PostingRow, PostingRow.id == row.posting_id)
    return joined.where(row.conversation == person).order_by(row.id)
