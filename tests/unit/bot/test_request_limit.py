"""One address may ask much, and not without end; a messenger's door shows who it is."""

import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient

from bot.limits.requests import RequestLimit
from store.settings import Settings

FORWARDED = "X-Forwarded-For"


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.get("/{path:path}")
    async def answer(path: str, status: int = 200) -> Response:
        return Response(path, status)

    settings = Settings(_env_file=None, limit_requests="3/60")
    app.add_middleware(RequestLimit, settings=settings)
    return TestClient(app, client=("127.0.0.1", 50_000))


def test_too_many_are_told_when_to_come_back(client: TestClient) -> None:
    for _ in range(3):
        assert client.get("/x").status_code == 200
    refused = client.get("/x")
    assert refused.status_code == 429
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert client.get("/x", headers={FORWARDED: "192.0.2.1"}).status_code == 200
    assert client.get("/healthz").status_code == 200, "who watches over us is not told to wait"
    strange = {FORWARDED: "192.0.2.1"}
    assert [client.get("/healthz", headers=strange).status_code for _ in range(3)][-1] == 429


def test_an_ipv6_network_counts_as_one(client: TestClient) -> None:
    hosts = (f"2001:db8:1:2::{number:x}" for number in range(1, 5))
    answers = [client.get("/x", headers={FORWARDED: host}).status_code for host in hosts]
    assert answers == [200, 200, 200, 429]
    assert client.get("/x", headers={FORWARDED: "2001:db8:1:3::1"}).status_code == 200


def test_a_door_counts_only_what_it_refuses(client: TestClient) -> None:
    for _ in range(10):
        assert client.get("/channels/bridge").status_code == 200
    for _ in range(3):
        assert client.get("/channels/bridge?status=401").status_code == 401
    assert client.get("/channels/bridge").status_code == 429
