"""From what replies say to the messages of 微信客服; pure.

A link in a text has no title: pages are lines of a menu.
"""

from typing import Any

from bot.channels.callbacks.wording import CHOOSE, PICTURE, Link, Worded, absolute, cut, size

MAX_TEXT, MAX_HEAD, MAX_TITLE, MAX_URL = 2048, 1024, 128, 2048
MOST_CHOICES = 10

Body = dict[str, Any]


def laid_out(said: Worded, web_url: str, read_on: str, *, room: int) -> list[Body]:
    """Return at most ``room`` ≥ 1 messages: a menu, before it the words where they are long."""
    links = [*said.links]
    links += [
        Link(PICTURE, absolute(picture, web_url))
        for picture in said.pictures
        if not picture.startswith("data:")
    ]
    links = [link for link in links if size(link.url) <= MAX_URL]
    if not links and not said.choices:
        return [text(fitted(said.text, MAX_TEXT, read_on))]
    if size(said.text) <= MAX_HEAD:
        return [menu(said.text, said, links)]
    if room > 1:
        return [text(fitted(said.text, MAX_TEXT, read_on)), menu(CHOOSE, said, links)]
    head = cut(said.text, MAX_HEAD)
    return [menu(head, said, [Link("看全文", read_on), *links])]


def fitted(words: str, room: int, read_on: str) -> str:
    """Return words that fit, the rest behind an address."""
    if size(words) <= room:
        return words
    rest = f"\n……\n全文：{read_on}"
    return cut(words, room - size(rest)) + rest


def text(content: str) -> Body:
    """Return a text message."""
    return {"msgtype": "text", "text": {"content": content}}


def menu(head: str, said: Worded, links: list[Link]) -> Body:
    """Return a menu message: pages first, then choices, ten lines at most."""
    views = [
        {"type": "view", "view": {"url": link.url, "content": cut(link.title, MAX_TITLE)}}
        for link in links[: max(1, MOST_CHOICES - len(said.choices))]
    ]
    clicks = [
        {"type": "click", "click": {"id": each.reference, "content": cut(each.title, MAX_TITLE)}}
        for each in said.choices
    ]
    lines = [*views, *clicks][:MOST_CHOICES]
    return {"msgtype": "msgmenu", "msgmenu": {"head_content": head or CHOOSE, "list": lines}}
