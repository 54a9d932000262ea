"""How much one request may bring, and who reads it."""

import re
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from actions.appointments.booking.links import PATH as VISITS
from actions.cases.links import PATH as CASES
from bot.limits.body import MAX_BODY_BYTES, MAX_UPLOAD_BYTES, BodyLimit
from bot.server import options
from store.settings import ROOT, Settings

UPLOAD = "/console/_nicegui/client/5c9a-11/upload/42"


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()

    @app.post("/{path:path}")
    async def take(request: Request) -> dict[str, Any]:
        return {"length": len(await request.body())}

    app.add_middleware(BodyLimit)
    return TestClient(app)


def test_a_body_within_the_limit_arrives_whole(client: TestClient) -> None:
    assert client.post("/x", content=b"a" * MAX_BODY_BYTES).json() == {"length": MAX_BODY_BYTES}
    refused = client.post("/x", content=b"a" * (MAX_BODY_BYTES + 1))
    assert refused.status_code == 413
    assert refused.json()["error"]["code"] == "body_too_large"


def test_a_file_for_the_console_may_be_larger(client: TestClient) -> None:
    large = MAX_BODY_BYTES * 2
    assert client.post(UPLOAD, content=b"a" * large).json() == {"length": large}
    for path in (UPLOAD + "/x", "/x" + UPLOAD, UPLOAD.replace("/console", "")):
        assert client.post(path, content=b"a" * large).status_code == 413


@pytest.mark.parametrize(
    "length", [str(MAX_UPLOAD_BYTES + 1), "-1", "1e3", "", "９", "1" * 30, None]
)
def test_a_file_says_its_size_first(client: TestClient, length: str | None) -> None:
    headers = {} if length is None else {b"content-length": length.encode()}
    chunks = iter([b"a"])  # a stream: httpx states no size of its own
    response = client.post(UPLOAD, content=chunks, headers=headers)  # type: ignore[arg-type]
    assert response.status_code == 413


def test_the_proxy_lets_through_what_we_take() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    server, _, rest = text.partition("location ")
    (everywhere,) = re.findall(r"client_max_body_size (\d+)k;", server)
    ((path, uploads),) = re.findall(r"location (/\S+) \{[^}]*client_max_body_size (\d+)m;", text)
    assert rest.count("client_max_body_size") == 1
    assert int(everywhere) * 1024 == MAX_BODY_BYTES
    assert int(uploads) * 1024**2 == MAX_UPLOAD_BYTES
    assert UPLOAD.startswith(path)


def test_the_proxy_logs_no_address_that_is_a_key() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    (kept,) = re.findall(r"location ~ (\S+) \{\s+access_log off;\s+error_log /dev/null;", text)
    for path in (VISITS, CASES, "/my-data/"):
        assert re.search(kept, f"{path}a-key")
    assert not re.search(kept, "/policies/p2345678")
    (form,) = re.findall(r"log_format zhida '(.*)';", text)
    assert not {"$request", "$request_uri", "$args", "$http_referer"} & set(
        re.findall(r"\$\w+", form)
    )


def test_the_server_keeps_no_log_of_addresses() -> None:
    assert options(Settings(_env_file=None))["access_log"] is False
