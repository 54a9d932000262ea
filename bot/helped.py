"""Whom a clerk at a messenger's own desk has helped: their case waits for nobody any more."""

from actions.cases.service import HANDOFF, OPEN, Cases
from store.clock import utc_now


def close_cases(cases: Cases, conversation: str, staff: str) -> None:
    """Close what was opened for a conversation to be handed over; complaints stay. Blocks."""
    for case in cases.for_conversation(conversation):
        if (case.conversation, case.reason, case.status) == (conversation, HANDOFF, OPEN):
            cases.close(case.ticket, staff=staff, now=utc_now())
