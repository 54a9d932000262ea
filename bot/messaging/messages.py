"""What goes in and out of messaging, whatever the channel."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from actions.dialogue.turn import Reply

Kind = Literal[
    "text", "choice", "event", "location", "picture", "voice", "video", "file", "link", "unknown"
]
"""What a message is: ``choice`` a pressed button, ``event`` what somebody did (followed us, scanned
a code), ``unknown`` what the messenger had not when this was written."""


@dataclass(frozen=True)
class Grant:
    """What an act of a person allows a channel to send: ``count`` messages until so long after."""

    count: int
    lasts: timedelta


@dataclass(frozen=True)
class Incoming:
    """One message as a channel received it.

    ``key`` is the channel's own: a second message with the same channel and key is the
    same message. ``peer`` is the person's address within the channel; ``payload`` is that
    of a pressed button, whose title stands in ``text``; ``message_id`` is the client's own
    name for the message, given back in the conversation's history. ``details`` are, by kind, where
    a medium lies, a place, what happened: JSON. ``grant`` is what may be sent for it, where the
    messenger counts, ``acted_at`` when by its own clock, and ``context`` what it wants back with
    that. Until ``answer_by`` a request is open that can carry the answer: nothing is sent by itself
    before.
    """

    channel: str
    key: str
    peer: str
    text: str
    received_at: datetime
    payload: str | None = None
    message_id: str | None = None
    kind: Kind = "text"
    details: Mapping[str, Any] | None = None
    grant: Grant | None = None
    context: str | None = None
    answer_by: datetime | None = None
    acted_at: datetime | None = None

    @property
    def conversation_id(self) -> str:
        """The conversation this belongs to."""
        return f"{self.channel}:{self.peer}"

    def pressed(self, title: str, payload: str) -> "Incoming":
        """Return it as the press of a button."""
        return replace(self, kind="choice", text=title, payload=payload)


class TooManyWaiting(Exception):
    """The conversation has more messages than anyone could have typed; try in ``seconds``."""

    def __init__(self, conversation_id: str, seconds: float) -> None:
        super().__init__(conversation_id)
        self.seconds = seconds


class RetryLater(Exception):
    """The channel could not take a reply now; ``seconds`` is its own wish, if it has one.

    ``untaken``: the messenger said that it took nothing, so that nothing is spent of what may be
    sent. ``patient``: the trouble is the account's, not the reply's, and no attempt is used up.
    ``reason`` is for whoever runs the service: never a secret, never a person's words.
    """

    def __init__(
        self,
        seconds: float | None = None,
        *,
        untaken: bool = False,
        patient: bool = False,
        reason: str = "",
    ) -> None:
        super().__init__(reason or seconds)
        self.seconds = seconds
        self.untaken = untaken
        self.patient = patient
        self.reason = reason


class NotNow(Exception):
    """Nothing may be sent until the person acts again; ``lost``: they do not want to hear us."""

    def __init__(self, reason: str, *, lost: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lost = lost


class Undeliverable(Exception):
    """The channel will never take this reply (the person blocked us, the chat is gone)."""


@dataclass(frozen=True)
class Abilities:
    """What a channel can do, declared once.

    ``pushes``: we send by ourselves; else replies are fetched. ``counted``: the messenger counts
    what we send, so that what waits is joined, and held while nothing may be sent. ``buttons``:
    ``pressed`` under a reply, ``tapped`` as words in it, or none: then they are ``numbered``.
    ``text_bytes`` of UTF-8 are one message, None where there is no such bound that we know.
    """

    pushes: bool = True
    counted: bool = False
    buttons: Literal["pressed", "tapped", "numbered"] = "pressed"
    text_bytes: int | None = None


@dataclass(frozen=True)
class Outgoing:
    """A reply on its way, as its person reads it; ``id`` is its number in the outbox.

    ``answers`` is the number of the message in the inbox that it answers, None where it is unasked.
    """

    id: int
    reply: Reply
    answers: int | None = None


@dataclass(frozen=True)
class Delivery:
    """What is to be sent to one person now: one reply, or those that a counting channel joins.

    ``room`` is how many messages may be sent, None where nobody counts; ``context`` what the
    messenger wants back; ``attempt`` counts from 1.
    """

    peer: str
    rows: tuple[Outgoing, ...]
    room: int | None = None
    context: str | None = None
    attempt: int = 1


class Sender(Protocol):
    """What brings replies to people; channels without one are read from."""

    async def send(self, delivery: Delivery) -> int:
        """Deliver; return how many of ``room`` messages that took.

        Raise RetryLater, NotNow or Undeliverable where it cannot be.
        """
