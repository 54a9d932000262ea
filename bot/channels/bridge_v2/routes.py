"""``/channels/bridge/v2``: messages, what an account can do, receipts, replies to be fetched."""

import time
from datetime import timedelta
from typing import Any, TypeVar

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from actions.dialogue.values import LARGEST_ID
from bot import contract
from bot.channels.bridge_v2 import accounts
from bot.channels.bridge_v2.arrivals import NAME, Arrivals, peer_of
from bot.channels.bridge_v2.models import CapabilitiesIn, MessageIn, ReceiptIn
from bot.channels.bridge_v2.sending import HELD, LOST
from bot.channels.bridge_v2.shape import shape
from bot.channels.bridge_v2.signature import HEADERS, Door
from bot.channels.http_chat import MAX_WAIT_SECONDS, check_conversation
from bot.channels.protocol import Surroundings
from bot.errors import ApiError, too_many
from bot.messaging.channels import allowance, elsewhere
from bot.messaging.channels.reading import reading_path
from bot.messaging.messages import Outgoing, TooManyWaiting
from bot.messaging.tables import OutboxMessage
from bot.messaging.transcripts import mode_of
from store.clock import utc_now
from store.database import Database

PATH = "/channels/bridge/v2"
M = TypeVar("M", bound=BaseModel)

SIGNED = [
    {"name": name, "in": "header", "required": True, "schema": {"type": "string"}}
    for name in HEADERS
]


def _taking(model: type[BaseModel], answer: type[BaseModel], says: str) -> dict[str, Any]:
    content = {"application/json": {"schema": model.model_json_schema()}}
    return {
        "responses": contract.answers(contract.body(answer, says), 401, 404, 413, 422),
        "openapi_extra": {
            "parameters": SIGNED,
            "requestBody": {"required": True, "content": content},
        },
    }


async def _signed(request: Request, door: Door) -> tuple[str, bytes]:
    content = await request.body()
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    account = door.admit(request.headers, request.method, path, content, time.time())
    return account, content


def _read(model: type[M], content: bytes) -> M:
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise ApiError(400, "malformed_json") from error
        raise ApiError(422, "invalid_field", ".".join(map(str, first["loc"])) or None) from error


def router(at: Surroundings) -> APIRouter:
    """Return the routes; closed while no secret is set."""
    routes = APIRouter()
    door, arrivals = Door(at.settings), Arrivals(at)

    @routes.post(PATH, **_taking(MessageIn, contract.BridgeAnswerOut, "The answer"))
    async def post_message(request: Request) -> dict[str, Any]:
        account, content = await _signed(request, door)
        return await _converse(at, arrivals, account, _read(MessageIn, content))

    @routes.post(
        f"{PATH}/capabilities", **_taking(CapabilitiesIn, contract.NotedOut, "It is noted")
    )
    async def post_capabilities(request: Request) -> dict[str, Any]:
        account, content = await _signed(request, door)
        said = _read(CapabilitiesIn, content)
        await at.database.run(accounts.keep, at.database, account, said)
        return {"noted": True}

    @routes.post(f"{PATH}/receipts", **_taking(ReceiptIn, contract.NotedOut, "It is noted"))
    async def post_receipt(request: Request) -> dict[str, Any]:
        account, content = await _signed(request, door)
        await at.database.run(_note, at.database, account, _read(ReceiptIn, content))
        return {"noted": True}

    @routes.get(
        PATH,
        responses=contract.answers(
            contract.body(contract.BridgeAnswerOut, "Replies that are new"), 401, 404, 422
        ),
        openapi_extra={"parameters": SIGNED},
    )
    async def get_replies(
        request: Request,
        user: str = Query(min_length=1),
        after: int = Query(0, ge=0, le=LARGEST_ID),
        wait: float = Query(0, ge=0, le=MAX_WAIT_SECONDS),
    ) -> dict[str, Any]:
        account, _ = await _signed(request, door)
        check_conversation(user, "user")
        return await _replies(at, account, user, after, wait)

    return routes


async def _converse(
    at: Surroundings, arrivals: Arrivals, account: str, message: MessageIn
) -> dict[str, Any]:
    can = await at.database.run(accounts.of, at.database, account)
    arrived = await arrivals.read(account, message, can)
    if arrived is None:
        if message.kind == "button":
            raise ApiError(422, "bad_payload", "payload")
        if message.kind == "text":
            raise ApiError(422, "empty_text", "text")
        conversation = f"{NAME}:{peer_of(account, message.user)}"
        return await _shaped(at, conversation, can, (), after=0, pending=False)
    try:
        accepted = await at.messaging.accept(arrived)
    except TooManyWaiting as error:
        raise too_many("too_many_messages", error.seconds) from error
    rows = await at.messaging.carry(accepted, arrived)
    return await _shaped(at, arrived.conversation_id, can, rows, after=0, pending=not rows)


async def _replies(
    at: Surroundings, account: str, user: str, after: int, wait: float
) -> dict[str, Any]:
    can = await at.database.run(accounts.of, at.database, account)
    conversation = f"{NAME}:{peer_of(account, user)}"
    lines = await at.messaging.news.after(conversation, after, wait=wait)
    rows = [
        Outgoing(line.id, {**line.reply, "text": line.text})
        for line in lines
        if line.reply is not None and line.status not in ("dead", "held")
    ]
    return await _shaped(at, conversation, can, rows, after=after, pending=False)


async def _shaped(
    at: Surroundings,
    conversation: str,
    can: CapabilitiesIn,
    rows: Any,
    *,
    after: int,
    pending: bool,
) -> dict[str, Any]:
    web_url = at.settings.web_url
    mode = await at.database.run(mode_of, at.database, conversation)
    return {
        "replies": [
            shape(row, can, web_url, web_url + reading_path(at.settings, (row,))) for row in rows
        ],
        "next": max((row.id for row in rows), default=after),
        "pending": pending and mode != "staff",
        "mode": mode or "bot",
    }


def _note(database: Database, account: str, receipt: ReceiptIn) -> None:
    """Write down what became of a reply; what may come again is held, or tried later."""
    if receipt.status == "sent":
        return
    lost = receipt.code if receipt.code in LOST else None
    keeps = receipt.status == "retry" or receipt.code in HELD | LOST
    with database.write() as session:
        conversation = _told_in(session, account, receipt)
        closes = receipt.status != "retry"
        elsewhere.failed(
            session, conversation, receipt.reply_id, keeps=keeps, lost=lost, closes=closes
        )
        if receipt.status == "retry":
            later = utc_now() + timedelta(seconds=receipt.retry_after or 0)
            allowance.release(session, conversation, later)
        session.commit()


def _told_in(session: Session, account: str, receipt: ReceiptIn) -> str:
    """Return the conversation of a receipt, one of the account's; else one that is not there."""
    row = None if receipt.user else session.get(OutboxMessage, receipt.reply_id)
    ours = f"{NAME}:{peer_of(account, receipt.user)}"
    return row.conversation_id if row and row.conversation_id.startswith(ours) else ours
