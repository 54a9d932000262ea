"""What goes on in this process unasked, put together of what the features declare."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from actions.cases.tables import CaseRow
from actions.dialogue.background import Counts, ScheduledJob
from actions.dialogue.services import Services
from actions.features import FEATURES
from bot.console.figures.rollup import COUNT_DAYS
from bot.messaging.gate import Gate
from bot.messaging.outbox_rows import Pulled
from bot.messaging.personal import past
from bot.messaging.scheduler import Scheduler
from store.audit.checkpoints import Checkpoints
from store.audit.log import head


def make_scheduler(services: Services, *, told: Callable[[str], None], pulled: Pulled) -> Scheduler:
    """Return what runs the jobs of all features and tells their notices; see ``Scheduler``."""
    ours = (AUDIT_CHECKPOINT, HIDE_PAST, COUNT_DAYS)
    jobs = [*ours, *(job for feature in FEATURES for job in feature.jobs)]
    sources = [feature.notices(services) for feature in FEATURES if feature.notices]
    return Scheduler(services, jobs, sources, told=told, pulled=pulled)


def _write_checkpoint(services: Services, now: datetime) -> Counts:
    """Write down how far the record of what was done reaches, apart from the database."""
    with services.database.read() as session:
        reaches = head(session)
    Checkpoints.of(services.settings).add(reaches, now)
    return {}


AUDIT_CHECKPOINT = ScheduledJob("audit_checkpoint", _write_checkpoint, timedelta(minutes=10))


def _summaries(after: int) -> Select[Any]:
    row = CaseRow
    columns: Sequence[Any] = (row.id, row.conversation.label("person"), row.summary)
    wanted = select(*columns).where(row.id > after, row.conversation != "")
    return wanted.order_by(row.id).limit(past.ROWS_AT_ONCE)


def _hide_summary(session: Session, row: Any, gate: Gate) -> None:
    summary = gate.text(row.summary).text
    if summary != row.summary:
        session.execute(update(CaseRow).where(CaseRow.id == row.id).values(summary=summary))


PLACES = (
    past.MESSAGES,
    past.REPLIES,
    past.Place("cases", _summaries, _hide_summary),
    past.EVENTS_OF_RASA,
)
"""In this order: what a person wrote tells which numbers are theirs."""


def hide_past(services: Services, now: datetime) -> Counts:
    """Hide the next numbers that a release without a vault stored; see ``past``."""
    past.hide_next(services, PLACES, now)
    return {}


HIDE_PAST = ScheduledJob("hide_past", hide_past, timedelta(seconds=2))
