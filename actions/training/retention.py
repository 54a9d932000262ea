"""How long it is known who signed up for a course."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.training.tables import CourseRow, CourseSignUpRow
from store.clock import to_shanghai


def rules(services: Services) -> Sequence[Rule]:
    """Return the rule: who signed up, as long as who booked a visit, and till the course begins."""
    return (
        Rule(
            "course_sign_ups",
            "谁报了哪个培训班",
            "办理报名所需，报名之后",
            services.settings.keep_bookings_days,
            _old,
            _forget,
            lambda: nullcontext(services.database),
        ),
    )


def _old(before: datetime) -> Select[Any, Any]:
    row, begins = CourseSignUpRow, CourseRow.starts_on
    over = or_(begins.is_(None), begins < to_shanghai(before).date())
    found = select(row.id, row.at).join(CourseRow, CourseRow.id == row.course_id)
    return found.where(row.at < before, over)


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(CourseSignUpRow).where(CourseSignUpRow.id.in_(keys)))
