"""Nothing happens on an open page whose session is over: no event, no timer, no deed.

A page lives on over a websocket long after it was asked for. Every message that a browser sends
on it comes through here, and everything that pages do by themselves is begun by ``every``.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import structlog
from nicegui import Client, core, ui

from bot.console import sentences
from bot.console.login.session import key_of
from bot.console.services import needs_totp, sessions
from bot.console.tables import Staff
from store.clock import utc_now
from store.failures import in_one_line, is_outage

log = structlog.get_logger(__name__)

WATCH_SECONDS = 2.0
SOON_SECONDS = 0.2
OF_THE_CONNECTION = ("connect", "disconnect")
"""Not of a page: connecting is the door's to refuse, and going away is free."""

Handler = Callable[[str, Any], Any]

_turns: WeakKeyDictionary[Client, asyncio.Lock] = WeakKeyDictionary()
_away: WeakKeyDictionary[Client, ui.notification] = WeakKeyDictionary()
"""Pages that say that the database is away."""


async def whose(client: Client, *, afresh: bool = False) -> Staff | None:
    """Return who works on a page, or lead it to the login.

    What was read within the last two seconds is believed, unless ``afresh``. A page drawn for
    another role than the person's of today is over as well, and drawn anew; so is one of somebody
    whose one-time codes, which their role must use, were turned off since.
    """
    key = key_of(client.request.cookies)
    # What is believed would have a page say that the database is back.
    staff = None if afresh or client in _away else sessions().believed(key)
    if staff is None:
        staff = await sessions().whose(key, utc_now())
    if staff is None:
        client.open("/")  # the door sends them on to the login
    elif _is_other(staff, client.request.state.staff):
        client.open(client.page.path)  # or to where the role belongs
        return None
    return staff


def _is_other(staff: Staff, drawn_for: Staff) -> bool:
    """Whether a page may not stay as it was drawn: turning codes on leaves it as it is."""
    return staff.role != drawn_for.role or (needs_totp(staff) and not needs_totp(drawn_for))


def every(seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    """Do ``work`` on the page being drawn again and again, while its session lasts."""
    ui.timer(seconds, _in_session(work), immediate=False)


def soon(work: Callable[[], Awaitable[object]]) -> None:
    """Do ``work`` once, when the page being drawn is there, if its session lasts."""
    ui.timer(SOON_SECONDS, _in_session(work), once=True, immediate=False)


def _in_session(work: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    client = ui.context.client

    async def do() -> None:
        with _saying_when_away(client):
            if await whose(client) is not None:
                await work()

    return do


@contextmanager
def _saying_when_away(client: Client) -> Iterator[None]:
    """Say on a page, and once in the log, that the database is away, until something succeeds.

    What the page was to do is left undone: its timers try again.
    """
    try:
        yield
    except Exception as error:
        if not is_outage(error):
            raise
        if client not in _away:
            log.warning("console without database", reason=in_one_line(error))
            with client:
                _away[client] = ui.notification(
                    sentences.DATABASE_AWAY, type="warning", spinner=True, timeout=None
                )
    else:
        if (notice := _away.pop(client, None)) is not None:
            notice.dismiss()


def watch() -> None:
    """Lead the page being drawn to the login soon after its session is over."""

    async def nothing_more() -> None:
        pass

    every(WATCH_SECONDS, nothing_more)


def guard_messages() -> None:
    """Put the guard before every message that NiceGUI takes from a page; safe to repeat."""
    handlers: dict[str, Handler] = core.sio.handlers["/"]
    for name, handler in list(handlers.items()):
        if name not in OF_THE_CONNECTION and not is_guarded(handler):
            core.sio.on(name, handler=_guarded(handler))


def is_guarded(handler: Handler) -> bool:
    """Tell whether a handler of messages has the guard before it."""
    return hasattr(handler, "guards")


def _guarded(handler: Handler) -> Handler:
    async def guarded(socket: str, message: Any) -> Any:
        client = Client.instances.get(message["client_id"])
        if client is None:
            return False
        done: Any = False
        with _saying_when_away(client):
            # One after the other: what was typed comes before the click that sends it.
            async with _turns.setdefault(client, asyncio.Lock()):
                if await whose(client) is None:
                    return False
                done = handler(socket, message)
                if inspect.isawaitable(done):
                    done = await done
            await sessions().seen(key_of(client.request.cookies), utc_now())
        return done

    guarded.guards = handler  # type: ignore[attr-defined]
    return guarded
