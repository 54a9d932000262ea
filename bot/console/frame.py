"""What every page of the console has: who is signed in, the header, the way around."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nicegui import ui
from starlette.requests import Request

from bot.console import sentences
from bot.console.door import ACCOUNT, links_of
from bot.console.features import FEATURES
from bot.console.guard import watch
from bot.console.tables import Staff

FAVICON = Path(__file__).parent.parent / "web" / "static" / "icon.svg"
_STYLES = (Path(__file__).parent / "style.css", *(one.style for one in FEATURES if one.style))
_STYLE = "\n".join(path.read_text("utf-8") for path in _STYLES)


def current(request: Request) -> Staff:
    """Return who is signed in and may see the page: the door has let nobody else this far."""
    staff: Staff = request.state.staff
    return staff


@contextmanager
def frame(staff: Staff, here: str) -> Iterator[None]:
    """Draw the header around a page; ``here`` is the address of its place in the header."""
    ui.colors(primary="#0f5a66")
    ui.add_css(_STYLE)
    with ui.header().classes("top"):
        ui.link(sentences.TITLE, "/").classes("home")
        with ui.element("nav").classes("rooms").props('aria-label="工作台导航"'):
            for place in links_of(staff.role):
                link = ui.link(place.title, place.address)
                if place.address == here:
                    link.props('aria-current="page"')
        ui.space()
        ui.link(staff.name, ACCOUNT).classes("who")
        with ui.element("form").props('method="post" action="/console/logout"'):
            ui.button("退出").props('flat dense type="submit" color="white"')
    watch()
    with ui.column().classes("sheet"):
        yield
