"""From replies to one message in words, as a messenger without buttons under them shows it; pure.

Bytes are counted, not characters: three to a Chinese one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messaging.channels.choices import reference
from bot.messaging.messages import Outgoing

READ_SOURCE, CALENDAR = "看原文", "加入日历"
VISIT, HALLS_PAGE = "查看、改约或取消", "看各大厅人流"
CHOOSE, READ_ON, PICTURE = "请选择：", "……\n没放下的在这里", "看图片"
_ENDS = re.compile(r"\n|[。！？；!?;]")


@dataclass(frozen=True)
class Choice:
    """Something to choose; ``reference`` names its button when it comes back."""

    title: str
    reference: str


@dataclass(frozen=True)
class Link:
    """A page that a reply leads to."""

    title: str
    url: str


@dataclass(frozen=True)
class Worded:
    """What one message says: words, then pages, then choices; ``pictures`` are addresses."""

    text: str
    links: tuple[Link, ...] = ()
    choices: tuple[Choice, ...] = ()
    pictures: tuple[str, ...] = ()


def word(rows: Sequence[Outgoing], web_url: str, *, most_choices: int) -> Worded:
    """Return what replies say together; of choices with one title the last counts."""
    texts = [text for row in rows if (text := str(row.reply.get("text") or "").strip())]
    choices: dict[str, Choice] = {}
    links: dict[str, Link] = {}
    for row in rows:
        for link in _links(row.reply.get("data"), web_url):
            links[link.url] = link
        for number, button in enumerate(row.reply.get("buttons") or []):
            title = button["title"].strip()
            if title:
                choices.pop(title, None)
                choices[title] = Choice(title, reference(row.id, number))
    known = {link.title for link in links.values()}
    wanted = [choice for choice in choices.values() if choice.title not in known]
    pictures = tuple(str(row.reply["image"]) for row in rows if row.reply.get("image"))
    text = "\n\n".join(texts) or (CHOOSE if wanted else "")
    return Worded(text, tuple(links.values()), tuple(wanted[-most_choices:]), pictures)


def size(text: str) -> int:
    """Return how many bytes a text takes."""
    return len(text.encode(errors="replace"))


def cut(text: str, room: int) -> str:
    """Return the beginning of ``text`` in at most ``room`` bytes, to the end of a sentence."""
    content = text.encode(errors="replace")
    if len(content) <= room:
        return text
    kept = content[: max(room, 0)].decode(errors="ignore")
    ends = [match.end() for match in _ENDS.finditer(kept, len(kept) // 2)]
    return kept[: ends[-1]].rstrip() if ends else kept


def shortened(text: str, room: int, url: str, show: Callable[[Link], str]) -> str:
    """Return a text that fits into ``room`` bytes; what is left out is read at ``url``."""
    if size(text) <= room:
        return text
    rest = "\n" + show(Link(READ_ON, url))
    return cut(text, room - size(rest)) + rest


def _links(data: Any, web_url: str) -> list[Link]:
    if not isinstance(data, dict):
        return []
    citations = data.get("citations")
    pages = {
        READ_SOURCE: citations[0].get("url") if citations else None,
        CALENDAR: data.get("calendar"),
        VISIT: data.get("link"),
        HALLS_PAGE: data.get("page"),
    }
    return [Link(title, absolute(str(page), web_url)) for title, page in pages.items() if page]


def absolute(url: str, web_url: str) -> str:
    """Return an address that may be a path of ours as one that opens anywhere."""
    return web_url + url if url.startswith("/") else url


def numbered(choices: Sequence[Choice]) -> str:
    """Return choices a line each, to be answered by their number."""
    return "\n".join(f"{number}. {choice.title}" for number, choice in enumerate(choices, 1))
