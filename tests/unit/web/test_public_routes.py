"""Every route is on the public list, wants a signature, or lies behind the console's door."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from bot.app import create_app
from store.database import Database
from store.settings import Settings

PUBLIC = {
    "GET /",
    "GET /static/{version}/{name:path}",
    "GET /privacy",
    "GET /policies",
    "GET /policies/{doc_id}",
    "GET /halls",
    "GET /halls/{hall_id}/week.png",
    "GET /bookings/{token}.ics",
    "GET /bookings/{token}.png",
    "GET /visits/{token}",
    "GET /visits/{token}/move",
    "POST /visits/{token}/move",
    "GET /visits/{token}/cancel",
    "POST /visits/{token}/cancel",
    "POST /visits/{token}/renew",
    "GET /visits/{token}/link.png",
    "GET /cases/{token}",
    "GET /api/belongings",
    "GET /my-data/{token}",
    "GET /replies/{token}",
    "POST /my-data/{token}/file",
    "GET /api/messages",
    "POST /api/messages",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
}
"""Opens for everybody: a conversation's id, a ticket's or file's token and a link are keys.


Figures are for this machine only, or for a token (``test_answers``).
"""
ADDRESS = "https://zhida.example.gov.cn"
SIGNED = {"GET /channels/bridge", "POST /channels/bridge", "POST /channels/telegram"}
SIGNED_OTHERWISE = {
    "GET /channels/bridge/v2",
    "POST /channels/bridge/v2",
    "POST /channels/bridge/v2/capabilities",
    "POST /channels/bridge/v2/receipts",
}
"""Tried with every fault of a signature by the second bridge's own tests."""

BEHIND_A_LOGIN = {"/console"}  # walked by test_console_door


@pytest.fixture
def app(sqlite_database: Database, tmp_path: Path) -> FastAPI:
    return create_app(
        Settings(
            _env_file=None,
            var_dir=tmp_path,
            database_url=sqlite_database.url.render_as_string(hide_password=False),
            telegram_token="110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw",
            telegram_webhook_secret="a-secret",
            public_url=ADDRESS,
            bridge_secret="another-secret",
        )
    )


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    # Not entered: what starts with the server is not wanted here.
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


def walk(routes: Iterable[BaseRoute]) -> Iterator[str]:
    """Name every route, whatever router it came by; nothing may be there that is not known."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from walk(route.original_router.routes)
        elif isinstance(route, Mount):
            yield route.path
        else:
            assert isinstance(route, APIRoute)
            yield from (f"{method} {route.path}" for method in route.methods)


def test_the_list_is_what_there_is(app: FastAPI) -> None:
    assert sorted(walk(app.routes)) == sorted(PUBLIC | SIGNED | SIGNED_OTHERWISE | BEHIND_A_LOGIN)


@pytest.mark.parametrize("route", sorted(SIGNED))
def test_a_signature_is_wanted(client: TestClient, route: str) -> None:
    method, _, path = route.partition(" ")
    answer = client.request(
        method, path, params={"user": "a"}, json={} if method == "POST" else None
    )
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "bad_signature"
