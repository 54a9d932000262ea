"""``/api/messages``: say something, and read what was said."""

from typing import Any

from fastapi import APIRouter, Depends, Query, Request

from actions.dialogue.values import LARGEST_ID
from bot import contract
from bot.channels.http_chat import (
    MAX_WAIT_SECONDS,
    MessageIn,
    check_conversation,
    check_unguessable,
    converse,
    history,
)
from bot.channels.web.bearer import NamedConversation, answers_to_reader, not_in_query
from bot.channels.web.visitors import Visitors
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings


def router(
    messaging: Messaging, database: Database, settings: Settings, *, channel: str
) -> APIRouter:
    """Return the routes of the chat page and of the terminal."""
    visitors = Visitors(messaging, settings)
    routes = APIRouter(prefix="/api", dependencies=[Depends(not_in_query)])

    @routes.post(
        "/messages",
        responses=contract.answers(contract.body(contract.AnswerOut, "The answer"), 413, 422),
    )
    async def post_message(request: Request, message: MessageIn) -> dict[str, Any]:
        check_conversation(message.conversation)
        check_unguessable(message.conversation)
        await visitors.admit(request, f"{channel}:{message.conversation}")
        wait = settings.reply_wait_seconds
        return await converse(messaging, database, message, channel=channel, wait=wait)

    @routes.get(
        "/messages",
        responses=answers_to_reader(
            contract.body(contract.HistoryOut, "What was said, or is new since ``after``")
        ),
    )
    async def get_messages(
        conversation: NamedConversation,
        after: int | None = Query(None, ge=0, le=LARGEST_ID),
        wait: float = Query(0, ge=0, le=MAX_WAIT_SECONDS),
    ) -> dict[str, Any]:
        return await history(messaging, database, f"{channel}:{conversation}", after, wait)

    return routes
