"""What the figures say of the windows' upkeep."""

from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import health
from bot.messaging.scheduler import UpkeepWorker
from bot.messaging.service import Messaging
from store.database import Database
from store.settings import Settings
from tests.database.messaging.test_scheduler import EVE, NOW, confirmed, person, words


async def test_what_became_of_notices_is_counted(sqlite_database: Database) -> None:
    confirmed(sqlite_database, person(sqlite_database, "a"))
    messaging = Messaging(sqlite_database, Settings(_env_file=None))
    upkeep = UpkeepWorker(sqlite_database, words, messaging.told)
    app = FastAPI()
    app.include_router(health.router(messaging, upkeep, sqlite_database))
    client = TestClient(app)
    assert "zhida_swept" not in client.get("/metrics").text
    await upkeep.sweep(NOW)
    await upkeep.tell(EVE)
    figures = client.get("/metrics").text
    assert 'zhida_notices_total{kind="reminder_day",outcome="told"} 1.0' in figures
    assert "zhida_bookings_lapsed_total 0.0" in figures
    swept = datetime.fromtimestamp(
        float(figures.split("\nzhida_swept_timestamp_seconds ")[1].split()[0]), UTC
    )
    assert swept == NOW
    await messaging.rasa.close()
