"""Reading the pictures of our own pages, for messengers that cannot open them by themselves."""

import base64
import binascii
from collections.abc import Awaitable, Callable

import httpx
import structlog
from fastapi import FastAPI

log = structlog.get_logger(__name__)

Pictures = Callable[[str], Awaitable[bytes | None]]
"""Gives the picture at a path of ours, None where there is none to be had."""


def pictures_of(app: FastAPI, address: str) -> Pictures:
    """Return what reads pictures of ``app`` as a browser at ``address`` would get them.

    No network lies in between: this works while the server is not yet open, and whatever
    stands in front of it.
    """
    inside = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=inside, base_url=address)

    async def picture(path: str) -> bytes | None:
        answer = await client.get(path)
        kind = answer.headers.get("content-type", "")
        if answer.status_code != httpx.codes.OK or not kind.startswith("image/"):
            log.warning("no picture", path=path, status=answer.status_code)
            return None
        return answer.content

    return picture


async def picture_of(image: str, pictures: Pictures) -> bytes | None:
    """Return a picture's bytes: of a path of ours, or written in its address."""
    if image.startswith("/"):
        return await pictures(image)
    head, _, content = image.partition(",")
    if not head.startswith("data:image/") or not head.endswith(";base64"):
        return None
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        return None
