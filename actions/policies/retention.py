"""How long it is known which answers helped whom."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.personal.retention import Rule
from actions.dialogue.services import Services
from knowledge.documents.tables import PolicyFeedback


def rules(services: Services) -> Sequence[Rule]:
    """Return the rule."""
    return (
        Rule(
            "policy_feedback",
            "对政策答复的评价",
            "改进答复所需，评价之后",
            services.settings.keep_feedback_days,
            _old,
            _forget,
            lambda: nullcontext(services.database),
        ),
    )


def _old(before: datetime) -> Select[Any, Any]:
    return select(PolicyFeedback.id, PolicyFeedback.at).where(PolicyFeedback.at < before)


def _forget(session: Session, keys: Sequence[Any], _now: datetime) -> None:
    session.execute(delete(PolicyFeedback).where(PolicyFeedback.id.in_(keys)))
