"""Numbers and words that no client of ours sends, and a database that is away: never a 500."""

import asyncio
import time
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.exc import DataError, InterfaceError, OperationalError
from structlog.testing import capture_logs

from actions.server.app import failed
from bot.app import create_app
from bot.channels.bridge.signature import sign
from store.database import Database
from store.failures import may_pass
from store.settings import Settings
from tests.support.conversations import bearer, conversation_of

MINE = conversation_of("mine")
SECRET = "a-secret-between-bridge-and-us"
NASTY = (
    *("0", "-1", "1e308", "nan", "inf", "-0", "1.5", "true", "²", "٣"),
    *(str(2**31 - 1), str(2**31), str(2**63 - 1), str(2**63), "9" * 20, "9" * 5000),
    *("", " ", "\0", "a\0b", "\udcff", "%", "'; --", "x" * 5000, "../../etc", "\n"),
)
QUERIES = (
    *("/api/messages?after={}", "/api/messages?wait={}"),
    *(
        "/api/messages?conversation={}",
        "/policies?page={}",
        "/policies?q={}",
        "/policies?region={}",
    ),
    *("/policies?kind={}&validity={}", "/policies/{}", "/policies/x?quote={}"),
    *("/halls/{}/week.png", "/bookings/{}.ics", "/bookings/{}.png", "/console/policy?id={}"),
    *("/console/conversation?id={}", "/console/windows?hall={}&day={}", "/console/login?x={}"),
)
PAYLOADS = (
    *('/search_jobs{"salary_min":1e308}', '/search_jobs{"page":99999999999999999999}'),
    *('/book_window{"slot_id":9223372036854775808}', '/search_jobs{"place":"²0000"}'),
    '/book_window{"visit_from":"0001-01-01T00:00:00+08:00"}',
    '/book_window{"visit_until":"9999-12-31T23:59:59+08:00"}',
)


def client_of(settings: Settings) -> TestClient:
    # Figures are for this machine only.
    here = ("127.0.0.1", 50_000)
    return TestClient(create_app(settings), follow_redirects=False, client=here)


@pytest.fixture
def client(database: Database) -> TestClient:
    """The whole application over an empty database; nothing runs in the background."""
    settings = Settings(
        _env_file=None,
        database_url=database.url.render_as_string(hide_password=False),
        bridge_secret=SECRET,
        secret_key="k" * 43,
    )
    return client_of(settings)


def signed(stamp: str, content: bytes) -> dict[str, str]:
    return {"X-Zhida-Timestamp": stamp, "X-Zhida-Signature": sign(SECRET, stamp, content)}


def test_no_number_or_word_in_an_address_is_a_500(client: TestClient) -> None:
    for query in QUERIES:
        for value in NASTY:
            written = quote(value.encode("utf-8", "surrogateescape"), safe="")
            response = client.get(query.replace("{}", written), headers=bearer(MINE))
            assert response.status_code < 500, (query, value[:40], response.text)


@pytest.mark.parametrize("after", [2**31, 2**63, 10**20, -1, "x", "9" * 5000])
def test_what_can_be_no_reply_s_number_is_refused(client: TestClient, after: object) -> None:
    response = client.get("/api/messages", params={"after": str(after)}, headers=bearer(MINE))
    assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid_field")


@pytest.mark.parametrize("conversation", ["a\0b", "\n"])
def test_what_can_be_no_conversation_is_refused(client: TestClient, conversation: str) -> None:
    response = client.post("/api/messages", json={"conversation": conversation, "text": "x"})
    assert response.json()["error"]["code"] == "invalid_field"
    path = f"/channels/bridge?user={quote(conversation)}"
    response = client.get(path, headers=signed(str(int(time.time())), path.encode()))
    assert response.json()["error"]["code"] == "invalid_field"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_id_never_stands_in_an_address(client: TestClient, method: str) -> None:
    with capture_logs() as logged:
        body = {"conversation": MINE, "text": "x"} if method == "POST" else None
        response = client.request(
            method, f"/api/messages?conversation={MINE}", json=body, headers=bearer(MINE)
        )
    assert response.status_code == 400
    assert response.json()["error"]["code"] == "conversation_in_query"
    assert MINE not in str(logged)


def test_who_names_no_conversation_is_asked_which(client: TestClient) -> None:
    response = client.get("/api/messages")
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert response.json()["error"]["code"] == "no_conversation"
    response = client.get("/api/messages", headers=bearer("me"))
    assert (response.status_code, response.json()["error"]["code"]) == (422, "weak_conversation_id")
    response = client.get("/api/messages", headers=bearer(conversation_of("小王")))
    assert response.json()["conversation"] == conversation_of("小王")


@pytest.mark.parametrize("stamp", ["9" * 5000, "1" * 13, "0" * 4301, "-1", "1e9", "\xb2", ""])
def test_a_timestamp_that_is_none_is_stale(client: TestClient, stamp: str) -> None:
    headers = {key: value.encode("latin-1") for key, value in signed(stamp, b"{}").items()}
    response = client.post("/channels/bridge", content=b"{}", headers=headers)
    assert response.status_code == 401
    assert response.json()["error"]["code"] in ("stale_timestamp", "bad_signature")


@pytest.mark.parametrize(
    "content",
    [
        b'{"conversation": %s, "text": "x"}' % (b"9" * 5000),
        b'{"conversation": 1e999, "text": "x"}',
        b"[" * 100_000,
        b'{"conversation": "c", "text": "x", "payload": "/greet{\\"page\\":%s}"}' % (b"9" * 3900),
        b'{"user": %s, "message_id": "m"}' % (b"9" * 5000),
    ],
)
def test_no_number_in_a_body_is_a_500(client: TestClient, content: bytes) -> None:
    headers = {"content-type": "application/json"}
    response = client.post("/channels/bridge", content=content, headers=headers)
    assert response.status_code == 401
    headers |= signed(str(int(time.time())), content)
    for path in ("/api/messages", "/channels/bridge"):
        response = client.post(path, content=content, headers=headers)
        assert 400 <= response.status_code < 500, response.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_button_with_a_value_out_of_range_is_refused(client: TestClient, payload: str) -> None:
    body = {"conversation": MINE, "text": "x", "payload": payload}
    response = client.post("/api/messages", json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "bad_payload")


@pytest.mark.parametrize(
    "address",
    ["/api/messages", "/policies", "/policies/x", "/halls", "/metrics", "/console/"],
)
def test_without_its_database_it_says_so_in_one_line(address: str) -> None:
    settings = Settings(
        _env_file=None,
        database_url="postgresql+psycopg://nobody@127.0.0.1:9/none?connect_timeout=2",
        secret_key="k" * 43,
    )
    client = client_of(settings)
    if address.startswith("/console"):
        # Whose session that is has to be looked up.
        client.cookies.set("zhida_console", "x" * 43)
    with capture_logs() as logged:
        response = client.get(address, headers=bearer(MINE))
    assert (response.status_code, response.json()["error"]["code"]) == (503, "unavailable")
    assert [line["event"] for line in logged] == ["database unavailable"]
    assert "exc_info" not in logged[0]
    assert "\n" not in logged[0]["reason"]


LASTING = (ValueError(), OverflowError(), KeyError(), DataError("", {}, Exception()))
PASSING = (OperationalError("", {}, Exception()), InterfaceError("", {}, Exception()), OSError())


def test_the_action_server_tells_what_may_pass() -> None:
    """500: never; 503: the database is away; 502: perhaps another time."""

    class Call:
        body = b""

    told = [asyncio.run(failed(Call(), error)).status for error in (*LASTING, *PASSING)]
    assert told == [500, 500, 500, 500, 503, 503, 502]
    assert may_pass(RuntimeError())
