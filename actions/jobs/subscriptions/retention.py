"""How long it is kept what somebody subscribed to, and what they were told."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.jobs.news.tables import JobNewsRow
from actions.jobs.news.writing import WAITING
from actions.jobs.subscriptions.tables import SubscriptionRow, ToldPostingRow


def rules(services: Services) -> Sequence[Rule]:
    """Return the rules: all of it is deleted, wishes that are watched are not."""
    days, ours = services.settings.keep_applications_days, lambda: nullcontext(services.database)
    ended, told = "核对所需，退订之后", "不重复提醒所需，提醒之后"
    of = _deleting
    return (
        Rule("subscriptions", "已退的订阅", ended, days, _ended, of(SubscriptionRow), ours),
        Rule("job_news", "求职消息", told, days, _news, of(JobNewsRow), ours),
        Rule("told_postings", "提醒过的岗位", told, days, _told, of(ToldPostingRow), ours),
    )


def _ended(before: datetime) -> Select[Any, Any]:
    found = select(SubscriptionRow.id, SubscriptionRow.ended_at)
    return found.where(~SubscriptionRow.active, SubscriptionRow.ended_at < before)


def _news(before: datetime) -> Select[Any, Any]:
    found = select(JobNewsRow.id, JobNewsRow.at)
    return found.where(JobNewsRow.status != WAITING, JobNewsRow.at < before)


def _told(before: datetime) -> Select[Any, Any]:
    return select(ToldPostingRow.id, ToldPostingRow.at).where(ToldPostingRow.at < before)


def _deleting(row: Any) -> Callable[[Session, Sequence[Any], datetime], None]:
    def forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
        session.execute(delete(row).where(row.id.in_(keys)))

    return forget
