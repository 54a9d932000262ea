"""A person takes a conversation over from the bot, speaks in it, and gives it back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actions.dialogue.turn import Reply
from bot.messaging.gate import Gate
from bot.messaging.outbox_rows import STAFF, Pulled, add_reply, outbox_values
from bot.messaging.tables import Conversation
from store.database import Database, rows_changed
from store.vault.vault import Vault


class UnknownConversation(LookupError):
    """No conversation has this id."""


class Handover:
    """What staff do in a conversation; every method is one unit of work, blocking.

    All raise UnknownConversation.
    """

    def __init__(self, database: Database, pulled: Pulled, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._pulled = pulled

    def take_over(self, conversation_id: str, *, staff: str, now: datetime) -> None:
        """Silence the bot: from now on a person answers. Told to the seeker once."""
        with self._database.write() as session:
            if _set_mode(session, conversation_id, "staff"):
                text = f"您好，我是工作人员{staff}，现在由我来回复您。"
                self._say(session, conversation_id, staff, text, now)
            session.commit()

    def give_back(self, conversation_id: str, *, staff: str, now: datetime) -> None:
        """Let the bot answer again. Told to the seeker once."""
        with self._database.write() as session:
            if _set_mode(session, conversation_id, "bot"):
                text = "人工服务先到这里，之后由智能助手继续为您服务。需要时请说「转人工」。"
                self._say(session, conversation_id, staff, text, now)
            session.commit()

    def say(self, conversation_id: str, *, staff: str, text: str, now: datetime) -> None:
        """Send a person's words; the conversation is theirs from then on."""
        with self._database.write() as session:
            _set_mode(session, conversation_id, "staff")
            words = Gate(self._vault, session, conversation_id, now).text(text.strip()).text
            self._say(session, conversation_id, staff, words, now)
            session.commit()

    def _say(
        self, session: Session, conversation_id: str, staff: str, text: str, now: datetime
    ) -> None:
        # The row's lock orders what is written into one conversation: a reader's cursor, which
        # is the newest id it saw, never passes a reply that is not yet visible.
        channel = session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(active_at=now)
            .returning(Conversation.channel)
        ).scalar_one()
        reply: Reply = {"text": text, "buttons": [], "image": None, "data": None}
        row = outbox_values(conversation_id, channel, reply, now, pulled=self._pulled)
        add_reply(session, row, author=STAFF, staff_name=staff)


def _set_mode(session: Session, conversation_id: str, mode: str) -> bool:
    """Set the mode; tell whether it was another one before."""
    known = session.scalar(select(Conversation.id).where(Conversation.id == conversation_id))
    if known is None:
        raise UnknownConversation(conversation_id)
    changed = rows_changed(
        session,
        update(Conversation)
        .where(Conversation.id == conversation_id, Conversation.mode != mode)
        .values(mode=mode),
    )
    return changed > 0
