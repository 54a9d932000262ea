"""A folder as ``zhida up`` leaves it: a seeded database and the index of the digests."""

import shutil
from datetime import datetime
from pathlib import Path

from actions.demo import seed_demo
from knowledge.index.builder import rebuild_index
from knowledge.ingest import ensure_digests
from store.database import Database
from store.settings import Settings


def seed(folder: Path, template: Path, *, now: datetime) -> None:
    """Fill ``folder``; ``template`` is a migrated, empty SQLite file."""
    shutil.copy(template, folder / "zhida.db")
    settings = Settings(_env_file=None, var_dir=folder)
    database = Database(settings.database)
    seed_demo(database, now=now)
    ensure_digests(database, settings, now=now)
    rebuild_index(database, settings)
    database.close()
