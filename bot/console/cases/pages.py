"""The console's pages of people who wait for staff: the inbox, and one conversation."""

from nicegui import ui
from starlette.requests import Request

from bot.console.cases.closed import Closed
from bot.console.cases.conversation import ConversationPage
from bot.console.cases.inbox import ALL, InboxPage
from bot.console.frame import current, frame
from bot.console.guard import every

REFRESH_SECONDS = 4.0


@ui.page("/")
async def inbox_page(request: Request, which: str = ALL) -> None:
    """Who waits, the most pressing first; refreshed every few seconds."""
    staff = current(request)
    with frame(staff, "/"):
        page = InboxPage(staff, which, Closed.read(request.query_params))
        await page.refresh()
    every(REFRESH_SECONDS, page.refresh)


@ui.page("/conversation")
async def conversation_page(request: Request, id: str = "", at: int = 0) -> None:
    """A conversation: what was said, its cases, and a box to answer in; ``at`` one message."""
    staff = current(request)
    with frame(staff, "/"):
        page = ConversationPage(id if id.isprintable() else "", staff, at=at)
        await page.begin()
    if page.exists:
        every(REFRESH_SECONDS / 2, page.refresh)
