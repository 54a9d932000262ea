"""Rasa's side of a turn, over HTTP on loopback."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from actions.dialogue.turn import Reply
from store.settings import Settings

TURN_TIMEOUT_SECONDS = 30.0
STORE_AWAY = "store_away"
"""Rasa's word for a database of its own, or of the actions, that takes nothing just now."""


class ServiceDown(Exception):
    """Rasa or the action server cannot be reached: the message has to wait."""


class TurnFailed(Exception):
    """Both servers are up, yet this message could not be answered."""


class TurnBroken(Exception):
    """This message cannot be answered, however often it is tried."""


@dataclass(frozen=True)
class RasaAnswer:
    """What Rasa made of one message; entity spans refer to the text it was given."""

    replies: tuple[Reply, ...]
    nlu: dict[str, Any]


class RasaClient:
    """Client of ``nlu/channel.py``, and of the health pages of both servers."""

    def __init__(self, settings: Settings) -> None:
        self._rasa = f"http://127.0.0.1:{settings.rasa_port}"
        self._actions = f"http://127.0.0.1:{settings.actions_port}"
        self._headers = {"X-Zhida-Token": settings.signing_key()}
        self._http = httpx.AsyncClient(
            timeout=httpx.Timeout(TURN_TIMEOUT_SECONDS, connect=2.0),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
            trust_env=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def turn(
        self, *, sender: str, text: str, message_id: str, received_at: datetime, channel: str
    ) -> RasaAnswer:
        """Have one message answered; the same ``message_id`` again gives the same answer.

        Raises ServiceDown, TurnFailed or TurnBroken; then nothing is kept of the turn at
        Rasa's side.
        """
        body = {
            "sender": sender,
            "text": text,
            "message_id": message_id,
            "metadata": {
                "message_id": message_id,
                "received_at": received_at.isoformat(),
                "channel": channel,
            },
        }
        try:
            response = await self._http.post(
                f"{self._rasa}/webhooks/zhida/turn", json=body, headers=self._headers
            )
        except httpx.ReadTimeout as error:
            # One that hangs is down as much as one that is gone: neither is the message's fault.
            if not await self.rasa_up():
                raise ServiceDown("rasa") from error
            if not await self.actions_up():
                raise ServiceDown("actions") from error
            raise TurnFailed("rasa took too long") from error
        except httpx.TransportError as error:
            raise ServiceDown("rasa") from error
        if response.status_code == httpx.codes.OK:
            answer = response.json()
            return RasaAnswer(tuple(answer["messages"]), answer["nlu"])
        if response.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            raise TurnBroken(f"rasa answered {response.status_code}")
        if _reason(response) == STORE_AWAY:
            raise ServiceDown("database")
        if not await self.actions_up():
            raise ServiceDown("actions")
        raise TurnFailed(f"rasa answered {response.status_code}")

    async def rasa_up(self) -> bool:
        """Tell whether Rasa has its model loaded and our channel open."""
        return await self._ok(f"{self._rasa}/webhooks/zhida/")

    async def actions_up(self) -> bool:
        """Tell whether the action server is ready."""
        return await self._ok(f"{self._actions}/health")

    async def _ok(self, url: str) -> bool:
        try:
            return (await self._http.get(url, timeout=2.0)).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False


def _reason(response: httpx.Response) -> object:
    try:
        body = response.json()
    except ValueError:
        return None
    return body.get("error") if isinstance(body, dict) else None
