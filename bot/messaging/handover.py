"""A person takes a conversation over from the bot, speaks in it, and gives it back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from actions.dialogue.turn import Button, Reply
from bot.messaging import sentences
from bot.messaging.gate import Gate
from bot.messaging.outbox_rows import STAFF, Pulled, add_reply, outbox_values
from bot.messaging.tables import Conversation
from store.database import Database, rows_changed
from store.vault.vault import Vault


class UnknownConversation(LookupError):
    """No conversation has this id."""


class AlreadyTaken(Exception):
    """Another member of staff answers this person: ``owner``."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class Handover:
    """What staff do in a conversation; every method is one unit of work, blocking.

    One member of staff answers a person at a time: whoever takes a conversation keeps all others
    out until they give it back, or ``instead_of`` names them. All raise UnknownConversation and
    AlreadyTaken.
    """

    def __init__(self, database: Database, pulled: Pulled, vault: Vault) -> None:
        self._database = database
        self._vault = vault
        self._pulled = pulled

    def claim(self, conversation_id: str, *, staff: str, instead_of: str | None = None) -> None:
        """Be the one who answers, without a word to the person: the bot goes on meanwhile."""
        with self._database.write() as session:
            _own(session, conversation_id, staff, instead_of)
            session.commit()

    def take_over(self, conversation_id: str, *, staff: str, now: datetime) -> None:
        """Silence the bot: from now on a person answers. Told to the seeker once."""
        with self._database.write() as session:
            _own(session, conversation_id, staff)
            if _change(session, conversation_id, "mode", "staff"):
                text = sentences.TAKEN_OVER.format(staff=staff)
                self._say(session, conversation_id, staff, text, now)
            session.commit()

    def give_back(
        self,
        conversation_id: str,
        *,
        staff: str,
        now: datetime,
        summary: str = "",
        keeps: bool = False,
    ) -> None:
        """Let the bot answer again. Told to the seeker once, with what was agreed.

        Others may answer then, unless this member of staff ``keeps`` the person as theirs.
        """
        with self._database.write() as session:
            _own(session, conversation_id, staff)
            if _change(session, conversation_id, "mode", "bot"):
                agreed = sentences.AGREED.format(summary=summary.strip()) if summary.strip() else ""
                text = self._hidden(session, conversation_id, agreed + sentences.GIVEN_BACK, now)
                self._say(session, conversation_id, staff, text, now)
            if not keeps:
                _change(session, conversation_id, "staff", None)
            session.commit()

    def say(
        self,
        conversation_id: str,
        *,
        staff: str,
        text: str,
        now: datetime,
        buttons: Sequence[Button] = (),
        takes_over: bool = True,
    ) -> None:
        """Send a person's words; the conversation is theirs from then on, unless told otherwise."""
        with self._database.write() as session:
            _own(session, conversation_id, staff)
            if takes_over:
                _change(session, conversation_id, "mode", "staff")
            words = self._hidden(session, conversation_id, text.strip(), now)
            self._say(session, conversation_id, staff, words, now, buttons)
            session.commit()

    def _hidden(self, session: Session, conversation_id: str, text: str, now: datetime) -> str:
        return Gate(self._vault, session, conversation_id, now).text(text).text

    def _say(
        self,
        session: Session,
        conversation_id: str,
        staff: str,
        text: str,
        now: datetime,
        buttons: Sequence[Button] = (),
    ) -> None:
        # The row's lock orders what is written into one conversation: a reader's cursor, which
        # is the newest id it saw, never passes a reply that is not yet visible.
        channel = session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(active_at=now)
            .returning(Conversation.channel)
        ).scalar_one()
        reply: Reply = {"text": text, "buttons": list(buttons), "image": None, "data": None}
        row = outbox_values(conversation_id, channel, reply, now, pulled=self._pulled)
        add_reply(session, row, author=STAFF, staff_name=staff)


def _own(session: Session, conversation_id: str, staff: str, instead_of: str | None = None) -> None:
    """Make somebody the owner, in one step with looking whether nobody else is."""
    free = or_(Conversation.staff.is_(None), Conversation.staff.in_((staff, instead_of or staff)))
    mine = update(Conversation).where(Conversation.id == conversation_id, free)
    if rows_changed(session, mine.values(staff=staff)):
        return
    known = select(Conversation.staff).where(Conversation.id == conversation_id)
    owner = session.scalars(known).first()
    if owner is None:
        raise UnknownConversation(conversation_id)
    raise AlreadyTaken(owner)


def _change(session: Session, conversation_id: str, name: str, value: str | None) -> bool:
    """Set a column; tell whether it was something else before."""
    other = getattr(Conversation, name).is_distinct_from(value)
    changed = update(Conversation).where(Conversation.id == conversation_id, other)
    return rows_changed(session, changed.values({name: value})) > 0
