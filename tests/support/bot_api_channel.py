"""A Telegram channel on the stand-in server and a real database, for tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from fastapi import FastAPI
from sqlalchemy import insert, select

from actions.dialogue.turn import Reply
from bot.channels.pictures import pictures_of
from bot.channels.protocol import Scenes, nowhere
from bot.channels.telegram.channel import Accept, TelegramChannel
from bot.channels.telegram.pace import Pace
from bot.messaging.intake import Accepted
from bot.messaging.messages import Delivery, Incoming, Outgoing
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.support.bot_api import BotApi
from tests.support.messaging import take_in

T = TypeVar("T")

IMPATIENT = Pace(first=0.02, ceiling=0.1, slow=0.2)


def settings_for(api: BotApi, **more: Any) -> Settings:
    """Return settings that point at the stand-in and read no ``.env``."""
    values = {"telegram_token": api.token, "telegram_api_base": api.url, **more}
    return Settings(_env_file=None, **values)


def storing(database: Database) -> Accept:
    """Return an ``accept`` that stores in the real inbox, as messaging does."""

    async def store(incoming: Incoming) -> Accepted:
        return await database.run(take_in, database, incoming)

    return store


def make_channel(
    api: BotApi,
    database: Database,
    accept: Accept | None = None,
    *,
    pages: FastAPI | None = None,
    scenes: Scenes = nowhere,
    **more: Any,
) -> TelegramChannel:
    """Return a channel that does not wait long; ``pages`` are ours, ``more`` are settings."""
    settings = settings_for(api, **more)
    return TelegramChannel(
        settings,
        database,
        accept or storing(database),
        pictures=pictures_of(pages or FastAPI(), settings.web_url),
        pace=IMPATIENT,
        scenes=scenes,
    )


@asynccontextmanager
async def running(
    api: BotApi, database: Database, accept: Accept | None = None, **more: Any
) -> AsyncIterator[TelegramChannel]:
    """Start a channel; stop it at the end."""
    channel = make_channel(api, database, accept, **more)
    await channel.start()
    try:
        yield channel
    finally:
        await channel.stop()


async def until(api: BotApi, what: Callable[[], T]) -> T:
    """Wait in a thread, so that the channel goes on, until ``what()`` is truthy."""
    return await asyncio.to_thread(api.wait_for, what)


async def all_confirmed(api: BotApi) -> None:
    """Wait until the bot has confirmed every update."""
    await until(api, lambda: not api.unconfirmed)


def inbox_rows(database: Database) -> list[InboxMessage]:
    """Return everything accepted, oldest first."""
    with database.read() as session:
        return list(session.scalars(select(InboxMessage).order_by(InboxMessage.id)))


def outbox_states(database: Database) -> list[str]:
    """Return the status of every reply, oldest first."""
    with database.read() as session:
        return list(session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)))


def delivery(peer: str, outbox_id: int, reply: Reply, answers: int | None = None) -> Delivery:
    """Return one reply as the outbox hands it over."""
    return Delivery(peer, (Outgoing(outbox_id, reply, answers),))


def put_reply(database: Database, chat_id: int, reply: Reply) -> int:
    """Store a reply in the outbox, as the dispatcher does; return its id."""
    now, conversation = utc_now(), f"telegram:{chat_id}"
    with database.write() as session:
        if session.get(Conversation, conversation) is None:
            session.add(
                Conversation(
                    id=conversation, channel="telegram", mode="bot", created_at=now, active_at=now
                )
            )
            session.flush()
        outbox_id = session.execute(
            insert(OutboxMessage)
            .values(
                conversation_id=conversation,
                author="bot",
                body=reply,
                status="pending",
                attempts=0,
                next_attempt_at=now,
                created_at=now,
            )
            .returning(OutboxMessage.id)
        ).scalar_one()
        session.commit()
    return outbox_id
