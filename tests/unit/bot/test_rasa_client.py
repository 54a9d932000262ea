"""What kept a message from being answered: a part that is down, or the message."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from bot.messaging.rasa import RasaClient, ServiceDown, TurnFailed
from store.settings import Settings

TURN = "/webhooks/zhida/turn"


def hangs(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("no answer")


def answers(status: int, error: str = "") -> Callable[[httpx.Request], httpx.Response]:
    return lambda _request: httpx.Response(status, json={"error": error})


UP = answers(200)


@pytest.mark.parametrize(
    ("turn", "rasa", "actions", "wanted"),
    [
        (hangs, hangs, UP, ServiceDown),
        (hangs, UP, hangs, ServiceDown),
        (hangs, UP, UP, TurnFailed),
        (answers(503, "store_away"), UP, UP, ServiceDown),
        (answers(503, "action_failed"), UP, UP, TurnFailed),
        (answers(503, "action_failed"), UP, hangs, ServiceDown),
    ],
)
async def test_only_the_message_s_own_failures_count_against_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    turn: Callable[[httpx.Request], httpx.Response],
    rasa: Callable[[httpx.Request], httpx.Response],
    actions: Callable[[httpx.Request], httpx.Response],
    wanted: type[Exception],
) -> None:
    pages = {TURN: turn, "/webhooks/zhida/": rasa, "/health": actions}
    offline = httpx.MockTransport(lambda request: pages[request.url.path](request))
    client = RasaClient(Settings(var_dir=tmp_path))
    await client._http.aclose()
    monkeypatch.setattr(client, "_http", httpx.AsyncClient(transport=offline))
    with pytest.raises(wanted):
        await client.turn(
            sender="web:one",
            text="你好",
            message_id="1",
            received_at=datetime(2026, 3, 11, tzinfo=UTC),
            channel="web",
        )
    await client.close()
