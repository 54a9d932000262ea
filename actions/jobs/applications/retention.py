"""How long applications and reports are kept."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.jobs.applications.holding import forget_applications
from actions.jobs.applications.tables import ApplicationRow, PostingReportRow


def rules(services: Services) -> Sequence[Rule]:
    """Return the rules: all of it is deleted."""
    days, ours = services.settings.keep_applications_days, lambda: nullcontext(services.database)
    ground = "应聘核对所需，最后一次变动之后"
    return (
        Rule("applications", "岗位报名", ground, days, _applications, _forget, ours),
        Rule("posting_reports", "岗位举报人", ground, days, _reports, _forget_reports, ours),
    )


def _applications(before: datetime) -> Select[Any, Any]:
    found = select(ApplicationRow.id, ApplicationRow.state_at)
    return found.where(ApplicationRow.state_at < before)


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    forget_applications(session, ApplicationRow.id.in_(keys))


def _reports(before: datetime) -> Select[Any, Any]:
    return select(PostingReportRow.id, PostingReportRow.at).where(PostingReportRow.at < before)


def _forget_reports(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(PostingReportRow).where(PostingReportRow.id.in_(keys)))
