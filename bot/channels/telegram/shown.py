"""What stands last in each chat, so that its next state takes its place instead of following it.

Kept in this process alone: whoever has just started sends anew, which harms nobody.
"""

from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

from actions.dialogue.turn import Reply

MOST_CHATS = 5000
HELD = "held"
K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Standing:
    """A message of ours, the last one of its chat; ``state`` names what may take its place."""

    message_id: int
    state: str


def state_of(reply: Reply) -> str:
    """Return what a reply is until the next press, empty where it is worth reading later.

    Times offered go stale, and a seat held becomes a booking or none; answers and lists of jobs are
    compared with those that follow.
    """
    card = reply.get("data") or {}
    kind = str(card.get("kind") or "")
    passes = kind == "slot_list" or (kind == "booking" and card.get("status") == HELD)
    return kind if passes else ""


class Shown:
    """The last message of each chat, and the presses under it that are being answered."""

    def __init__(self) -> None:
        self._last: OrderedDict[int, Standing] = OrderedDict()
        self._pressed: OrderedDict[int, tuple[int, int]] = OrderedDict()

    def show(self, chat: int, message_id: int, reply: Reply) -> None:
        """Note the message that carries a reply."""
        _keep(self._last, chat, Standing(message_id, state_of(reply)))

    def below(self, chat: int) -> None:
        """Note that something else stands below it now."""
        self._last.pop(chat, None)

    def press(self, chat: int, message_id: int, inbox_id: int) -> None:
        """Note that a button under a message was pressed, and the press stored as ``inbox_id``."""
        _keep(self._pressed, inbox_id, (chat, message_id))

    def replaced_by(self, chat: int, inbox_id: int | None, reply: Reply) -> int | None:
        """Return the message whose place the answer to a press takes; None where it is sent."""
        if inbox_id is None or self._pressed.get(inbox_id, (0, 0))[0] != chat:
            return None
        standing = self._last.get(chat)
        kind = str((reply.get("data") or {}).get("kind") or "")
        same = standing is not None and standing.message_id == self._pressed[inbox_id][1]
        if standing is None or not same or not kind or standing.state != kind:
            return None
        return standing.message_id


def _keep(kept: OrderedDict[K, V], key: K, value: V) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > MOST_CHATS:
        kept.popitem(last=False)
