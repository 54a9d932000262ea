"""What the action server answers when an action fails: whether the same may be asked again."""

import sqlite3
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from actions.server.app import failed


def database_error(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("said by SQLite")
    cause.sqlite_errorcode = code
    return OperationalError("INSERT …", {}, cause)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (database_error(sqlite3.SQLITE_FULL), 503),
        (database_error(sqlite3.SQLITE_ERROR), 500),
        (ValueError("said by us"), 500),
    ],
)
async def test_only_an_outage_may_be_asked_again(error: Exception, status: int) -> None:
    answer = await failed(SimpleNamespace(body=b"", json=None), error)
    assert answer.status == status
    assert b"said by" not in answer.body
