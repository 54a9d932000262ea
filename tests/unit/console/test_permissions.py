"""Every page, route and deed of the console by every role, against the running console."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from nicegui import Client, core, ui
from nicegui import app as nicegui_app
from sqlalchemy import update
from starlette.routing import Route

import bot.console
from actions.dialogue.services import Services
from bot.console import sentences
from bot.console.accounts import reset_totp, set_role
from bot.console.acting import ActingStaff
from bot.console.deeds import account
from bot.console.door import FOR_EVERYBODY, LOGIN, NICEGUI, refuse_undeclared
from bot.console.features import FEATURES, PAGES
from bot.console.login.session import COOKIE, begin
from bot.console.permissions import POSTS, Deed, Permission, Role, may, table
from bot.console.server import MOUNT
from bot.console.services import sessions
from bot.console.tables import Staff
from bot.messaging.messages import Incoming
from bot.messaging.transcripts import mode_of
from store.audit.log import chosen, in_order
from store.clock import utc_now
from store.database import Database
from store.settings import ROOT, Settings
from tests.support.messaging import handover, take_in

NOBODY = "nobody"
EVERYBODY = (NOBODY, *Role)
CONVERSATION = "web:visitor"


def running(database: Database, settings: Settings) -> TestClient:
    app = FastAPI()
    bot.console.mount(app, Services(database, settings), handover(database))
    return TestClient(app, follow_redirects=False, base_url="http://127.0.0.1")


@pytest.fixture
def client(sqlite_database: Database, tmp_path: Path) -> Iterator[TestClient]:
    with running(sqlite_database, Settings(var_dir=tmp_path)) as client:
        yield client


def signed_in(client: TestClient, database: Database, who: str) -> Staff | None:
    """Sign somebody of a role in, without the form: it has its own tests."""
    client.cookies.clear()
    if who == NOBODY:
        return None
    staff = Staff(name=f"a {who}", password_hash="none", role=who, created_at=utc_now())
    with database.write() as session:
        session.add(staff)
        session.commit()
    token = begin(database, staff, now=utc_now())
    client.cookies.set(COOKIE, token or "", domain="127.0.0.1", path=MOUNT)
    return staff


def opened(client: TestClient, path: str) -> Client:
    """Open a page and return it as NiceGUI holds it, as if its socket were connected."""
    known = set(Client.instances)
    assert client.get(MOUNT + path).status_code == 200
    (page,) = (Client.instances[one] for one in set(Client.instances) - known)
    page.tab_id = "connected"
    return page


def send_all(client: TestClient, page: Client) -> None:
    """Send every event of a page by hand."""
    events = [
        {"client_id": page.id, "id": element.id, "listener_id": listener, "args": []}
        for element in page.elements.values()
        for listener in element._event_listeners
    ]
    assert events
    assert client.portal is not None
    for event in events:
        client.portal.call(core.sio.handlers["/"]["event"], "socket", event)


def actions(database: Database) -> list[str]:
    with database.read() as session:
        return [entry.action for entry in in_order(session, chosen())]


def buttons(page: Client) -> set[str]:
    found = (each for each in page.elements.values() if isinstance(each, ui.button))
    return {each.text for each in found if each.visible}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_by_every_role(client: TestClient, sqlite_database: Database, who: str) -> None:
    signed_in(client, sqlite_database, who)
    seen = {path: client.get(MOUNT + path) for path in PAGES}
    opens = {path for path, answer in seen.items() if answer.status_code == 200}
    assert opens == {path for path, page in PAGES.items() if may(who, page.permission)}
    for path, answer in seen.items():
        if path not in opens:
            to = answer.headers.get("location", "")
            sent_on = answer.status_code == 303 and to.startswith(MOUNT) and to != MOUNT + path
            assert sent_on if who == NOBODY or path == "/" else answer.status_code == 403, path


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_other_route_by_every_role(
    client: TestClient, sqlite_database: Database, who: str
) -> None:
    """What no page is belongs to NiceGUI, or to everybody; a path of nobody's opens to none."""
    paths = {getattr(route, "path", "") for route in nicegui_app.routes}
    ours = {path for path in paths if not path.startswith(NICEGUI)}
    assert ours == {LOGIN, *FOR_EVERYBODY, *PAGES}
    signed_in(client, sqlite_database, who)
    for path in ("/nothing", "/staff/", "/staff/x", "//staff", "/_nicegui/client/x/upload/1"):
        for method in ("GET", "POST"):
            status = client.request(method, MOUNT + path).status_code
            assert status in ((303, 401) if who == NOBODY else (403,)), (method, path)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_header_leads_where_a_role_may_go(
    client: TestClient, sqlite_database: Database, who: str
) -> None:
    if signed_in(client, sqlite_database, who) is None:
        return
    groups = links_on(client, "/account")
    declared = {link.address for feature in FEATURES for link in feature.links}
    wanted = {one for one in declared if may(who, PAGES[one].permission)}
    links = groups.union(*(links_on(client, each) for each in groups & wanted))
    assert links & declared - {"/"} == wanted - {"/"}


def links_on(client: TestClient, address: str) -> set[str]:
    """Return where a page's header leads: to every group, and the pages of the one that is open."""
    header = [e for e in opened(client, address).elements.values() if isinstance(e, ui.link)]
    return {str(each.props["href"]).removeprefix(MOUNT) for each in header}


@pytest.mark.parametrize("role", Role)
def test_every_deed_by_every_role(
    client: TestClient, sqlite_database: Database, role: Role
) -> None:
    """Whoever forges the event of a button that is not on the page is refused, and recorded."""
    staff = signed_in(client, sqlite_database, role)
    assert staff is not None
    page = opened(client, "/account")
    done: list[Deed] = []

    async def do_all() -> dict[Deed, str]:
        with page:
            acting = ActingStaff(staff)
            return {
                deed: (
                    await acting.do(deed, "thing:1", lambda _now, deed=deed: done.append(deed), {})
                ).refused
                for deed in Deed
            }

    assert client.portal is not None
    refused = client.portal.call(do_all)
    permitted = [deed for deed in Deed if deed.permission in POSTS[role].may]
    assert done == permitted
    assert refused == {deed: "" if deed in permitted else sentences.NOT_PERMITTED for deed in Deed}
    assert actions(sqlite_database) == [
        "session.begin",
        *(deed.action + ("" if deed in permitted else ".not_permitted") for deed in Deed),
    ]


def test_every_permission_is_somebodys_and_for_something() -> None:
    for permission in Permission:
        assert any(permission in post.may for post in POSTS.values())
    used = {deed.permission for deed in Deed} | {page.permission for page in PAGES.values()}
    assert used == set(Permission)
    assert not may("clerk", Permission.ACCOUNT_OWN), "a role that we do not know"


def test_a_route_without_a_permission_is_refused_at_the_start() -> None:
    with pytest.raises(ValueError, match="/export"):
        refuse_undeclared([Route("/export", lambda _request: None)])


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER, Role.COUNTER])
def test_nothing_is_heard_on_a_page_drawn_for_another_role(
    client: TestClient, sqlite_database: Database, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(sqlite_database, Incoming("web", "1", "visitor", "有人吗", utc_now()))
    signed_in(client, sqlite_database, Role.AGENT)
    page = opened(client, f"/conversation?id={CONVERSATION}")
    led: list[str] = []
    monkeypatch.setattr(page, "open", led.append)
    set_role(sqlite_database, f"a {Role.AGENT}", role)
    # What another process has changed is known within two seconds, but nothing is done.
    send_all(client, page)
    assert mode_of(sqlite_database, CONVERSATION) == "bot"
    sessions().forget()
    heard: list[object] = []
    monkeypatch.setattr(Client, "handle_event", lambda _, event: heard.append(event))
    send_all(client, page)
    assert heard == []
    assert led


def test_what_a_role_may_not_do_is_not_shown(client: TestClient, sqlite_database: Database) -> None:
    take_in(sqlite_database, Incoming("web", "1", "visitor", "有人吗", utc_now()))
    shown = {}
    for role in (Role.READER, Role.AGENT):
        signed_in(client, sqlite_database, role)
        shown[role] = buttons(opened(client, f"/conversation?id={CONVERSATION}"))
    assert shown[Role.AGENT] - shown[Role.READER] == {
        *("领取", "接管", "发送"),
        *("常用回复", "查政策、引原文"),
    }


def test_an_agent_takes_over_and_it_is_recorded_without_the_persons_id(
    client: TestClient, sqlite_database: Database
) -> None:
    take_in(sqlite_database, Incoming("web", "1", "visitor", "有人吗", utc_now()))
    staff = signed_in(client, sqlite_database, Role.AGENT)
    assert staff is not None
    send_all(client, opened(client, f"/conversation?id={CONVERSATION}"))
    for _ in range(100):  # NiceGUI hands an async handler to a task of its own
        if "conversations.take_over" in actions(sqlite_database):
            break
        assert client.portal is not None
        client.portal.call(asyncio.sleep, 0.1)
    with sqlite_database.read() as session:
        (entry,) = in_order(session, chosen(action="conversations.take_over"))
    assert entry.actor == account(staff.id)
    assert entry.subject.startswith("conversation:")
    assert "visitor" not in entry.subject


def test_a_file_is_handed_in_only_on_ones_own_page(
    client: TestClient, sqlite_database: Database
) -> None:
    signed_in(client, sqlite_database, Role.REVIEWER)
    page = opened(client, "/policies")
    (upload,) = (each for each in page.elements.values() if isinstance(each, ui.upload))
    address = f"{MOUNT}/_nicegui/client/{page.id}/upload/{upload.id}"
    signed_in(client, sqlite_database, Role.ADMIN)
    assert client.post(address, files={"file": ("a.txt", b"a")}).status_code == 403


def test_a_role_that_must_use_codes_sees_nothing_before(
    sqlite_database: Database, tmp_path: Path
) -> None:
    settings = Settings(var_dir=tmp_path, require_totp="admin, manager")
    with running(sqlite_database, settings) as client:
        signed_in(client, sqlite_database, Role.MANAGER)
        assert client.get(MOUNT + "/").headers["location"] == MOUNT + "/account"
        assert client.get(MOUNT + "/audit").status_code == 403
        assert client.get(MOUNT + "/account").status_code == 200
        signed_in(client, sqlite_database, Role.AGENT)
        assert client.get(MOUNT + "/").status_code == 200


def test_codes_turned_off_by_others_end_what_is_open(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(var_dir=tmp_path, require_totp="manager")
    with running(sqlite_database, settings) as client:
        signed_in(client, sqlite_database, Role.MANAGER)
        with sqlite_database.write() as session:
            session.execute(update(Staff).values(totp_secret="a secret"))
            session.commit()
        page = opened(client, "/audit")
        led: list[str] = []
        monkeypatch.setattr(page, "open", led.append)
        heard: list[object] = []
        monkeypatch.setattr(Client, "handle_event", lambda _, event: heard.append(event))
        reset_totp(sqlite_database, f"a {Role.MANAGER}")
        sessions().forget()
        send_all(client, page)
        assert heard == []
        assert led
        assert client.get(MOUNT + "/audit").status_code == 403


def test_the_documentation_says_who_may_do_what() -> None:
    assert table() in (ROOT / "docs" / "operations.md").read_text("utf-8")
