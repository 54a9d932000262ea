"""One address begins so many conversations and sends so many messages; the rest is refused."""

import httpx
import pytest
from fastapi.testclient import TestClient

from bot.app import create_app
from store.database import Database
from store.settings import Settings
from tests.support.conversations import conversation_of


def client_of(database: Database, **limits: str) -> TestClient:
    settings = Settings(
        _env_file=None,
        database_url=database.url.render_as_string(hide_password=False),
        secret_key="k" * 43,
        reply_wait_seconds=0.05,
        **limits,
    )
    return TestClient(create_app(settings), client=("127.0.0.1", 50_000))


def say(client: TestClient, name: str, text: str, address: str = "192.0.2.1") -> httpx.Response:
    body = {"conversation": conversation_of(name), "text": text}
    return client.post("/api/messages", json=body, headers={"X-Forwarded-For": address})


def assert_refused(response: httpx.Response, code: str) -> None:
    assert (response.status_code, response.json()["error"]["code"]) == (429, code)
    assert 0 < int(response.headers["retry-after"]) <= 60


def test_new_conversations_of_one_address(sqlite_database: Database) -> None:
    client = client_of(sqlite_database, limit_conversations="2/60")
    assert [say(client, name, "你好").status_code for name in "ab"] == [200, 200]
    assert_refused(say(client, "c", "你好"), "too_many_conversations")
    assert say(client, "a", "在吗").status_code == 200, "what is begun goes on"
    assert say(client, "d", "你好", "192.0.2.2").status_code == 200
    again = client_of(sqlite_database, limit_conversations="1/60")
    assert say(again, "b", "还在吗").status_code == 200, "begun before a restart, it goes on"
    assert say(again, "e", "你好").status_code == 200


def test_messages_of_one_conversation(sqlite_database: Database) -> None:
    client = client_of(sqlite_database, limit_messages="3/60")
    assert [say(client, "a", f"第{n}句").status_code for n in range(3)] == [200] * 3
    assert_refused(say(client, "a", "第四句", "192.0.2.2"), "too_many_messages")
    assert say(client, "b", "你好").status_code == 200


def test_messages_of_one_address(sqlite_database: Database) -> None:
    client = client_of(sqlite_database, limit_address_messages="3/60")
    assert [say(client, name, "你好").status_code for name in "abc"] == [200] * 3
    assert_refused(say(client, "a", "在吗"), "too_many_messages")


@pytest.mark.parametrize("written", ["0/2", "20", "20/", "-1/2", "20/x", "/2"])
def test_a_limit_is_a_number_in_a_time(written: str) -> None:
    with pytest.raises(ValueError, match="limit_messages"):
        Settings(_env_file=None, limit_messages=written)
