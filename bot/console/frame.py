"""What every page of the console has: who is signed in, the header, the way around."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.console import sentences
from bot.console.services import desk
from bot.console.session import LOGIN, signed_in
from bot.console.tables import Staff
from store.clock import utc_now

FAVICON = Path(__file__).parent.parent / "web" / "static" / "icon.svg"
_STYLE = (Path(__file__).parent / "console.css").read_text("utf-8")
ROOMS = (
    ("/", "工单与对话"),
    ("/windows", "大厅日程"),
    ("/policies", "政策文件"),
    ("/feedback", "答案反馈"),
)


async def current(request: Request) -> Staff | None:
    """Return who is signed in; the middleware has let nobody else this far."""
    database = desk().database
    return await database.run(lambda: signed_in(database, request.session, now=utc_now()))


def to_login(request: Request) -> Response:
    """Send a person to the login."""
    return RedirectResponse(request.scope.get("root_path", "") + LOGIN, 303)


@contextmanager
def frame(staff: Staff, here: str) -> Iterator[None]:
    """Draw the header around a page; ``here`` is the address of its room."""
    ui.colors(primary="#0f5a66")
    ui.add_css(_STYLE)
    with ui.header().classes("top"):
        ui.link(sentences.TITLE, "/").classes("home")
        with ui.element("nav").classes("rooms").props('aria-label="工作台导航"'):
            for address, name in ROOMS:
                link = ui.link(name, address)
                if address == here:
                    link.props('aria-current="page"')
        ui.space()
        ui.label(staff.name).classes("who")
        with ui.element("form").props('method="post" action="/console/logout"'):
            ui.button("退出").props('flat dense type="submit" color="white"')
    with ui.column().classes("sheet"):
        yield
