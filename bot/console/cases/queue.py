"""What waits for staff: open cases with who answers them, and by when something is owed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions.cases.presence import Presence
from actions.cases.service import DISTRESS, Case, Cases
from actions.dialogue.services import Services
from bot.console.acting import conversation_subject
from bot.messaging.tables import Conversation, OutboxMessage

MOST = 300
SOON = timedelta(minutes=30)


class Tone(StrEnum):
    """How pressing something is."""

    LATE = "late"
    SOON = "soon"
    FINE = "fine"


@dataclass(frozen=True)
class Waiting:
    """A person that staff answer, or have to: with an open case, or taken over without one.

    ``replied``: staff have said something since the case was opened; then a complaint's final
    answer is what is still owed. ``looking`` are those of staff who have it open.
    """

    conversation: str
    channel: str
    mode: str
    owner: str | None
    case: Case | None
    replied: bool
    looking: tuple[str, ...] = ()

    @property
    def due(self) -> datetime | None:
        """By when something is owed; None where nothing is."""
        if self.case is None:
            return None
        return self.case.answer_by if self.replied else self.case.reply_by

    @property
    def in_distress(self) -> bool:
        """Whether somebody in distress has not been answered yet: first of all, late or not."""
        return self.case is not None and self.case.reason == DISTRESS and not self.replied

    def tone(self, now: datetime) -> Tone:
        """Return how pressing it is."""
        if self.due is None or self.due - now > SOON:
            return Tone.FINE
        return Tone.LATE if now > self.due else Tone.SOON


def read_waiting(services: Services, now: datetime) -> tuple[Waiting, ...]:
    """Return what waits, the most pressing first (blocking)."""
    cases = services.of(Cases).open_cases(MOST)
    looking = services.of(Presence).looking(now)
    with services.database.read() as session:
        known = _conversations(session, {case.conversation for case in cases})
        said = _last_said(session, known)
    found = [_of_case(case, known, said, looking) for case in cases]
    with_case = {case.conversation for case in cases}
    found += [
        Waiting(row.id, row.channel, row.mode, row.staff, None, True, _seen(looking, row.id))
        for row in known.values()
        if row.id not in with_case
    ]
    return tuple(sorted(found, key=lambda each: _order(each, now)))


def late(waiting: Iterable[Waiting], now: datetime) -> int:
    """Count what is overdue."""
    return sum(each.tone(now) is Tone.LATE for each in waiting)


def _order(each: Waiting, now: datetime) -> tuple[bool, bool, float]:
    due = each.due or now + timedelta(days=365)
    return (not each.in_distress, each.case is None, due.timestamp())


def _of_case(
    case: Case,
    known: Mapping[str, Conversation],
    said: Mapping[str, datetime],
    looking: Mapping[str, tuple[str, ...]],
) -> Waiting:
    row, last = known.get(case.conversation), said.get(case.conversation)
    return Waiting(
        case.conversation,
        row.channel if row else case.conversation.partition(":")[0],
        row.mode if row else "bot",
        row.staff if row else None,
        case,
        last is not None and last > case.opened_at,
        _seen(looking, case.conversation),
    )


def _seen(looking: Mapping[str, tuple[str, ...]], conversation: str) -> tuple[str, ...]:
    return looking.get(conversation_subject(conversation), ()) if looking else ()


def _conversations(session: Session, ids: set[str]) -> dict[str, Conversation]:
    """Return those of open cases, and those that somebody of staff has taken."""
    rows = select(Conversation).where(Conversation.staff.is_not(None)).limit(MOST)
    found = {row.id: row for row in session.scalars(rows)}
    named = select(Conversation).where(Conversation.id.in_(ids - set(found)))
    return found | {row.id: row for row in session.scalars(named)}


def _last_said(session: Session, ids: Iterable[str]) -> dict[str, datetime]:
    """Return when staff spoke last, by conversation."""
    last = func.max(OutboxMessage.created_at).label("last")
    said = select(OutboxMessage.conversation_id, last).where(
        OutboxMessage.conversation_id.in_(list(ids)), OutboxMessage.author == "staff"
    )
    rows = session.execute(said.group_by(OutboxMessage.conversation_id))
    return {row.conversation_id: row.last for row in rows}
