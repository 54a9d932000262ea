"""The service of vetting: ads against the rules and the minimum wages on file; drafts."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import ColumnElement, inspect, make_url, select

from actions.ids import new_id
from actions.vetting.pay import MinimumWage
from actions.vetting.rulebook import CATEGORIES, PASS, REJECT, REVIEW
from actions.vetting.tables import MinimumWageRow, PostingDraftRow
from actions.vetting.vetter import Ad, Finding, Review, vet
from language.places import own_name
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.errors import ZhidaError
from store.service import Service
from store.settings import Settings
from store.vault.vault import shown

PREFIX = "ZP"
DECISIONS = (PASS, REVIEW, REJECT)
WAGES_KEPT = timedelta(seconds=30)
"""How long the minimum wages are kept in memory: a thousand ads read them once."""


class AdFields(Protocol):
    """An ad as others hand it over."""

    @property
    def text(self) -> str:
        """The whole ad."""

    @property
    def title(self) -> str:
        """The job."""

    @property
    def employer(self) -> str:
        """Who hires."""

    @property
    def city(self) -> str:
        """Where."""

    @property
    def salary(self) -> str:
        """As it is stated."""


@dataclass(frozen=True)
class Draft:
    """An ad that waits for a person, or was decided; ``text`` shows masks for numbers."""

    id: int
    code: str
    conversation: str
    text: str
    decision: str
    findings: Sequence[dict[str, object]]
    created_at: datetime
    decided: str | None = None
    categories: tuple[str, ...] = ()
    note: str = ""
    decided_by: str | None = None


class BadMinimumWage(ZhidaError):
    """A minimum wage that cannot be one: an unknown place, or no money."""

    code = "bad_minimum_wage"


class UnknownDraft(ZhidaError):
    """No draft with this id waits."""

    code = "unknown_draft"


class Vetting(Service):
    """Vetting over one database; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._lock = threading.Lock()
        self._wages: tuple[datetime, Sequence[MinimumWage]] | None = None

    def vet(self, ad: AdFields) -> Review:
        """Return the review of an ad, by the minimum wages that are in force now."""
        own = Ad(ad.text, ad.title, ad.employer, ad.city, ad.salary, whole=True)
        return vet(own, self._wages_at(utc_now()))

    # Minimum wages -----------------------------------------------------------------------

    def wages(self, on: date) -> Sequence[MinimumWage]:
        """Return the minimum wages in force on a day, one a place."""
        statement = (
            select(MinimumWageRow)
            .where(MinimumWageRow.starts_on <= on)
            .order_by(MinimumWageRow.starts_on)
        )
        with self._database.read() as session:
            rows = session.scalars(statement).all()
            latest = {row.place: MinimumWage(row.place, row.monthly, row.hourly) for row in rows}
        return tuple(latest.values())

    def set_wage(self, wage: MinimumWage, starts_on: date, source: str) -> None:
        """Put a minimum wage on file, in the place of one from the same day; BadMinimumWage."""
        if not own_name(wage.place) or wage.monthly <= 0 or wage.hourly <= 0 or not source.strip():
            raise BadMinimumWage(wage.place)
        with self._database.write() as session:
            found = select(MinimumWageRow).filter_by(place=wage.place, starts_on=starts_on)
            row = session.scalar(found)
            if row is None:
                row = MinimumWageRow(place=wage.place, starts_on=starts_on)
                session.add(row)
            row.monthly, row.hourly, row.source = wage.monthly, wage.hourly, source.strip()
            session.commit()
        with self._lock:
            self._wages = None

    def _wages_at(self, now: datetime) -> Sequence[MinimumWage]:
        with self._lock:
            if self._wages is None or now - self._wages[0] > WAGES_KEPT:
                self._wages = (now, self.wages(to_shanghai(now).date()))
            return self._wages[1]

    # Drafts ------------------------------------------------------------------------------

    def keep(
        self, conversation: str, text: str, review: Review, *, request_key: str, now: datetime
    ) -> Draft:
        """Keep an ad for a person, or return what this request has kept already."""
        request = {"conversation": conversation, "request_key": request_key}
        with self._database.write() as session:
            row = session.scalar(select(PostingDraftRow).filter_by(**request))
            if row is None:
                row = PostingDraftRow(
                    **request,
                    code=new_id(PREFIX),
                    text=text,
                    decision=review.decision,
                    findings=[_as_json(each) for each in review.findings],
                    created_at=now,
                    categories=[],
                    note="",
                )
                session.add(row)
                session.commit()
            return _draft(row, row.text)

    def waiting(self, limit: int = 100) -> Sequence[Draft]:
        """Return the drafts that nobody has decided, the oldest first."""
        return self._drafts(PostingDraftRow.decided.is_(None), limit=limit)

    def decided(self, limit: int = 1_000) -> Sequence[Draft]:
        """Return the drafts that somebody has decided: the test cases of later rules."""
        return self._drafts(PostingDraftRow.decided.is_not(None), limit=limit)

    def decide(
        self,
        draft: int,
        decision: str,
        categories: Sequence[str],
        note: str,
        *,
        staff: str,
        now: datetime,
    ) -> None:
        """Write down what a person made of a draft; UnknownDraft, ValueError for no decision."""
        if decision not in DECISIONS or not set(categories) <= set(CATEGORIES):
            raise ValueError(f"no decision: {decision!r} {categories!r}")
        with self._database.write() as session:
            row = session.get(PostingDraftRow, draft, with_for_update=True)
            if row is None or row.decided is not None:
                raise UnknownDraft(str(draft))
            row.decided, row.categories, row.note = decision, list(categories), note.strip()
            row.decided_by, row.decided_at = staff, now
            session.commit()

    def _drafts(self, *conditions: ColumnElement[bool], limit: int) -> Sequence[Draft]:
        statement = select(PostingDraftRow).where(*conditions)
        with self._database.read() as session:
            rows = session.scalars(statement.order_by(PostingDraftRow.id).limit(limit)).all()
            return tuple(_draft(row, shown(session, row.conversation, row.text)) for row in rows)


def wages_on_file(settings: Settings) -> Sequence[MinimumWage]:
    """Return the minimum wages that this installation has on file today.

    Rules need no database: without one, or before it is upgraded, there are none.
    """
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return ()
    database = Database(settings.database)
    try:
        if not inspect(database.readers).has_table(MinimumWageRow.__tablename__):
            return ()
        return Vetting(database).wages(to_shanghai(utc_now()).date())
    finally:
        database.close()


def as_case(draft: Draft) -> dict[str, object]:
    """Return a decided draft as a labelled line (DESIGN section 8, ``vetting``)."""
    own = [each for each in draft.findings if each["category"] in draft.categories]
    return {
        "id": draft.code,
        "title": "",
        "employer": "",
        "city": "",
        "salary": "",
        "text": draft.text,
        "expect": draft.decided,
        "categories": list(draft.categories),
        "spans": [each["span"] for each in own if each["span"]],
    }


def _as_json(each: Finding) -> dict[str, object]:
    return {
        "category": each.category,
        "decision": each.decision,
        "span": each.span,
        "start": each.start,
        "end": each.end,
        "basis": str(each.basis),
    }


def _draft(row: PostingDraftRow, text: str) -> Draft:
    return Draft(
        id=row.id,
        code=row.code,
        conversation=row.conversation,
        text=text,
        decision=row.decision,
        findings=tuple(row.findings),
        created_at=row.created_at,
        decided=row.decided,
        categories=tuple(row.categories),
        note=row.note,
        decided_by=row.decided_by,
    )
