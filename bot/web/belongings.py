"""``/api/belongings``: what a person would lose sight of when a device forgets the conversation."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Query

from actions.dialogue.services import Services
from actions.features import FEATURES
from bot.channels.http_chat import check_conversation
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

CHANNEL = "web"


def add_belongings(public: APIRouter, database: Database, settings: Settings) -> None:
    """Add ``/api/belongings``: who knows the conversation's id may read all of it anyway."""
    services = Services(database, settings, FEATURES.menu)

    @public.get("/api/belongings")
    async def belongings(conversation: str = Query(min_length=1)) -> dict[str, Any]:
        check_conversation(conversation)
        found = await database.run(_found, f"{CHANNEL}:{conversation}", services, utc_now())
        return {"belongings": found}


def _found(conversation: str, services: Services, now: datetime) -> list[dict[str, Any]]:
    kept = (feature.belongings for feature in FEATURES if feature.belongings is not None)
    return [asdict(each) for find in kept for each in find(conversation, services, now)]
