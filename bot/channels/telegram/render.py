"""From a reply to Telegram messages; no I/O.

Texts go out as plain text (no ``parse_mode``), so nothing in a quoted document can be
taken for markup. Lengths are UTF-16 code units, as Telegram counts them.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from actions.dialogue.turn import Button, Reply
from bot.channels.telegram.sentences import (
    CALENDAR,
    CHOOSE,
    HALLS_PAGE,
    IMAGE_LINE,
    LINK_LINE,
    READ_SOURCE,
    VISIT,
)
from bot.messaging.channels.choices import reference

MAX_TEXT = 4096
MAX_BUTTONS = 99  # Telegram takes 100; one place is kept for a link
MAX_LINK = 2048  # not documented by Telegram; longer links have been refused elsewhere too
# Where a long text is best cut, best first: blank line, line, sentence, clause.
_CUTS = (
    re.compile(r"\n\n+"),
    re.compile(r"\n"),
    re.compile(r"[。！？；!?;]+"),
    re.compile(r"[，、, ]"),
)


@dataclass(frozen=True)
class Part:
    """One Telegram message: a text or a photo, perhaps with buttons.

    A photo is its bytes, a public address, or a path of ours: Telegram cannot open that where
    we have no public address, and where we have one keeps what was there the first time.
    """

    text: str = ""
    photo: str | bytes | None = None
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True)
class Link:
    """A page that a reply leads to, and what is written on the way to it."""

    title: str
    url: str


def render(reply: Reply, outbox_id: int, web_url: str) -> list[Part]:
    """Return the messages that carry ``reply``, in order; buttons hang under the last.

    ``web_url`` is where links lead, without a final slash. A reply without any content
    gives no message.
    """
    text = str(reply.get("text") or "").strip()
    photo, lines = _photo(reply.get("image"))
    links = _links(reply.get("data"), web_url)
    lines += [
        LINK_LINE.format(title=link.title, url=link.url) for link in links if not _public(link.url)
    ]
    links = [link for link in links if _public(link.url)]
    text = "\n".join(part for part in (text, *lines) if part)
    keyboard = _keyboard(reply.get("buttons") or [], outbox_id, links)
    if keyboard is not None and not text and photo is None:
        text = CHOOSE
    parts = [] if photo is None else [Part(photo=photo)]
    parts += [Part(text=piece) for piece in split_text(text)]
    if parts and keyboard is not None:
        parts[-1] = Part(parts[-1].text, parts[-1].photo, keyboard)
    return parts


def split_text(text: str, limit: int = MAX_TEXT) -> list[str]:
    """Cut ``text`` into pieces of at most ``limit`` (≥ 2) UTF-16 units, at line or sentence ends.

    No piece is empty, and nothing but white space at the cuts is left out.
    """
    return [piece for piece in _pieces(text.strip(), limit) if piece]


def _pieces(rest: str, limit: int) -> Iterator[str]:
    while rest:
        longest = _fitting(rest, limit)
        cut = longest if longest == len(rest) else _best_cut(rest, longest)
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of ``text`` fit into ``limit`` UTF-16 units."""
    units = 0
    for number, letter in enumerate(text[:limit]):
        units += 2 if ord(letter) > 0xFFFF else 1
        if units > limit:
            return number
    return min(len(text), limit)


def _best_cut(text: str, longest: int) -> int:
    for ends in _CUTS:
        # A cut in the first half would leave a scrap of a message behind.
        found = [m.end() for m in ends.finditer(text, longest // 2, longest)]
        if found:
            return found[-1]
    return longest


def _keyboard(
    buttons: list[Button], outbox_id: int, links: list[Link]
) -> InlineKeyboardMarkup | None:
    titles = {link.title for link in links}
    rows = [[InlineKeyboardButton(link.title, url=link.url)] for link in links]
    rows += [
        [InlineKeyboardButton(button["title"], callback_data=reference(outbox_id, number))]
        for number, button in enumerate(buttons[:MAX_BUTTONS])
        if button["title"].strip() and button["title"] not in titles
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def _links(data: Any, web_url: str) -> list[Link]:
    """Return the pages that a reply's data leads to."""
    if not isinstance(data, dict):
        return []
    citations = data.get("citations")
    pages = {
        READ_SOURCE: citations[0].get("url") if citations else None,
        CALENDAR: data.get("calendar"),
        VISIT: data.get("link"),
        HALLS_PAGE: data.get("page"),
    }
    return [
        Link(title, _short(absolute(str(page), web_url))) for title, page in pages.items() if page
    ]


def _short(link: str) -> str:
    """Return a link that is not too long: without its quote, the anchor still opens the place."""
    return link if len(link) <= MAX_LINK else urlunsplit(urlsplit(link)._replace(query=""))


def _photo(image: Any) -> tuple[str | bytes | None, list[str]]:
    """Return what to send as a photo, or else a line that links to it."""
    if not image:
        return None, []
    if str(image).startswith("data:"):
        return _inline_image(str(image)), []
    if str(image).startswith("/") or _public(str(image)):
        return str(image), []
    return None, [IMAGE_LINE.format(url=image)]


def _inline_image(image: str) -> bytes | None:
    head, _, content = image.partition(",")
    if not head.endswith(";base64"):
        return None
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        return None


def absolute(url: str, web_url: str) -> str:
    """Return an address that may be a path of ours as one that opens anywhere."""
    return web_url + url if url.startswith("/") else url


def _public(url: str) -> bool:
    """Tell whether Telegram takes this address: https on a host with a dotted name."""
    parts = urlsplit(url)
    return parts.scheme == "https" and "." in (parts.hostname or "") and url.isascii()
