"""What goes in and out of messaging, whatever the channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from actions.dialogue.turn import Reply


@dataclass(frozen=True)
class Incoming:
    """One message as a channel received it.

    ``key`` is the channel's own: a second message with the same channel and key is the
    same message. ``peer`` is the person's address within the channel; ``payload`` is that
    of a pressed button, whose title stands in ``text``; ``message_id`` is the client's own
    name for the message, given back in the conversation's history.
    """

    channel: str
    key: str
    peer: str
    text: str
    received_at: datetime
    payload: str | None = None
    message_id: str | None = None

    @property
    def conversation_id(self) -> str:
        """The conversation this belongs to."""
        return f"{self.channel}:{self.peer}"


class TooManyWaiting(Exception):
    """The conversation has more messages than anyone could have typed; try in ``seconds``."""

    def __init__(self, conversation_id: str, seconds: float) -> None:
        super().__init__(conversation_id)
        self.seconds = seconds


class RetryLater(Exception):
    """The channel could not take a reply now; ``seconds`` is its own wish, if it has one."""

    def __init__(self, seconds: float | None = None) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Undeliverable(Exception):
    """The channel will never take this reply (the person blocked us, the chat is gone)."""


class Sender(Protocol):
    """What brings replies to people; channels without one are read from."""

    async def send(self, peer: str, outbox_id: int, reply: Reply) -> None:
        """Deliver one reply; raise RetryLater or Undeliverable where it cannot be."""
