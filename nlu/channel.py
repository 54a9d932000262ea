"""Rasa's one door: a turn in, its replies and what was understood out.

``POST /webhooks/zhida/turn`` with header ``X-Zhida-Token``. 200 with the answer; 400 for
a body that is no turn, 401 for a wrong token, 503 when nothing could be answered and
nothing was kept, so that the same message may come again; 422 when that would be in vain.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.lock_store import LockError
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from nlu.channel_report import BadRequest, TurnRequest
from nlu.channel_turn import ActionBroken, ActionFailed, ActionsAway, EmptyTurn, run_turn

logger = logging.getLogger(__name__)


class ZhidaChannel(InputChannel):
    """The channel the pipeline speaks to, on loopback only."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._warm = False

    @classmethod
    def name(cls) -> str:
        """Return the channel's name, also its path."""
        return "zhida"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ZhidaChannel:
        """Make the channel from ``credentials.yml``; an empty token is refused."""
        token = (credentials or {}).get("token")
        if not token or token.startswith("${"):
            cls.raise_missing_credentials_exception()
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the routes; ``on_new_message`` is not used, since it hides failures."""
        routes = Blueprint("zhida", "nlu_channel")

        @routes.get("/")
        async def health(request: Request) -> HTTPResponse:
            ready = await self._is_ready(request.app.ctx.agent)
            return response.json({"ready": ready}, status=200 if ready else 503)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            offered = request.headers.get("X-Zhida-Token", "").encode()
            if not hmac.compare_digest(offered, self._token):
                return _error(401, "bad_token")
            try:
                asked = TurnRequest.read(request.json)
            except (BadRequest, InvalidUsage):
                return _error(400, "bad_request")
            return await self._turn(request.app.ctx.agent, asked)

        return routes

    async def _is_ready(self, agent: Any) -> bool:
        """Whether a turn can be answered at once; the first parse loads jieba's words."""
        if agent is None or not agent.is_ready():
            return False
        if not self._warm:
            await agent.parse_message("您好")
            self._warm = True
        return True

    async def _turn(self, agent: Any, asked: TurnRequest) -> HTTPResponse:
        if agent is None or not agent.is_ready():
            return _error(503, "not_ready")
        try:
            return response.json(await run_turn(agent, asked, self.name()))
        except ActionBroken:
            logger.exception("turn %s: an action always fails", asked.message_id)
            return _error(422, "action_broken")
        except (ActionsAway, OperationalError) as error:
            # A full disk, a database that is away: it passes, and a traceback tells no more.
            logger.warning("turn %s: the store is away: %r", asked.message_id, error)
            return _error(503, "store_away")
        except ActionFailed:
            logger.exception("turn %s: an action failed", asked.message_id)
            return _error(503, "action_failed")
        except EmptyTurn:
            logger.exception("turn %s: no action said anything", asked.message_id)
            return _error(503, "empty_turn")
        except (SQLAlchemyError, LockError):
            logger.exception("turn %s: the conversation could not be kept", asked.message_id)
            return _error(503, "store_failed")


def _error(status: int, code: str) -> HTTPResponse:
    return response.json({"error": code}, status=status)
