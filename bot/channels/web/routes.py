"""``/api/messages``: say something, and read what was said."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

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
from bot.channels.web.visitors import Visitors
from bot.errors import ApiError
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings

_bearer = HTTPBearer(
    scheme_name="conversation",
    description="The conversation's id, in UTF-8: whoever knows it is that person.",
    auto_error=False,
)


_READING = contract.answers(
    contract.body(contract.HistoryOut, "What was said, or is new since ``after``"), 401, 422
)
_READING[401]["headers"] = contract.CHALLENGE


def _not_in_query(request: Request) -> None:
    """Raise ApiError where an id stands in the address, which others write down."""
    if "conversation" in request.query_params:
        raise ApiError(400, "conversation_in_query", "conversation")


def _conversation(
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str:
    if given is None:
        raise ApiError(401, "no_conversation", more={"WWW-Authenticate": "Bearer"})
    # Starlette reads headers as Latin-1.
    conversation = given.credentials.encode("latin-1").decode(errors="replace")
    check_conversation(conversation)
    check_unguessable(conversation)
    return conversation


def router(
    messaging: Messaging, database: Database, settings: Settings, *, channel: str
) -> APIRouter:
    """Return the routes of the chat page and of the terminal."""
    visitors = Visitors(messaging, settings)
    routes = APIRouter(prefix="/api", dependencies=[Depends(_not_in_query)])

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

    @routes.get("/messages", responses=_READING)
    async def get_messages(
        conversation: Annotated[str, Depends(_conversation)],
        after: int | None = Query(None, ge=0, le=LARGEST_ID),
        wait: float = Query(0, ge=0, le=MAX_WAIT_SECONDS),
    ) -> dict[str, Any]:
        return await history(messaging, database, f"{channel}:{conversation}", after, wait)

    return routes
