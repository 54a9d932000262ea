"""Whether we live, whether we can answer, and how much we have answered."""

import hmac
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge
from prometheus_client.exposition import generate_latest
from pydantic import SecretStr
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot import contract, headers
from bot.errors import ApiError
from bot.messaging.scheduler import Scheduler
from bot.messaging.service import Messaging
from bot.messaging.tables import InboxMessage, OutboxMessage
from store.database import Database
from store.migrate import is_current


def _database_ready(database: Database) -> bool:
    try:
        return is_current(database)
    except SQLAlchemyError:
        return False


async def _parts(messaging: Messaging, database: Database) -> dict[str, bool]:
    return {
        "database": await database.run(_database_ready, database),
        "rasa": await messaging.rasa.rasa_up(),
        "actions": await messaging.rasa.actions_up(),
    }


def _backlog(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {
            name: session.scalars(
                select(func.count()).select_from(table).where(table.status == "pending")
            ).one()
            for name, table in (("inbox", InboxMessage), ("outbox", OutboxMessage))
        }


def _count_messages(
    registry: CollectorRegistry, messaging: Messaging, backlog: Mapping[str, int]
) -> None:
    """Add how many messages were answered, and how many wait."""
    answered = Counter(
        "zhida_messages_answered", "Messages answered", ["channel"], registry=registry
    )
    for channel, count in messaging.answered.items():
        answered.labels(channel).inc(count)
    waiting = Gauge(
        "zhida_backlog", "Messages not yet answered or sent", ["box"], registry=registry
    )
    for box, count in backlog.items():
        waiting.labels(box).set(count)


def _count_background(registry: CollectorRegistry, scheduler: Scheduler) -> None:
    """Add what became of notices, what the jobs did, and when somebody last did it."""
    notices = Counter(
        "zhida_notices", "Notices that were due", ["kind", "outcome"], registry=registry
    )
    for (kind, outcome), count in scheduler.notices.items():
        notices.labels(kind, outcome).inc(count)
    for metric in dict.fromkeys(metric for job in scheduler.jobs for metric in job.counts):
        done = Counter(metric.name, metric.help, registry=registry)
        done.inc(scheduler.counts[metric.name])
    for job in scheduler.jobs:
        ran = scheduler.last_run.get(job.name)
        if job.last_run is not None and ran is not None:
            last = Gauge(job.last_run.name, job.last_run.help, registry=registry)
            last.set(ran.timestamp())


def _check_reader(request: Request, token: SecretStr | None) -> None:
    """Raise ApiError unless the figures are asked for on this machine, or with the token.

    It is the peer's address that counts: what a header says of it, anybody can write.
    """
    given = request.headers.get("authorization", "")
    wanted = f"Bearer {token.get_secret_value()}" if token is not None else None
    if wanted is not None and hmac.compare_digest(given.encode(), wanted.encode()):
        return
    if request.client is None or not _is_this_machine(request.client.host):
        raise ApiError(403, "metrics_closed")


def _is_this_machine(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def router(
    messaging: Messaging,
    scheduler: Scheduler,
    database: Database,
    metrics_token: SecretStr | None = None,
) -> APIRouter:
    """Return ``/healthz``, ``/readyz`` and ``/metrics``, which is for this machine or a token."""
    routes = APIRouter()

    @routes.get(
        "/healthz",
        response_class=PlainTextResponse,
        responses=contract.answers(contract.content("text/plain", "We live")),
    )
    async def healthz() -> PlainTextResponse:
        return PlainTextResponse("ok\n", headers=headers.ANSWER)

    @routes.get(
        "/readyz",
        responses={
            **contract.answers(contract.body(contract.Readiness, "All parts are ready")),
            503: contract.body(contract.Readiness, "Some part is not"),
        },
    )
    async def readyz() -> JSONResponse:
        parts = await _parts(messaging, database)
        return JSONResponse(parts, 200 if all(parts.values()) else 503, headers.ANSWER)

    @routes.get(
        "/metrics",
        response_class=PlainTextResponse,
        responses=contract.answers(
            contract.content("text/plain", "Figures, as Prometheus reads them"), 403
        ),
    )
    async def metrics(request: Request) -> Response:
        _check_reader(request, metrics_token)
        registry = CollectorRegistry()
        _count_messages(registry, messaging, await database.run(_backlog, database))
        _count_background(registry, scheduler)
        text = generate_latest(registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST, headers=headers.ANSWER)

    return routes
