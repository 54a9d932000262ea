"""Who reads: the conversation's id, in a header; addresses are written down in many places."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bot import contract
from bot.channels.http_chat import check_conversation, check_unguessable
from bot.errors import ApiError

_bearer = HTTPBearer(
    scheme_name="conversation",
    description="The conversation's id, in UTF-8: whoever knows it is that person.",
    auto_error=False,
)


def not_in_query(request: Request) -> None:
    """Raise ApiError where an id stands in the address."""
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


NamedConversation = Annotated[str, Depends(_conversation)]
"""The id that a request brings in its header."""


def answers_to_reader(good: dict[str, Any]) -> contract.Responses:
    """Return what a route that a conversation reads may answer, ``good`` among it."""
    responses = contract.answers(good, 401, 422)
    responses[401]["headers"] = contract.CHALLENGE
    return responses
