"""Demo data of all features, clearly marked, for trying the assistant out."""

from datetime import datetime

from actions.features import FEATURES
from store.database import Database


def seed_demo(database: Database, *, now: datetime, seed: int = 20260101) -> None:
    """Seed made-up data; does nothing twice.

    Each call also tops up the calendar, so that the coming thirty days are open.
    """
    for feature in FEATURES:
        if feature.demo is not None:
            feature.demo(database, now=now, seed=seed)
