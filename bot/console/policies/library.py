"""The policy documents as the console lists them: drafts and removed ones, too."""

from functools import lru_cache

from bot.console.services import services
from bot.web.policies.document_cache import DocumentCache
from store.database import Database


def documents() -> DocumentCache:
    """Return the documents of the process's console."""
    return _cache_of(services().database)


@lru_cache(maxsize=1)
def _cache_of(database: Database) -> DocumentCache:
    return DocumentCache(database, everything=True)
