"""A reply as the bridge's second door gives it; pure."""

from collections.abc import Sequence
from typing import Any

from bot.channels.bridge_v2.models import CapabilitiesIn
from bot.channels.callbacks.wording import (
    Link,
    Worded,
    absolute,
    cut,
    shortened,
    word,
)
from bot.messaging.channels.choices import reference
from bot.messaging.messages import Outgoing

MANY = 100


def shape(row: Outgoing, can: CapabilitiesIn, web_url: str, read_on: str) -> dict[str, Any]:
    """Return one reply: choices as buttons or, where there are none, numbered in the text."""
    return _shaped(word((row,), web_url, most_choices=MANY), row, can, web_url, read_on)


def joined(
    rows: Sequence[Outgoing], can: CapabilitiesIn, web_url: str, read_on: str
) -> dict[str, Any]:
    """Return several replies as one message, for a messenger that counts them.

    The number is the last one's, and so are the choices that are numbered: numbers mean what was
    shown last.
    """
    said = word(rows, web_url, most_choices=MANY)
    if can.buttons is None:
        said = Worded(said.text, said.links, _own(said, rows[-1]), said.pictures)
    return _shaped(said, rows[-1], can, web_url, read_on)


def _own(said: Worded, row: Outgoing) -> tuple[Any, ...]:
    own = {reference(row.id, number) for number in range(len(row.reply.get("buttons") or []))}
    return tuple(choice for choice in said.choices if choice.reference in own)


def _shaped(
    said: Worded, row: Outgoing, can: CapabilitiesIn, web_url: str, read_on: str
) -> dict[str, Any]:
    below = [f"{link.title}：{link.url}" for link in said.links]
    buttons: list[dict[str, str]] = []
    if can.buttons is not None:
        shown = said.choices[: can.buttons.max]
        room = can.buttons.title_bytes
        buttons = [{"title": cut(each.title, room), "payload": each.reference} for each in shown]
    elif row.reply.get("buttons"):
        titles = [button["title"] for button in row.reply["buttons"]]
        below.append("\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)))
    tail = "".join(f"\n{part}" for part in below)
    text = said.text + tail
    if can.max_text_bytes is not None:
        room = can.max_text_bytes - len(tail.encode(errors="replace"))
        text = shortened(said.text, max(room, 150), read_on, _line) + tail
    image = absolute(said.pictures[-1], web_url) if said.pictures and can.image else None
    return {"id": row.id, "text": text, "buttons": buttons, "image": image}


def _line(link: Link) -> str:
    return f"{link.title}：{link.url}"
