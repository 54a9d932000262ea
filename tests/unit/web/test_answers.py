"""How answers are sent: for no cache, with what is allowed; and who may read the figures."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.app import create_app
from store.database import Database
from store.settings import Settings
from tests.support.conversations import bearer, conversation_of

TOKEN = "a-token-for-the-scraper"
NewClient = Callable[..., TestClient]


@pytest.fixture
def new_client(sqlite_database: Database, tmp_path: Path) -> NewClient:
    def make(peer: str = "203.0.113.9", token: str | None = TOKEN) -> TestClient:
        return TestClient(application(token), client=(peer, 50_000), raise_server_exceptions=False)

    @cache
    def application(token: str | None) -> FastAPI:
        app = create_app(
            Settings(
                _env_file=None,
                var_dir=tmp_path,
                database_url=sqlite_database.url.render_as_string(hide_password=False),
                bridge_secret="another-secret",
                rasa_port=1,  # nobody answers there, whatever else runs on this machine
                actions_port=1,
                metrics_token=token,
            )
        )

        @app.get("/api/breaks")
        async def breaks() -> None:
            raise ZeroDivisionError

        return app

    return make


def is_for_no_cache(answer: httpx.Response) -> bool:
    headers = answer.headers
    return (headers["cache-control"], headers["x-content-type-options"]) == ("no-store", "nosniff")


def test_answers_are_for_no_cache(new_client: NewClient) -> None:
    client, is_json = new_client(), {"content-type": "application/json"}
    answers = {
        200: client.get("/api/messages", headers=bearer(conversation_of("mine"))),
        400: client.post("/api/messages", content=b"{", headers=is_json),
        401: client.post("/channels/bridge", json={}),
        403: client.get("/metrics"),
        404: client.get("/api/nothing"),
        405: client.delete("/api/messages"),
        413: client.post("/api/messages", content=b"x" * 2_000_000),
        422: client.post("/api/messages", json={}),
        500: client.get("/api/breaks"),
        503: client.get("/readyz"),
    }
    for status, answer in [*answers.items(), (200, client.get("/healthz"))]:
        assert answer.status_code == status, answer.text
        assert is_for_no_cache(answer), status
    page = client.get("/")
    assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/nothing", "/api/nothing"])
def test_an_unknown_address_is_a_page_for_who_opens_it(new_client: NewClient, path: str) -> None:
    client = new_client()
    page = client.get(path, headers={"accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "没有这个页面" in page.text
    assert 'href="/"' in page.text
    assert client.get(path).json()["error"]["code"] == "not_found"
    fault = client.get("/api/breaks", headers={"accept": "text/html"})
    assert (fault.status_code, "ZeroDivision" in fault.text) == (500, False)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/messages", {"GET", "HEAD", "POST"}),
        ("PUT", "/channels/bridge", {"GET", "HEAD", "POST"}),
        ("POST", "/healthz", {"GET", "HEAD"}),
        ("POST", "/", {"GET", "HEAD"}),
    ],
)
def test_a_method_that_is_not_there_says_which_are(
    new_client: NewClient, method: str, path: str, allowed: set[str]
) -> None:
    answer = new_client().request(method, path)
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    "path", ["/", "/policies", "/halls", "/healthz", "/readyz", "/api/messages", "/nothing"]
)
def test_head_is_get_without_the_body(new_client: NewClient, path: str) -> None:
    client, asked = new_client(), bearer(conversation_of("mine"))
    head, get = client.head(path, headers=asked), client.get(path, headers=asked)
    assert get.content
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers == get.headers


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
def test_figures_are_for_this_machine(new_client: NewClient, peer: str) -> None:
    assert "zhida_backlog" in new_client(peer, None).get("/metrics").text


@pytest.mark.parametrize("peer", ["203.0.113.9", "2001:db8::1", "::ffff:203.0.113.9", "testclient"])
def test_figures_want_a_token_from_elsewhere(new_client: NewClient, peer: str) -> None:
    given = {"authorization": f"Bearer {TOKEN}"}
    assert new_client(peer).get("/metrics", headers=given).status_code == 200
    for headers in (
        {},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": TOKEN},
        {"authorization": "Bearer "},
        {"authorization": "Bearer 令牌".encode()},
        {"x-forwarded-for": "127.0.0.1", "forwarded": "for=127.0.0.1", "x-real-ip": "::1"},
    ):
        for token in (TOKEN, None):
            refused = new_client(peer, token).get("/metrics", headers=headers)
            assert refused.status_code == 403
            assert refused.json()["error"]["code"] == "metrics_closed"
    assert new_client(peer, None).get("/metrics", headers=given).status_code == 403
