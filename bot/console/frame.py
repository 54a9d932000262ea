"""What every page of the console has: who is signed in, the header, the way around."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import sentences
from bot.console.door import LOGIN
from bot.console.features import FEATURES
from bot.console.guard import watch
from bot.console.services import sessions
from bot.console.session import key_of
from bot.console.tables import Staff
from store.clock import utc_now

FAVICON = Path(__file__).parent.parent / "web" / "static" / "icon.svg"
_STYLES = (Path(__file__).parent / "style.css", *(one.style for one in FEATURES if one.style))
_STYLE = "\n".join(path.read_text("utf-8") for path in _STYLES)
LINKS = tuple(link for feature in FEATURES for link in feature.links)


async def current(request: Request) -> Staff | None:
    """Return who is signed in; the middleware has let nobody else this far."""
    return await sessions().whose(key_of(request.cookies), utc_now())


def to_login(request: Request) -> Response:
    """Send a person to the login."""
    return RedirectResponse(request.scope.get("root_path", "") + LOGIN, 303)


@contextmanager
def frame(staff: Staff, here: str) -> Iterator[None]:
    """Draw the header around a page; ``here`` is the address of its place in the header."""
    ui.colors(primary="#0f5a66")
    ui.add_css(_STYLE)
    with ui.header().classes("top"):
        ui.link(sentences.TITLE, "/").classes("home")
        with ui.element("nav").classes("rooms").props('aria-label="工作台导航"'):
            for place in LINKS:
                link = ui.link(place.title, place.address)
                if place.address == here:
                    link.props('aria-current="page"')
        ui.space()
        ui.label(staff.name).classes("who")
        with ui.element("form").props('method="post" action="/console/logout"'):
            ui.button("退出").props('flat dense type="submit" color="white"')
    watch()
    with ui.column().classes("sheet"):
        yield
