"""What happens in a messenger's own windows: clerks who take over and speak there, and receipts.

All of it is written in the caller's transaction, and harmless when it is written again.
"""

from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from actions.dialogue.turn import Reply
from bot.messaging.channels import allowance
from bot.messaging.gate import Gate
from bot.messaging.tables import Conversation, OutboxMessage
from store.vault.vault import Vault

TAKEN_BACK = "（已撤回）"


def set_mode(session: Session, conversation_id: str, mode: str) -> None:
    """Note who answers from now on: ``bot`` or ``staff``."""
    session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(mode=mode)
    )


def overhear(
    session: Session,
    vault: Vault,
    conversation_id: str,
    *,
    staff: str,
    text: str,
    key: str,
    now: datetime,
) -> None:
    """Write a clerk's words into the transcript, once by their ``key``; the person has them."""
    if session.scalar(select(OutboxMessage.id).where(OutboxMessage.key == key)) is not None:
        return
    if session.get(Conversation, conversation_id) is None:
        return  # who never wrote to us has no transcript
    words = Gate(vault, session, conversation_id, now).text(text).text
    body: Reply = {"text": words, "buttons": [], "image": None, "data": None}
    session.execute(
        insert(OutboxMessage).values(
            conversation_id=conversation_id,
            author="staff",
            staff_name=staff[:50],
            body=body,
            status="sent",
            next_attempt_at=now,
            created_at=now,
            sent_at=now,
            key=key,
        )
    )


def take_back(session: Session, key: str) -> None:
    """Forget a clerk's words that were taken back."""
    body: Reply = {"text": TAKEN_BACK, "buttons": [], "image": None, "data": None}
    session.execute(update(OutboxMessage).where(OutboxMessage.key == key).values(body=body))


def failed(
    session: Session,
    conversation_id: str,
    outbox_id: int,
    *,
    keeps: bool,
    lost: str | None,
    closes: bool = True,
) -> None:
    """Note that a delivery did not reach its person after all.

    What ``keeps`` is held until they act, under a new number: under the old one it would be taken
    for a repeat. The replies that went along with it are those of the same moment. It ``closes``
    what may be sent, unless the messenger only wants it again.
    """
    allowance.lock(session, conversation_id)  # before the rows, as whoever sends
    first = session.get(OutboxMessage, outbox_id)
    if first is None or first.conversation_id != conversation_id or first.status != "sent":
        return
    together = session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.conversation_id == conversation_id,
            OutboxMessage.sent_at == first.sent_at,
            OutboxMessage.id >= outbox_id,
            OutboxMessage.status == "sent",
        )
        .order_by(OutboxMessage.id)
    ).all()
    for row in together:
        row.status = "dead"
        if keeps:
            again = {
                name: getattr(row, name)
                for name in ("conversation_id", "inbox_id", "author", "staff_name", "body")
            }
            times = {"created_at": row.created_at, "next_attempt_at": row.next_attempt_at}
            session.add(OutboxMessage(**again, **times, status="held"))
    session.flush()
    if closes:
        allowance.close(session, conversation_id, None, lost=lost)
