"""The answer in a callback's own response: one message in XML; pure."""

from collections.abc import Sequence
from urllib.parse import quote

from bot.channels.callbacks.wording import (
    PICTURE,
    Choice,
    Link,
    Worded,
    absolute,
    cut,
    shortened,
    size,
    word,
)
from bot.messaging.messages import Outgoing

MAX_BYTES = 2048
MOST_CHOICES = 10
LEAST_WORDS = 600
"""Bytes of words that choices leave room for, whatever."""


def content(rows: Sequence[Outgoing], web_url: str, read_on: str) -> str:
    """Return what replies say in one text; ``read_on`` is the page of the whole.

    What can be chosen are words to tap, which come back as a message with the choice's name.
    """
    said = word(rows, web_url, most_choices=MOST_CHOICES)
    return laid_out(said, web_url, read_on)


def laid_out(said: Worded, web_url: str, read_on: str) -> str:
    """Return words, pages and choices in at most ``MAX_BYTES``; choices that do not fit go last."""
    links = [*said.links]
    links += [
        Link(PICTURE, absolute(picture, web_url))
        for picture in said.pictures
        if not picture.startswith("data:")
    ]
    below = [anchor(link) for link in links]
    below += [tappable(choice) for choice in said.choices]
    room = MAX_BYTES - LEAST_WORDS
    kept: list[str] = []
    for line in below:
        if size("\n".join([*kept, line])) < room:
            kept.append(line)
    tail = "".join(f"\n{line}" for line in kept)
    return shortened(said.text, MAX_BYTES - size(tail), read_on, anchor) + tail


def anchor(link: Link) -> str:
    """Return a page's title as words that open it."""
    url = quote(link.url, safe=":/?#[]@!$&'()*+,;=%~-._")
    return f'<a href="{url}">{_words(link.title)}</a>'


def tappable(choice: Choice) -> str:
    """Return a choice as words that, tapped, say it."""
    title = _words(choice.title).replace("%", "％").replace("&", "＆")
    query = f"msgmenucontent={title}&msgmenuid={choice.reference}"
    return f'<a href="weixin://bizmsgmenu?{query}">{_words(choice.title)}</a>'


def _words(text: str) -> str:
    """Return a title with what would end it, or its address, as its full-width twin."""
    return text.replace("<", "＜").replace(">", "＞").replace('"', "＂")


def text_message(to: str, sender: str, created: int, text: str) -> bytes:
    """Return a text message in clear, as the platform reads it."""
    return (
        f"<xml><ToUserName>{cdata(to)}</ToUserName><FromUserName>{cdata(sender)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType>{cdata('text')}</MsgType>"
        f"<Content>{cdata(cut(text, MAX_BYTES))}</Content></xml>"
    ).encode(errors="replace")


def sealed_message(sealed: str, signature: str, timestamp: str, nonce: str) -> bytes:
    """Return an answer in its envelope."""
    return (
        f"<xml><Encrypt>{cdata(sealed)}</Encrypt><MsgSignature>{cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{cdata(nonce)}</Nonce></xml>"
    ).encode()


def cdata(text: str) -> str:
    """Return a text as a section that markup in it does not end."""
    clean = "".join(letter for letter in text if letter in "\t\n\r" or letter >= " ")
    return f"<![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]>"
