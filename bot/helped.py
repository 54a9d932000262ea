"""Whom a clerk at a messenger's own desk has helped: their case waits for nobody any more."""

from sqlalchemy.orm import Session

from actions.cases.service import finish_handoff
from store.clock import utc_now


def close_cases(session: Session, conversation: str, staff: str) -> None:
    """Close what was opened for a conversation to be handed over; complaints stay."""
    finish_handoff(session, conversation, staff=staff, now=utc_now())
