"""The service of applications: sent once, handed over once, followed to their end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.dialogue.personal.links import same_person
from actions.ids import new_id, read_id
from actions.jobs.applications.states import (
    HANDED,
    OPEN,
    SUBMITTED,
    UNANSWERED,
    WITHDRAWN,
    check_move,
    days_silent,
)
from actions.jobs.applications.tables import ApplicationChangeRow, ApplicationRow
from actions.jobs.matching.pages import is_shown, shown_on
from actions.jobs.news.writing import APPLICATION, write_news
from actions.jobs.service import PREFIX as POSTING_PREFIX
from actions.jobs.tables import EmployerRow, PostingRow
from actions.jobs.writing import vault_key
from store.clock import to_shanghai
from store.database import Database
from store.errors import ZhidaError
from store.service import Service
from store.settings import Settings
from store.vault import placeholders
from store.vault.vault import Vault, shown, shown_each

PREFIX = "BM"
TRIES = 3
PERSON = "本人"
"""Who takes an application back."""


@dataclass(frozen=True)
class Application:
    """An application 报名; times are Asia/Shanghai, ``phone`` shows a mask.

    ``open_posting`` tells whether its posting is still shown; ``silent_days`` for how many days
    the employer has not answered, 0 where it has.
    """

    id: int
    code: str
    conversation: str
    posting_id: str
    title: str
    employer: str
    state: str
    name: str
    phone: str
    consent: str
    applied_at: datetime
    handed_at: datetime | None
    handed_by: str
    state_at: datetime
    open_posting: bool
    silent_days: int


@dataclass(frozen=True)
class Sent:
    """What came of sending an application; ``new`` unless there was one already.

    ``contact`` are the employer's words on how to reach it, with placeholders that are opened
    under ``numbers_of`` (``Reply``); both empty where there is nothing to hand over.
    """

    application: Application
    new: bool
    contact: str = ""
    numbers_of: str = ""


@dataclass(frozen=True)
class Change:
    """A change of an application's state."""

    at: datetime
    who: str
    was: str
    became: str
    why: str


@dataclass(frozen=True)
class Contact:
    """What is handed over to an employer; ``phone`` is None where its key is lost."""

    name: str
    phone: str | None


class PostingGone(ZhidaError):
    """The posting is not shown any more: nobody can apply for it."""

    code = "posting_gone"


class UnknownApplication(ZhidaError):
    """No such application, or somebody else's."""

    code = "unknown_application"


class HandedAlready(ZhidaError):
    """The contact was given to the employer before: that happens once."""

    code = "application_handed"


class Applications(Service):
    """Applications over one database; every method is one unit of work, blocking."""

    def __init__(self, database: Database, vault: Vault) -> None:
        super().__init__(database)
        self._vault = vault

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the service."""
        return cls(database, Vault.over(database, settings))

    # For the person ----------------------------------------------------------------------

    def known_phone(self, conversation: str) -> str | None:
        """Return the placeholder of the mobile number that a person gave last, if any."""
        with self._database.read() as session:
            kept = self._vault.values_of(session, conversation)
        phones = [each for each in kept if each.kind == "phone"]
        return placeholders.placeholder("phone", phones[-1].id) if phones else None

    def seen(self, conversation: str, text: str) -> str:
        """Return words as their person sees them: masks in the place of placeholders."""
        with self._database.read() as session:
            return shown(session, conversation, text)

    def send(
        self,
        conversation: str,
        posting_id: str,
        *,
        phone: str,
        name: str,
        consent: str,
        now: datetime,
    ) -> Sent:
        """Apply for a posting, or return the application that there is.

        ``phone`` is a placeholder, ``consent`` what was agreed to. What comes a second time, at
        the same moment, is as new as the first time. Raises PostingGone.
        """
        for _ in range(TRIES):
            try:
                with self._database.write() as session:
                    posting = _shown_posting(session, posting_id, now, hold=True)
                    row = _own(session, conversation, posting.id)
                    handed = posting.contact, vault_key(posting.code)
                    if row is not None and row.state != WITHDRAWN:
                        again = row.applied_at == now
                        found = _record(session, row, now)
                        return Sent(found, True, *handed) if again else Sent(found, new=False)
                    if row is None:
                        row = ApplicationRow(
                            code=new_id(PREFIX),
                            conversation=conversation,
                            posting_id=posting.id,
                            state=SUBMITTED,
                            applied_at=now,
                            handed_by="",
                        )
                        session.add(row)
                    else:
                        _change(session, row, SUBMITTED, PERSON, "", now)
                        row.handed_at, row.handed_by, row.applied_at = None, "", now
                    row.phone, row.name, row.consent = phone, name[:40], consent
                    row.state_at = now
                    session.commit()
                    return Sent(_record(session, row, now), True, *handed)
            except IntegrityError as error:
                # The same person was quicker elsewhere: theirs is the one.
                lost = error
        raise lost

    def contact(self, conversation: str, posting_id: str, now: datetime) -> Sent | None:
        """Return how to reach an employer again, for who has applied there and still may."""
        with self._database.read() as session:
            try:
                posting = _shown_posting(session, posting_id, now)
            except PostingGone:
                return None
            row = _own(session, conversation, posting.id)
            if row is None or row.state not in OPEN:
                return None
            return Sent(_record(session, row, now), False, posting.contact, vault_key(posting.code))

    def of(self, conversation: str, now: datetime) -> tuple[Application, ...]:
        """Return a person's applications, the newest first."""
        mine = same_person(ApplicationRow.conversation, conversation)
        with self._database.read() as session:
            rows = session.execute(_joined().where(mine).order_by(ApplicationRow.id.desc()))
            return _records(session, rows.all(), now)

    def withdraw(self, code: str, conversation: str, now: datetime) -> Application:
        """Take a person's own application back. Raises UnknownApplication, NoSuchMove."""
        with self._database.write() as session:
            row = _locked(session, code)
            mine = select(ApplicationRow.id).where(
                ApplicationRow.id == row.id, same_person(ApplicationRow.conversation, conversation)
            )
            if session.scalar(mine) is None:
                raise UnknownApplication
            if row.state != WITHDRAWN:
                _change(session, row, WITHDRAWN, PERSON, "", now)
            session.commit()
            return _record(session, row, now)

    # For staff ---------------------------------------------------------------------------

    def hand_over(self, code: str, *, who: str, how: str, now: datetime) -> Contact:
        """Give the contact out for its employer, once; the person is told that it was done.

        Raises UnknownApplication, HandedAlready, NoSuchMove.
        """
        with self._database.write() as session:
            row = _locked(session, code)
            if row.handed_at is not None:
                raise HandedAlready
            change = _change(session, row, HANDED, who, how, now)
            row.handed_at, row.handed_by = now, who[:50]
            _tell(session, row, change, now)
            session.commit()
            numbers = self._vault.values_of(session, row.conversation)
            wanted = placeholders.ids_in(row.phone)
            phone = next((each.value for each in numbers if each.id in wanted), None)
            return Contact(row.name, phone)

    def move(self, code: str, to: str, *, who: str, why: str, now: datetime) -> None:
        """Give an application another state; its person is told.

        Raises UnknownApplication, NoSuchMove.
        """
        with self._database.write() as session:
            row = _locked(session, code)
            change = _change(session, row, to, who, why, now)
            _tell(session, row, change, now)
            session.commit()

    def listed(
        self, now: datetime, *, states: Sequence[str] = (), words: str = "", limit: int = 100
    ) -> tuple[Application, ...]:
        """Return applications, those first whose employer has been silent longest."""
        statement = _joined()
        if states:
            statement = statement.where(ApplicationRow.state.in_(states))
        if words:
            named = (PostingRow.title, EmployerRow.name, ApplicationRow.code, PostingRow.code)
            statement = statement.where(
                named[0].contains(words)
                | named[1].contains(words)
                | (named[2] == words)
                | (named[3] == words)
            )
        waiting = ApplicationRow.state.in_(UNANSWERED)
        order = (waiting.desc(), ApplicationRow.state_at, ApplicationRow.id)
        with self._database.read() as session:
            rows = session.execute(statement.order_by(*order).limit(limit)).all()
            return _records(session, rows, now)

    def changes(self, application: int) -> tuple[Change, ...]:
        """Return what became of an application, the oldest first."""
        mine = select(ApplicationChangeRow).filter_by(application_id=application)
        with self._database.read() as session:
            rows = session.scalars(mine.order_by(ApplicationChangeRow.id))
            return tuple(
                Change(to_shanghai(row.at), row.who, row.was, row.became, row.why) for row in rows
            )


def _shown_posting(
    session: Session, posting_id: str, now: datetime, *, hold: bool = False
) -> PostingRow:
    """Return a posting that may be applied for; ``hold`` keeps it so until the transaction ends."""
    wanted = select(PostingRow).where(
        PostingRow.code == read_id(POSTING_PREFIX, posting_id),
        shown_on(to_shanghai(now).date()),
    )
    row = session.scalar(wanted.with_for_update(read=True) if hold else wanted)
    if row is None:
        raise PostingGone
    return row


def _own(session: Session, conversation: str, posting: int) -> ApplicationRow | None:
    mine = same_person(ApplicationRow.conversation, conversation)
    found = select(ApplicationRow).where(mine, ApplicationRow.posting_id == posting)
    return session.scalar(found.order_by(ApplicationRow.id.desc()).limit(1))


def _locked(session: Session, code: str) -> ApplicationRow:
    named = select(ApplicationRow).where(ApplicationRow.code == read_id(PREFIX, code))
    row = session.scalar(named.with_for_update())
    if row is None:
        raise UnknownApplication
    return row


def _change(
    session: Session, row: ApplicationRow, to: str, who: str, why: str, now: datetime
) -> ApplicationChangeRow:
    check_move(row.state, to)
    change = ApplicationChangeRow(
        application_id=row.id, at=now, who=who[:100], was=row.state, became=to, why=why[:400]
    )
    row.state, row.state_at = to, now
    session.add(change)
    session.flush()
    return change


def _tell(
    session: Session, row: ApplicationRow, change: ApplicationChangeRow, now: datetime
) -> None:
    data = {"code": row.code, "state": change.became}
    write_news(session, row.conversation, APPLICATION, f"change:{change.id}", data, now)


Joined = Select[ApplicationRow, PostingRow, str]


def _joined() -> Joined:
    return (
        select(ApplicationRow, PostingRow, EmployerRow.name)
        .join(PostingRow, PostingRow.id == ApplicationRow.posting_id)
        .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
    )


def _record(session: Session, row: ApplicationRow, now: datetime) -> Application:
    found = session.execute(_joined().where(ApplicationRow.id == row.id)).all()
    return _records(session, found, now)[0]


def _records(session: Session, rows: Sequence[Any], now: datetime) -> tuple[Application, ...]:
    phones = shown_each(session, [(row.conversation, row.phone) for row, _, _ in rows])
    day = to_shanghai(now).date()
    return tuple(
        Application(
            id=row.id,
            code=row.code,
            conversation=row.conversation,
            posting_id=posting.code,
            title=posting.title,
            employer=employer,
            state=row.state,
            name=row.name,
            phone=phone,
            consent=row.consent,
            applied_at=to_shanghai(row.applied_at),
            handed_at=to_shanghai(row.handed_at) if row.handed_at else None,
            handed_by=row.handed_by,
            state_at=to_shanghai(row.state_at),
            open_posting=is_shown(posting, day),
            silent_days=days_silent(row.state, row.handed_at or row.applied_at, now),
        )
        for (row, posting, employer), phone in zip(rows, phones, strict=True)
    )
