"""A message that the assistant could not answer becomes a case for a person."""

from actions.cases.service import Cases
from actions.dialogue.turn import Reply
from bot.messaging import sentences
from bot.messaging.leases import ClaimedMessage
from store.clock import utc_now


def open_case(cases: Cases, message: ClaimedMessage) -> Reply:
    """Open the message's case, once, and return what the person is told."""
    case = cases.open(
        conversation=message.conversation_id,
        reason="handoff",
        summary=f"智能助手未能处理：{message.text[:80]}",
        request_key=str(message.inbox_id),
        now=utc_now(),
    )
    return sentences.gave_up(case.ticket)
