"""Which hosts, origins and addresses are ours."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from bot.hosts import address_of, from_our_pages, is_our_host
from store.database import Database
from store.settings import Settings

PUBLIC = "https://zhida.example.gov.cn"
OPEN = Settings(_env_file=None)
NAMED = Settings(_env_file=None, public_url=PUBLIC)


def scope(peer: str = "9.9.9.9", **headers: str) -> dict[str, object]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": (peer, 1), "headers": pairs}


@pytest.fixture
def client(sqlite_database: Database, tmp_path: Path) -> TestClient:
    url = sqlite_database.url.render_as_string()
    settings = Settings(_env_file=None, var_dir=tmp_path, database_url=url)
    return TestClient(create_app(settings), follow_redirects=False, base_url="http://evil.example")


@pytest.mark.parametrize("path", ["/console", "/policies/"])
def test_a_redirect_never_leads_to_the_host_that_was_sent(client: TestClient, path: str) -> None:
    response = client.get(path)
    if response.is_redirect:
        assert response.headers["location"].startswith("/")
        assert not response.headers["location"].startswith("//")
    assert "evil.example" not in str(response.headers)
    assert response.is_redirect or path != "/console"


def test_a_stranger_puts_nothing_before_our_addresses(client: TestClient) -> None:
    response = client.get("/console/", headers={"x-forwarded-prefix": "//evil.example"})
    assert response.headers["location"] == "/console/login"


def test_with_a_public_address_other_hosts_are_refused(
    sqlite_database: Database, tmp_path: Path
) -> None:
    url = sqlite_database.url.render_as_string()
    settings = Settings(_env_file=None, var_dir=tmp_path, database_url=url, public_url=PUBLIC)
    app = create_app(settings)
    evil = TestClient(app, base_url="https://evil.example", follow_redirects=False)
    for path in ("/", "/console", "/console/login", "/nothing"):
        response = evil.get(path)
        assert (response.status_code, response.json()["error"]["code"]) == (400, "unknown_host")
    assert evil.get("/healthz").status_code == 200
    for ours in (PUBLIC, "http://127.0.0.1:8000", "http://localhost"):
        near = TestClient(app, base_url=ours, follow_redirects=False)
        assert near.get("/").status_code == 200
        assert near.get("/console").headers["location"] == "/console/"


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("zhida.example.gov.cn", True),
        ("ZHIDA.example.gov.cn:443", True),
        ("127.0.0.1:8000", True),
        ("localhost", True),
        ("[::1]:8000", True),
        ("evil.example", False),
        ("zhida.example.gov.cn.evil.example", False),
        ("zhida.example.gov.cn@evil.example", False),
        ("[::1", False),
        ("", False),
    ],
)
def test_hosts(host: str, ours: bool) -> None:
    assert is_our_host(host, NAMED) == ours
    assert is_our_host(host, OPEN)


@pytest.mark.parametrize(
    ("headers", "ours"),
    [
        ({}, True),
        ({"origin": PUBLIC}, True),
        ({"origin": PUBLIC + ":443"}, True),
        ({"origin": "http://zhida.example.gov.cn"}, False),
        ({"origin": PUBLIC + ":8443"}, False),
        ({"origin": "https://evil.example", "host": "evil.example"}, False),
        ({"origin": "http://127.0.0.1:8000", "host": "127.0.0.1:8000"}, True),
        ({"origin": "http://127.0.0.1:8001", "host": "127.0.0.1:8000"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://[", "host": "["}, False),
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "none"}, True),
        ({"sec_fetch_site": "cross-site"}, False),
        ({"referer": PUBLIC + "/console/login"}, True),
        ({"referer": "https://evil.example/console"}, False),
    ],
)
def test_origins(headers: dict[str, str], ours: bool) -> None:
    asked = {"host": "zhida.example.gov.cn"} | headers
    assert from_our_pages(scope(**asked), NAMED) == ours


def test_without_a_public_address_the_origin_is_the_host() -> None:
    assert from_our_pages(scope(host="a:1", origin="http://a:1"), OPEN)
    assert not from_our_pages(scope(host="a:1", origin="http://b:1"), OPEN)


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        ("9.9.9.9", "1.1.1.1", "9.9.9.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1", "1.1.1.1"),
        ("127.0.0.1", "8.8.8.8, 1.1.1.1", "1.1.1.1"),
        ("::1", "1.1.1.1, 127.0.0.1", "1.1.1.1"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("127.0.0.1", "::ffff:1.1.1.1", "1.1.1.1"),
        ("127.0.0.1", "x" * 500, "x" * 64),
    ],
)
def test_the_address_is_the_peers_unless_a_proxy_of_ours_says_another(
    peer: str, forwarded: str, address: str
) -> None:
    asked = scope(peer, x_forwarded_for=forwarded) if forwarded else scope(peer)
    assert address_of(asked, OPEN) == address


def test_no_proxy_need_be_trusted() -> None:
    nobody = Settings(_env_file=None, trusted_proxies="")
    assert address_of(scope("127.0.0.1", x_forwarded_for="1.1.1.1"), nobody) == "127.0.0.1"
    one = Settings(_env_file=None, trusted_proxies="10.0.0.7")
    assert address_of(scope("10.0.0.7", x_forwarded_for="1.1.1.1"), one) == "1.1.1.1"
    with pytest.raises(ValueError, match="trusted_proxies"):
        Settings(_env_file=None, trusted_proxies="nginx")
