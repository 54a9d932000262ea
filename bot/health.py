"""Whether we live, whether we can answer, and how much we have answered."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import generate_latest
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.messaging.scheduler import UpkeepWorker
from bot.messaging.service import Messaging
from bot.messaging.tables import InboxMessage, OutboxMessage
from store.database import Database
from store.migrate import is_current


def _database_ready(database: Database) -> bool:
    try:
        return is_current(database)
    except SQLAlchemyError:
        return False


def _backlog(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            name: session.scalars(
                select(func.count()).select_from(table).where(table.status == "pending")
            ).one()
            for name, table in (("inbox", InboxMessage), ("outbox", OutboxMessage))
        }


def _count_upkeep(registry: CollectorRegistry, upkeep: UpkeepWorker) -> None:
    """Add what became of notices and holds, and when somebody last looked after them."""
    notices = Counter(
        "zhida_notices", "Notices that were due", ["kind", "outcome"], registry=registry
    )
    for (kind, outcome), count in upkeep.notices.items():
        notices.labels(kind, outcome).inc(count)
    lapsed = Counter("zhida_bookings_lapsed", "Holds and visits that lapsed", registry=registry)
    lapsed.inc(upkeep.lapsed)
    offered = Counter(
        "zhida_seats_offered", "Free seats offered to the waiting list", registry=registry
    )
    offered.inc(upkeep.offered)
    if upkeep.swept_at is not None:
        swept = Gauge("zhida_swept_timestamp_seconds", "Last look for lapses", registry=registry)
        swept.set(upkeep.swept_at.timestamp())


def router(messaging: Messaging, upkeep: UpkeepWorker, database: Database) -> APIRouter:
    """Return ``/healthz``, ``/readyz`` and ``/metrics``."""
    routes = APIRouter()

    @routes.get("/healthz")
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n")

    @routes.get("/readyz")
    async def readyz() -> JSONResponse:
        parts = {
            "database": await database.run(_database_ready, database),
            "rasa": await messaging.rasa.rasa_up(),
            "actions": await messaging.rasa.actions_up(),
        }
        return JSONResponse(parts, 200 if all(parts.values()) else 503)

    @routes.get("/metrics")
    async def metrics() -> Response:
        registry = CollectorRegistry()
        answered = Counter(
            "zhida_messages_answered", "Messages answered", ["channel"], registry=registry
        )
        for channel, count in messaging.answered.items():
            answered.labels(channel).inc(count)
        backlog = Gauge(
            "zhida_backlog", "Messages not yet answered or sent", ["box"], registry=registry
        )
        for box, count in (await database.run(_backlog, database)).items():
            backlog.labels(box).set(count)
        _count_upkeep(registry, upkeep)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return routes
