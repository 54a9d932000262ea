"""The action server: rasa-sdk's protocol on loopback, one process, nothing leaked.

Loopback is no fence against whoever else has a login on the machine, and an action lists and
cancels bookings: only who shows our token is answered.
"""

import hmac
import logging
import warnings
from typing import Any

import structlog
from sanic import Sanic, response
from sanic.handlers import ErrorHandler

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from rasa_sdk.endpoint import create_app

from actions.dialogue.dialogue import Dialogue
from actions.server.protocol import executor
from store.failures import in_one_line, is_outage, may_pass

logger = structlog.get_logger(__name__)

GRACE_SECONDS = 5.0
OPEN = "/health"
"""Needs no token: ``zhida up`` asks it, and it tells no more than that we listen."""


class QuietErrors(ErrorHandler):  # type: ignore[misc]
    """Log a failure, and tell the caller no more than that it failed and whether it may pass.

    rasa-sdk would send back the exception's text and the whole conversation.
    """

    def default(self, request: Any, exception: Exception) -> Any:
        """Answer every exception alike."""
        return failed(request, exception)


async def failed(request: Any, exception: Exception) -> Any:
    """Answer 500 without the exception's text; a Sanic status (404, 400) is kept.

    503 where the database cannot be used at the moment, 502 where another try may succeed, 500
    where it never will.
    """
    if is_outage(exception):
        logger.error("database away", reason=in_one_line(exception))
        return response.json({"error": "database_away"}, status=503)
    status = int(getattr(exception, "status_code", 502 if may_pass(exception) else 500))
    body = request.json if status >= 500 and request.body else {}
    if status >= 500:
        logger.error("action failed", action=(body or {}).get("next_action"), exc_info=exception)
    return response.json({"error": "action_failed"}, status=status)


def build_app(dialogue: Dialogue, token: str) -> Sanic:
    """Return the server over ``dialogue``, whose services must be warm: it answers at once.

    Who calls it says ``Authorization: Bearer`` and ``token``, or gets 401.
    """
    app = create_app(executor(dialogue), cors_origins="")
    app.error_handler = QuietErrors()
    app.error_handler.add(Exception, failed)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = GRACE_SECONDS
    app.config.ACCESS_LOG = False
    app.config.REQUEST_MAX_SIZE = 20_000_000
    app.register_middleware(_door(token), "request")
    return app


def _door(token: str) -> Any:
    """Return what refuses a request without the token."""
    expected = f"Bearer {token}".encode()

    async def refuse(request: Any) -> Any:
        shown = str(request.headers.get("authorization", "")).encode(errors="replace")
        if request.path == OPEN or hmac.compare_digest(shown, expected):
            return None
        return response.json({"error": "unauthorized"}, status=401)

    return refuse


def serve(app: Sanic, port: int) -> None:
    """Serve on loopback until SIGTERM or SIGINT."""
    logging.getLogger("sanic.root").setLevel(logging.WARNING)
    app.run("127.0.0.1", port, single_process=True, motd=False, access_log=False)
