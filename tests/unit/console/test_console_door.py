"""Nothing of the console opens without a login: every route is walked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from nicegui import app as nicegui_app
from starlette.routing import Mount, Route
from starlette.websockets import WebSocketDisconnect

import bot.console
from actions.dialogue.services import Services
from bot.console.accounts import add_staff
from bot.console.server import MOUNT
from bot.console.session import LASTS, sign_in, signed_in
from bot.console.tables import Staff
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.support.messaging import handover

PASSWORD = "correct horse battery"
PUBLIC = {"/login"}
ASSETS = "/_nicegui/"  # NiceGUI's own files
UPLOAD = "/_nicegui/client/5c9a-11/upload/42"


@pytest.fixture
def client(sqlite_database: Database, tmp_path: Path) -> Iterator[TestClient]:
    app = FastAPI()
    services = Services(sqlite_database, Settings(var_dir=tmp_path))
    bot.console.mount(app, services, handover(sqlite_database))
    with TestClient(app, follow_redirects=False, base_url="http://127.0.0.1") as client:
        yield client


def paths() -> list[str]:
    found = []
    for route in nicegui_app.routes:
        if isinstance(route, Route | Mount):
            path = route.path.replace("{key:path}", "x").replace("{path:path}", "x")
            found.append(path.replace("{key}", "x").replace("{name}", "x") or "/")
    return found


def test_the_walk_sees_the_pages(client: TestClient) -> None:
    rooms = {"/", "/conversation", "/policies", "/policy", "/feedback"}
    assert {"/login", "/logout"} | rooms <= set(paths())


def test_every_route_wants_a_login(client: TestClient) -> None:
    for path in [*paths(), "/nothing", "/conversation/../", "//", "/login/", "/login/x"]:
        if path in PUBLIC or path.startswith(ASSETS):
            continue
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
            response = client.request(method, MOUNT + path)
            kept_out = response.status_code == 401 or (
                response.status_code == 303 and response.headers["location"] == "/console/login"
            )
            assert kept_out, (method, path, response.status_code)
            assert "对话" not in response.text


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_handing_in_a_file_wants_a_login(client: TestClient, method: str) -> None:
    response = client.request(method, MOUNT + UPLOAD)
    assert response.status_code in (303, 401)


@pytest.mark.parametrize("path", ["/policies", "/policy?id=p1", "/feedback"])
def test_the_rooms_open_for_those_who_are_signed_in(
    client: TestClient, sqlite_database: Database, path: str
) -> None:
    assert client.get(MOUNT + path).status_code == 303
    add_staff(sqlite_database, "wang", PASSWORD, now=utc_now())
    client.post(MOUNT + "/login", data={"name": "wang", "password": PASSWORD})
    assert client.get(MOUNT + path).status_code == 200


def test_the_socket_wants_a_login(client: TestClient) -> None:
    address = f"{MOUNT}/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(address):
        pass
    assert refused.value.code == 1008


def test_signing_in_and_out(client: TestClient, sqlite_database: Database) -> None:
    add_staff(sqlite_database, "wang", PASSWORD, now=utc_now())
    wrong = client.post(MOUNT + "/login", data={"name": "wang", "password": "something else"})
    unknown = client.post(MOUNT + "/login", data={"name": "wong", "password": PASSWORD})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("wang", "") == unknown.text.replace("wong", ""), "tells nothing"
    right = client.post(MOUNT + "/login", data={"name": "wang", "password": PASSWORD})
    assert right.status_code == 303
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/console" in cookie
    assert client.get(MOUNT + "/").status_code == 200
    assert client.post(MOUNT + "/logout").headers["location"] == "/console/login"
    assert client.get(MOUNT + "/").status_code == 303


def test_a_disabled_account_is_out_at_once(client: TestClient, sqlite_database: Database) -> None:
    staff = add_staff(sqlite_database, "wang", PASSWORD, now=utc_now())
    client.post(MOUNT + "/login", data={"name": "wang", "password": PASSWORD})
    assert client.get(MOUNT + "/").status_code == 200
    with sqlite_database.write() as session:
        session.get_one(Staff, staff.id).disabled = True
        session.commit()
    assert client.get(MOUNT + "/").status_code == 303


def test_a_forged_or_foreign_cookie_opens_nothing(client: TestClient) -> None:
    for value in ("", "x", "eyJzdGFmZiI6IDF9.aaaaaa.bbbbbb"):
        client.cookies.set("zhida_console", value, path=MOUNT)
        assert client.get(MOUNT + "/").status_code == 303


def test_sessions_end(sqlite_database: Database) -> None:
    now = utc_now()
    staff = add_staff(sqlite_database, "wang", PASSWORD, now=now)
    session: dict[str, object] = {"left": "over"}
    sign_in(session, staff, now=now)
    assert "left" not in session
    known = signed_in(sqlite_database, session, now=now)
    assert known is not None
    assert signed_in(sqlite_database, session, now=now + LASTS - timedelta(minutes=2)) is not None
    assert signed_in(sqlite_database, session, now=now + LASTS) is None
    assert signed_in(sqlite_database, session, now=now - timedelta(hours=1)) is None
    for change in ({"mark": "0" * 16}, {"staff": staff.id + 1}, {"staff": "1"}, {"since": None}):
        assert signed_in(sqlite_database, session | change, now=now) is None


def test_pages_send_the_headers_of_a_private_page(client: TestClient) -> None:
    headers = client.get(MOUNT + "/login").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
