"""``/api/belongings``: what a person would lose sight of when a device forgets the conversation."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Depends

from actions.dialogue.services import Services
from actions.features import FEATURES
from bot import contract
from bot.channels.web.bearer import NamedConversation, answers_to_reader, not_in_query
from store.clock import utc_now
from store.database import Database
from store.settings import Settings

CHANNEL = "web"


def add_belongings(public: APIRouter, database: Database, settings: Settings) -> None:
    """Add ``/api/belongings``: who knows the conversation's id may read all of it anyway."""
    services = Services(database, settings, FEATURES)

    @public.get(
        "/api/belongings",
        dependencies=[Depends(not_in_query)],
        responses=answers_to_reader(
            contract.body(contract.BelongingsOut, "What is not over: codes and links")
        ),
    )
    async def belongings(conversation: NamedConversation) -> dict[str, Any]:
        found = await database.run(_found, f"{CHANNEL}:{conversation}", services, utc_now())
        return {"belongings": found}


def _found(conversation: str, services: Services, now: datetime) -> list[dict[str, Any]]:
    kept = (feature.belongings for feature in FEATURES if feature.belongings is not None)
    return [asdict(each) for find in kept for each in find(conversation, services, now)]
