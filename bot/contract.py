"""The HTTP contract in OpenAPI's terms: what every answer looks like, whatever its status.

``docs/openapi.json`` is made of it; a test holds the file to the routes, and the routes to the
file.
"""

from typing import Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from bot.errors import SENTENCES

Responses = dict[int | str, dict[str, Any]]

REASONS = {
    400: "Malformed, or under a name that is not ours",
    401: "Not signed, or no conversation named",
    403: "Not for you",
    404: "Not there, or closed",
    413: "Too large",
    422: "A field is not what it may be",
    429: "Too much or too fast",
    500: "A fault of ours",
    503: "The database is away",
}
ALWAYS = (400, 429, 500, 503)
"""What any route may answer."""
PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
RETRY_AFTER: dict[str, Any] = {
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer", "minimum": 1}}
}
CHALLENGE: dict[str, Any] = {"WWW-Authenticate": {"schema": {"const": "Bearer", "type": "string"}}}

Danger = Literal["self_harm", "threat", "violence", "coercion", "fraud", "abuse", "destitution"]
"""What a person may be in danger of (DESIGN section 4)."""


class _Exact(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ErrorOut(_Exact):
    """What went wrong: a stable code, a sentence for a person, the field it is about."""

    code: str = Field(json_schema_extra={"enum": list[JsonValue](sorted(SENTENCES))})
    message: str
    field: str | None


class Problem(_Exact):
    """The body of every error."""

    error: ErrorOut


class ButtonOut(_Exact):
    """A choice under a reply; ``payload`` is sent back when it is pressed."""

    title: str
    payload: str


class ReplyOut(_Exact):
    """A reply; ``data`` is a card (docs/cards.schema.json)."""

    id: int
    text: str
    buttons: list[ButtonOut]
    image: str | None
    data: dict[str, Any] | None


class BelongingOut(_Exact):
    """What a person must find again on another device."""

    title: str
    code: str
    link: str | None


class BelongingsOut(_Exact):
    """What a conversation has that is not over."""

    belongings: list[BelongingOut]


class NluOut(BaseModel):
    """What was understood; ``danger`` is of which kind the words speak, if of any."""

    model_config = ConfigDict(extra="allow")

    intent: str | None
    confidence: float
    entities: list[dict[str, Any]]
    danger: Danger | None = None


class AnswerOut(_Exact):
    """What a message is answered with."""

    conversation: str
    message_id: str
    replies: list[ReplyOut]
    nlu: NluOut
    mode: Literal["bot", "staff"]


class LineOut(_Exact):
    """One thing said in a conversation."""

    id: int | None
    author: Literal["user", "bot", "notice", "staff"]
    text: str
    buttons: list[ButtonOut]
    image: str | None
    data: dict[str, Any] | None
    at: str = Field(json_schema_extra={"format": "date-time"})
    message_id: str | None
    status: Literal["pending", "done", "failed"] | None
    staff_name: str | None


class HistoryOut(_Exact):
    """A conversation, or what is new in it; ``next`` is what to ask with as ``after``."""

    conversation: str
    mode: Literal["bot", "staff"]
    messages: list[LineOut]
    next: int


class BridgeReplyOut(_Exact):
    """A reply as the bridge's second door gives it; a button's payload names it."""

    id: int
    text: str
    buttons: list[ButtonOut]
    image: str | None


class BridgeAnswerOut(_Exact):
    """What is there; ``pending`` where the answer is still to come, by push or by a GET."""

    replies: list[BridgeReplyOut]
    next: int
    pending: bool
    mode: Literal["bot", "staff"]


class NotedOut(_Exact):
    """That something was taken down."""

    noted: bool


class Readiness(_Exact):
    """Which parts can do their work."""

    database: bool
    rasa: bool
    actions: bool


def answers(good: Any, *refusals: int) -> Responses:
    """Return the responses of a route: ``good`` at 200, and the errors it may give."""
    found: Responses = {200: good}
    for status in sorted({*ALWAYS, *refusals}):
        found[status] = {"description": REASONS[status], "content": PROBLEM}
    found[429]["headers"] = RETRY_AFTER
    return found


def body(model: type[BaseModel], description: str) -> dict[str, Any]:
    """Return a response with a JSON body."""
    return {"model": model, "description": description}


def content(media_type: str, description: str) -> dict[str, Any]:
    """Return a response that is no JSON."""
    kind = {"type": "string"} | ({} if media_type.startswith("text/") else {"format": "binary"})
    return {"content": {media_type: {"schema": kind}}, "description": description}


def page(*missing: int) -> Responses:
    """Return the responses of a public page; those ``missing`` are pages, too."""
    html = content("text/html", "A page")
    return {**answers(html), **dict.fromkeys(missing, html)}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description of an application of ours."""
    described = app.openapi()
    schemas = described["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    # FastAPI's own form of an invalid field, which no answer of ours has.
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for operations in described["paths"].values():
        for operation in operations.values():
            if "HTTPValidationError" in str(operation["responses"].get("422")):
                del operation["responses"]["422"]
    described["info"] = {"title": "Zhida", "version": "1"}
    return described
