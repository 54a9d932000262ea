"""From a posted message to what messaging takes in."""

import hashlib
from dataclasses import replace
from datetime import timedelta

from bot.channels.bridge_v2 import accounts
from bot.channels.bridge_v2.models import CapabilitiesIn, EventIn, MessageIn
from bot.channels.protocol import Surroundings
from bot.messaging.messages import Incoming, Kind
from store.clock import utc_now

NAME = "bridge2"
KINDS: dict[str, tuple[Kind, str]] = {
    "image": ("picture", "〔图片〕"),
    "voice": ("voice", "〔语音〕"),
    "video": ("video", "〔视频〕"),
    "file": ("file", "〔文件〕"),
    "location": ("location", "〔位置〕"),
    "link": ("link", "〔网页〕"),
    "event": ("event", "〔进入〕"),
    "button": ("choice", "〔选项〕"),
    "unknown": ("unknown", "〔消息〕"),
    "text": ("text", ""),
}
"""What a message is to us, and how the transcript names it where it has no words."""
GREET = "/greet"
CAME = frozenset({"enter", "follow", "scan", "subscribe"})
LEFT = frozenset({"leave", "unfollow", "unsubscribe", "block"})


def peer_of(account: str, user: str) -> str:
    """Return a person's address: numbers of two accounts' people may be the same."""
    return f"{account}:{user}"


class Arrivals:
    """Reads messages of all accounts."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._at = surroundings
        self._messaging = surroundings.messaging

    async def read(self, account: str, message: MessageIn, can: CapabilitiesIn) -> Incoming | None:
        """Return a message for the inbox; None for what is none: it was noted, or says nothing."""
        kind, name = KINDS[message.kind]
        peer = peer_of(account, message.user)
        bound = f"{peer}\0{message.message_id}".encode(errors="replace")
        wait = timedelta(milliseconds=message.deadline_ms or 0)
        if message.deadline_ms is None:
            wait = timedelta(seconds=self._at.settings.reply_wait_seconds)
        arrived = Incoming(
            channel=NAME,
            key=hashlib.sha256(bound).hexdigest(),
            peer=peer,
            text=_words(message) or name,
            received_at=utc_now(),
            message_id=message.message_id,
            kind=kind,
            details=_details(message),
            grant=accounts.granted(can, message.window),
            context=message.context,
            answer_by=utc_now() + wait,
        )
        if message.kind == "event":
            return await self._event(arrived, message.event)
        if message.kind == "button" or message.payload:
            return await self._press(arrived, message)
        if message.kind == "text" and can.buttons is None:
            conversation = arrived.conversation_id
            button = await self._messaging.typed_choice(conversation, message.text)
            if button is not None:
                return arrived.pressed(message.text, button["payload"])
        return arrived if arrived.text else None

    async def _press(self, arrived: Incoming, message: MessageIn) -> Incoming | None:
        """Return the press of what was shown to this person; what never was is none."""
        named = message.payload or ""
        button = await self._messaging.choice(arrived.conversation_id, named)
        return None if button is None else arrived.pressed(**button)

    async def _event(self, arrived: Incoming, event: EventIn | None) -> Incoming | None:
        if event is None:
            return None
        if event.type in LEFT:
            await self._messaging.lose(arrived.conversation_id, event.type)
            return None
        entrance = None
        if event.scene:
            entrance = await self._at.database.run(self._at.scenes, event.scene)
        if entrance is not None:
            return replace(arrived, text=entrance.title, payload=entrance.payload)
        if event.key in self._messaging.intents:
            return replace(arrived, payload=f"/{event.key}")
        return replace(arrived, payload=GREET) if event.type in CAME else None


def _words(message: MessageIn) -> str:
    """Return what is read of a message: its words, or those that it was heard or seen as."""
    place = message.location
    shown = (place.address or place.name) if place is not None else ""
    return (message.text.strip() and message.text) or message.transcript or shown


def _details(message: MessageIn) -> dict[str, object] | None:
    found: dict[str, object] = {}
    if message.media:
        found["media"] = [media.model_dump(exclude_none=True) for media in message.media]
    if message.location is not None:
        found |= {"lat": message.location.lat, "lng": message.location.lng}
    if message.ticket is not None:
        number = str(message.ticket.get("external_id", ""))[:100]
        found["ticket"] = {"external_id": number}
    return found or None
