"""How long it is known who lent or borrowed staff."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.sharing.tables import StaffShareRow


def rules(services: Services) -> Sequence[Rule]:
    """Return the rule: an entry that has ended, as long as a closed case."""
    return (
        Rule(
            "staff_shares",
            "结束了的用工余缺登记",
            "复核所需，结束之后",
            services.settings.keep_cases_days,
            _ended,
            _forget,
            lambda: nullcontext(services.database),
        ),
    )


def _ended(before: datetime) -> Select[Any, Any]:
    row = StaffShareRow
    return select(row.id, row.ended_at).where(row.ended_at < before)


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(StaffShareRow).where(StaffShareRow.id.in_(keys)))
