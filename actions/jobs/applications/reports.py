"""Findings of people: postings that somebody says are not what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from actions.ids import read_id
from actions.jobs.applications.tables import PostingReportRow
from actions.jobs.service import PREFIX
from actions.jobs.tables import PostingRow
from store.clock import to_shanghai
from store.service import Service

FRAUD, OTHER = "fraud", "other"
"""What a posting is reported for."""


@dataclass(frozen=True)
class PostingReport:
    """A report; ``ticket`` is its case's."""

    ticket: str
    category: str
    at: datetime
    settled_by: str | None


class PostingReports(Service):
    """Reports over one database; every method is one unit of work, blocking."""

    def file(
        self, posting_id: str, conversation: str, ticket: str, category: str, now: datetime
    ) -> None:
        """Note that somebody has reported a posting; the same person's second is none."""
        with self._database.write() as session:
            named = select(PostingRow.id).where(PostingRow.code == read_id(PREFIX, posting_id))
            posting = session.scalar(named)
            if posting is None:
                return
            mine = {"posting_id": posting, "conversation": conversation}
            if session.scalar(select(PostingReportRow.id).filter_by(**mine)) is None:
                session.add(PostingReportRow(**mine, ticket=ticket, category=category, at=now))
                session.commit()

    def of(self, posting_id: str) -> tuple[PostingReport, ...]:
        """Return the reports of a posting, the oldest first."""
        named = select(PostingReportRow).join(PostingRow).where(PostingRow.code == posting_id)
        with self._database.read() as session:
            rows = session.scalars(named.order_by(PostingReportRow.id))
            return tuple(
                PostingReport(row.ticket, row.category, to_shanghai(row.at), row.settled_by)
                for row in rows
            )

    def open_counts(self, posting_ids: Sequence[str]) -> dict[str, int]:
        """Return how many reports of each of these postings wait to be looked at, where any do."""
        counted = (
            select(PostingRow.code, func.count())
            .join(PostingReportRow, PostingReportRow.posting_id == PostingRow.id)
            .where(PostingRow.code.in_(posting_ids), PostingReportRow.settled_by.is_(None))
            .group_by(PostingRow.code)
        )
        with self._database.read() as session:
            return {row[0]: row[1] for row in session.execute(counted)}

    def settle(self, posting_id: str, *, who: str) -> None:
        """Note that somebody has looked at a posting's reports."""
        posting = select(PostingRow.id).where(PostingRow.code == posting_id).scalar_subquery()
        with self._database.write() as session:
            session.execute(
                update(PostingReportRow)
                .where(
                    PostingReportRow.posting_id == posting, PostingReportRow.settled_by.is_(None)
                )
                .values(settled_by=who[:50])
            )
            session.commit()
