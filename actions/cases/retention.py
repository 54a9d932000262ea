"""How long it is known who a case was about."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from actions.cases.holding import forget_people
from actions.cases.service import CLOSED
from actions.cases.tables import CaseRow
from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services


def rules(services: Services) -> Sequence[Rule]:
    """Return the rule: number and dates of a closed case stay."""
    return (
        Rule(
            "cases",
            "结案工单里的本人和内容",
            "复核和信访所需，结案之后",
            services.settings.keep_cases_days,
            _closed,
            _forget,
            lambda: nullcontext(services.database),
        ),
    )


def _closed(before: datetime) -> Select[Any, Any]:
    about = or_(CaseRow.conversation != "", CaseRow.summary != "")
    found = select(CaseRow.id, CaseRow.closed_at)
    return found.where(CaseRow.status == CLOSED, CaseRow.closed_at < before, about)


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    forget_people(session, CaseRow.id.in_(keys))
