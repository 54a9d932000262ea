"""A database that is away is said in one line: to the person, and in the log."""

import sqlite3

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot import errors
from bot.outage import DatabaseDown


def error(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("said by SQLite")
    cause.sqlite_errorcode = code
    return OperationalError("INSERT …", {}, cause)


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [(sqlite3.SQLITE_FULL, 503, "unavailable"), (sqlite3.SQLITE_ERROR, 500, "internal_error")],
)
async def test_an_outage_is_503_and_a_fault_500(code: int, status: int, said: str) -> None:
    app = FastAPI()
    errors.install(app)
    app.add_middleware(DatabaseDown)

    @app.get("/visits/{token}")
    async def fails(token: str) -> None:
        raise error(code)

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    with capture_logs() as logs:
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
            answer = await http.get("/visits/a-key")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, said)
    assert len(logs) == 1
    assert logs[0]["at"] == "/visits/{token}", "who reads the log is not let in by it"
    assert ("exc_info" in logs[0]) == (status == 500)
