"""``/api/messages``: say something, and read what was said."""

from typing import Any

from fastapi import APIRouter, Query

from actions.dialogue.values import LARGEST_ID
from bot.channels.http_chat import (
    MAX_WAIT_SECONDS,
    MessageIn,
    check_conversation,
    converse,
    history,
)
from bot.messaging.service import Messaging
from store.database import Database


def router(
    messaging: Messaging, database: Database, *, channel: str, reply_wait: float
) -> APIRouter:
    """Return the routes of the chat page and of the terminal.

    ``reply_wait`` is how many seconds a message waits for its answer.
    """
    routes = APIRouter(prefix="/api")

    @routes.post("/messages")
    async def post_message(message: MessageIn) -> dict[str, Any]:
        return await converse(messaging, database, message, channel=channel, wait=reply_wait)

    @routes.get("/messages")
    async def get_messages(
        conversation: str = Query(min_length=1),
        after: int | None = Query(None, ge=0, le=LARGEST_ID),
        wait: float = Query(0, ge=0, le=MAX_WAIT_SECONDS),
    ) -> dict[str, Any]:
        check_conversation(conversation)
        return await history(messaging, database, f"{channel}:{conversation}", after, wait)

    return routes
