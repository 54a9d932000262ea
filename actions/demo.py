"""Demo data of all rooms, clearly marked, for trying the assistant out."""

from datetime import datetime

from actions.appointments.demo.seed import seed_appointments
from actions.jobs.demo import seed_postings
from store.database import Database


def seed_demo(database: Database, *, now: datetime, seed: int = 20260101) -> None:
    """Seed made-up postings, halls and visits; does nothing twice.

    Each call also tops up the calendar, so that the coming thirty days are open.
    """
    seed_postings(database, now=now, seed=seed)
    seed_appointments(database, now=now, seed=seed)
