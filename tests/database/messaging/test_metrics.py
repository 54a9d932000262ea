"""What the figures say of what is done unasked."""

from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import health
from store.database import Database
from store.settings import Settings
from tests.database.messaging.noticing import EVE, NOW, confirmed, person, scheduler_of, sweep, tell
from tests.support.messaging import messaging_of


async def test_what_became_of_notices_is_counted(sqlite_database: Database) -> None:
    confirmed(sqlite_database, person(sqlite_database, "a"))
    messaging = messaging_of(sqlite_database, Settings(_env_file=None))
    scheduler = scheduler_of(sqlite_database, told=messaging.told)
    app = FastAPI()
    app.include_router(health.router(messaging, scheduler, sqlite_database))
    client = TestClient(app, client=("127.0.0.1", 50_000))
    figures = client.get("/metrics").text
    assert "zhida_swept" not in figures
    assert "zhida_seats_offered_total 0.0" in figures
    await sweep(scheduler, NOW)
    await tell(scheduler, EVE)
    figures = client.get("/metrics").text
    assert 'zhida_notices_total{kind="reminder_day",outcome="told"} 1.0' in figures
    assert "zhida_bookings_lapsed_total 0.0" in figures
    swept = datetime.fromtimestamp(
        float(figures.split("\nzhida_swept_timestamp_seconds ")[1].split()[0]), UTC
    )
    assert swept == NOW
    await messaging.rasa.close()
