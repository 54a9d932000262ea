"""The pages a person opens: the chat and the policy reading pages."""

from typing import TYPE_CHECKING

from store.database import Database
from store.settings import Settings

if TYPE_CHECKING:
    from fastapi import APIRouter


def router(database: Database, settings: Settings) -> "APIRouter":
    """Return the routes ``/``, ``/static/…``, ``/policies`` and ``/policies/{doc_id}``."""
    # Loaded on use: the page's parts are of use without the policy library behind them.
    from bot.web.pages import routes

    return routes(database)
