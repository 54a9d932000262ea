"""Nothing of the console opens without a login: every route is walked."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from nicegui import Client, core
from nicegui import app as nicegui_app
from sqlalchemy import select
from starlette.routing import Mount, Route
from starlette.websockets import WebSocketDisconnect

import bot.console
from actions.dialogue.services import Services
from bot.console import server
from bot.console.accounts import add_staff, remove_staff, set_password
from bot.console.features import FEATURES
from bot.console.login import passwords
from bot.console.login.session import COOKIE
from bot.console.server import MOUNT
from bot.console.tables import Staff, StaffSession
from bot.messaging.messages import Incoming
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.support.messaging import handover, take_in

PASSWORD = "correct horse battery"
PUBLIC = {"/login"}
ASSETS = "/_nicegui/"  # NiceGUI's own files
UPLOAD = "/_nicegui/client/5c9a-11/upload/42"


def signed_in(client: TestClient, database: Database) -> str:
    """Make an account, sign in to it and return what the cookie holds."""
    add_staff(database, "wang", PASSWORD, now=utc_now())
    answer = client.post(MOUNT + "/login", data={"name": "wang", "password": PASSWORD})
    assert client.get(MOUNT + "/").status_code == 200
    return answer.cookies[COOKIE]


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as it is, but for what makes it slow, which is not tested here."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", quick)
    monkeypatch.setattr(server, "REFUSED_SECONDS", 0.0)


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


def test_after_signing_out_the_cookie_is_worth_nothing(
    client: TestClient, sqlite_database: Database
) -> None:
    token = signed_in(client, sqlite_database)
    client.post(MOUNT + "/logout")
    client.cookies.set(COOKIE, token, domain="127.0.0.1", path=MOUNT)
    assert client.get(MOUNT + "/").status_code == 303


def test_the_cookie_says_nothing_and_the_table_does_not_hold_it(
    client: TestClient, sqlite_database: Database
) -> None:
    token = signed_in(client, sqlite_database)
    assert len(token) >= 43
    with sqlite_database.read() as session:
        assert [row.key for row in session.scalars(select(StaffSession))] != [token]


@pytest.mark.parametrize("what", ["password", "removed", "disabled"])
def test_what_ends_an_account_ends_its_sessions_at_once(
    client: TestClient, sqlite_database: Database, what: str
) -> None:
    signed_in(client, sqlite_database)
    if what == "password":
        set_password(sqlite_database, "wang", "another good password", now=utc_now())
    elif what == "removed":
        remove_staff(sqlite_database, "wang", now=utc_now())
    else:
        with sqlite_database.write() as session:
            session.scalars(select(Staff)).one().disabled = True
            session.commit()
    assert client.get(MOUNT + "/").status_code == 303


@pytest.mark.parametrize("path", sorted(page for one in FEATURES for page in one.pages))
def test_no_event_of_any_page_is_heard_after_the_session(
    client: TestClient, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    message = Incoming("web", "1", "visitor", "有人吗", utc_now())
    take_in(sqlite_database, message)
    signed_in(client, sqlite_database)
    known = set(Client.instances)
    client.get(f"{MOUNT}{path}?id=web:visitor")
    (page,) = (Client.instances[one] for one in set(Client.instances) - known)
    page.tab_id = "connected"
    heard: list[str] = []
    led: list[str] = []
    monkeypatch.setattr(page, "open", led.append)
    monkeypatch.setattr(Client, "handle_event", lambda _, event: heard.append(event["listener_id"]))
    events = [
        {"client_id": page.id, "id": element.id, "listener_id": listener, "args": []}
        for element in page.elements.values()
        for listener in element._event_listeners
    ]

    def send_all() -> None:
        assert client.portal is not None
        for event in events:
            client.portal.call(core.sio.handlers["/"]["event"], "socket", event)

    send_all()
    assert heard == [event["listener_id"] for event in events]
    client.post(MOUNT + "/logout")
    heard.clear()
    send_all()
    assert heard == []
    assert set(led) == ({"/"} if events else set()), "the door sends it on to the login"


FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:1"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"referer": "https://evil.example/x"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_nobody_is_signed_in_or_out_from_elsewhere(
    client: TestClient, sqlite_database: Database, headers: dict[str, str]
) -> None:
    signed_in(client, sqlite_database)
    form = {"name": "wang", "password": PASSWORD}
    assert client.post(MOUNT + "/login", data=form, headers=headers).status_code == 403
    assert client.post(MOUNT + "/logout", headers=headers).status_code == 403
    assert client.get(MOUNT + "/").status_code == 200
    address = f"{MOUNT}/_nicegui_ws/socket.io/?EIO=4&transport="
    assert client.get(address + "polling", headers=headers).status_code == 403
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect(address + "websocket", headers=headers),
    ):
        pass
    assert refused.value.code == 1008


def test_our_own_pages_sign_in(client: TestClient, sqlite_database: Database) -> None:
    add_staff(sqlite_database, "wang", PASSWORD, now=utc_now())
    form = {"name": "wang", "password": PASSWORD}
    headers = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    assert client.post(MOUNT + "/login", data=form, headers=headers).status_code == 303


def test_a_guesser_is_told_to_come_later_and_the_clerk_is_not(
    client: TestClient, sqlite_database: Database
) -> None:
    signed_in(client, sqlite_database)
    with TestClient(client.app, follow_redirects=False, base_url="http://127.0.0.1") as other:
        for name in ("wang", "nobody"):
            answers = [
                other.post(MOUNT + "/login", data={"name": name, "password": "wrong"})
                for _ in range(8)
            ]
            assert [answer.status_code for answer in answers] == [401] * 5 + [429] * 3
            assert int(answers[-1].headers["retry-after"]) in range(1, 31)
    right = client.post(MOUNT + "/login", data={"name": "wang", "password": PASSWORD})
    assert right.status_code == 303


def test_a_refusal_takes_its_time_and_a_right_password_does_not(
    client: TestClient, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "REFUSED_SECONDS", 0.5)
    add_staff(sqlite_database, "wang", PASSWORD, now=utc_now())
    spent = []
    for password in ("wrong", PASSWORD):
        began = time.monotonic()
        client.post(MOUNT + "/login", data={"name": "wang", "password": password})
        spent.append(time.monotonic() - began)
    refused, admitted = spent
    assert refused >= 0.5
    assert admitted < refused


def test_a_forged_or_foreign_cookie_opens_nothing(client: TestClient) -> None:
    for value in ("", "x", "eyJzdGFmZiI6IDF9.aaaaaa.bbbbbb"):
        client.cookies.set("zhida_console", value, path=MOUNT)
        assert client.get(MOUNT + "/").status_code == 303


def test_pages_send_the_headers_of_a_private_page(client: TestClient) -> None:
    headers = client.get(MOUNT + "/login").headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
