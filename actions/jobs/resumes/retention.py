"""How long a résumé is kept: until nothing of it has changed for so many days, then all goes."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.jobs.resumes.tables import ResumeEntryRow


def rules(services: Services) -> Sequence[Rule]:
    """Return the rule."""
    days, ours = services.settings.keep_applications_days, lambda: nullcontext(services.database)
    ground = "您同意留着找岗位，最后一次变动之后"
    return (Rule("resume_entries", "求职意向", ground, days, _unchanged, _forget, ours),)


def _unchanged(before: datetime) -> Select[Any, Any]:
    last = func.max(ResumeEntryRow.at)
    found = select(ResumeEntryRow.conversation, last).group_by(ResumeEntryRow.conversation)
    return found.having(last < before)


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(ResumeEntryRow).where(ResumeEntryRow.conversation.in_(keys)))
