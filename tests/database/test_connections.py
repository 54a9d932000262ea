"""Raw sockets against the real server: whoever holds it up is closed, everybody else answered."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.limits import connections
from bot.limits.body import MAX_BODY_BYTES
from bot.limits.connections import MAX_UNFINISHED, REQUEST_SECONDS
from store.database import Database
from tests.support.serving import Address, serving

HALF = b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture
def address(tmp_path: Path, sqlite_database: Database) -> Iterator[Address]:
    with serving(tmp_path, sqlite_database) as address:
        yield address


def connected(address: Address, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(address, timeout=30)
    connection.sendall(sent)
    return connection


def answer(connection: socket.socket) -> bytes:
    """Read until the server closes; what it threw away with a reset is gone."""
    heard = b""
    with contextlib.suppress(ConnectionError):
        while piece := connection.recv(65536):
            heard += piece
    return heard


def assert_answered(address: Address) -> None:
    host, port = address
    with httpx.Client(base_url=f"http://{host}:{port}", trust_env=False, timeout=5) as http:
        assert http.get("/healthz").text == "ok\n"
        assert http.post("/api/messages", json={}).status_code == 422


def test_half_sent_requests_keep_nobody_out(address: Address) -> None:
    began = time.monotonic()
    held = [connected(address, HALF) for _ in range(600)]
    for _ in range(5):
        assert_answered(address)
    for connection in held[: 600 - MAX_UNFINISHED]:
        assert answer(connection) == b"", "the oldest are closed at once"
    assert time.monotonic() - began < REQUEST_SECONDS
    for connection in held:
        assert answer(connection) == b"", "and in time all of them"
        connection.close()
    assert time.monotonic() - began < 2 * REQUEST_SECONDS


def test_a_connection_that_says_nothing_is_closed(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 2.0)
    began = time.monotonic()
    with connected(address) as connection:
        assert answer(connection) == b""
    assert 1.8 < time.monotonic() - began < 8


def test_a_body_byte_by_byte_is_closed(address: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 2.0)
    began = time.monotonic()
    with connected(address, HALF + b"Content-Length: 100000\r\n\r\n") as connection:
        with contextlib.suppress(ConnectionError):
            while time.monotonic() - began < 10:
                connection.sendall(b"x")
                time.sleep(0.05)
                assert_answered(address)
        assert answer(connection) == b""
    assert time.monotonic() - began < 8


def test_what_comes_fast_enough_may_take_its_time(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 1.0)
    piece = b"x" * (connections.SLOWEST // 2)
    stated = HALF + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % (12 * len(piece))
    with connected(address, stated) as connection:
        for _ in range(12):
            connection.sendall(piece)
            time.sleep(0.2)
        assert answer(connection).startswith(b"HTTP/1.1 4")


def test_endless_headers_are_refused(address: Address) -> None:
    with connected(address, HALF) as connection:
        line = b"X-Long: " + b"x" * 8000 + b"\r\n"
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 40_000_000:
                connection.sendall(line)
                sent += len(line)
        assert sent < 20_000_000
        heard = answer(connection)
    assert heard == b"" or heard.startswith(b"HTTP/1.1 431 ")
    assert_answered(address)


def test_headers_too_large_are_said_to_be(address: Address) -> None:
    with connected(address, HALF + b"X-Long: " + b"x" * 40_000) as connection:
        heard = answer(connection)
    assert heard.startswith(b"HTTP/1.1 431 ")
    assert b'"code":"headers_too_large"' in heard


def test_what_is_no_http_is_answered_in_our_form(address: Address) -> None:
    with connected(address, b"\x16\x03\x01 hello\r\n\r\n") as connection:
        heard = answer(connection)
    assert heard.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"bad_request"' in heard


def test_a_body_of_no_stated_length_has_a_limit(address: Address) -> None:
    chunk = b"2000\r\n" + b"x" * 0x2000 + b"\r\n"
    with connected(address, HALF + b"Transfer-Encoding: chunked\r\n\r\n") as connection:
        sent = 0
        with contextlib.suppress(ConnectionError):
            while sent < 100 * MAX_BODY_BYTES:
                connection.sendall(chunk)
                sent += len(chunk)
        assert sent < 50 * MAX_BODY_BYTES
        heard = answer(connection)
    assert heard == b"" or heard.startswith(b"HTTP/1.1 413 ")
    assert_answered(address)


def test_one_peer_opens_so_many_connections(tmp_path: Path, sqlite_database: Database) -> None:
    limits = {"max_connections_per_address": "20", "trusted_proxies": ""}
    with serving(tmp_path, sqlite_database, **limits) as address:
        ask = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        held = []
        for _ in range(40):
            held.append(connected(address, ask))
            assert held[-1].recv(4096).startswith(b"HTTP/1.1 200 ")
        assert_answered(address)
        for connection in held[:20]:
            assert answer(connection) == b"", "the oldest idle ones went"
        held[-1].sendall(ask)
        assert held[-1].recv(4096).startswith(b"HTTP/1.1 200 ")
        for connection in held:
            connection.close()
