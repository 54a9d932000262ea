"""How long it is known who handed an ad in."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from actions.vetting.tables import PostingDraftRow


def rules(services: Services) -> Sequence[Rule]:
    """Return the rule: a decided ad stays, as a case for the rules, without its person."""
    return (
        Rule(
            "posting_drafts",
            "已审核招聘草稿的提交人",
            "复核所需，审核之后",
            services.settings.keep_cases_days,
            _decided,
            _forget,
            lambda: nullcontext(services.database),
        ),
    )


def _decided(before: datetime) -> Select[Any, Any]:
    row = PostingDraftRow
    found = select(row.id, row.decided_at)
    return found.where(row.decided_at < before, row.conversation != "")


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    row = PostingDraftRow
    # The key is unique beside the conversation: without one it takes the draft's own number.
    nobody = {"conversation": "", "request_key": row.code}
    session.execute(update(row).where(row.id.in_(keys)).values(**nobody))
