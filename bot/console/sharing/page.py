"""The console's page of shared staff: who lends and who borrows, and who fits whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from nicegui import ui
from starlette.requests import Request

from actions.sharing.chat.sharing import in_words
from actions.sharing.service import CLOSED, MATCHED, Share, Sharing
from bot.console.acting import ActingStaff
from bot.console.frame import current, frame
from bot.console.parts import Cards, heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.sharing import sentences as say
from bot.console.tables import Staff
from bot.console.views import conversation_address
from language.wording import on_record
from store.clock import utc_now

Entries = Sequence[tuple[Share, Sequence[Share]]]
MOST_FITTING = 3


@ui.page("/sharing")
async def sharing_page(request: Request) -> None:
    """What waits to be matched."""
    staff = current(request)
    with frame(staff, "/sharing"):
        await SharingPage(staff).refresh()


class SharingPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self._sharing = services().of(Sharing)
        heading(say.HEADING, say.HINT)
        self._entries = Cards(self._read, self._draw, say.NOTHING)
        self.refresh = self._entries.refresh

    def _read(self) -> Entries:
        return [(each, self._sharing.fitting(each)) for each in self._sharing.open_entries()]

    def _draw(self, entry: tuple[Share, Sequence[Share]]) -> None:
        share, fitting = entry
        with ui.row().classes("tags"):
            ui.label(share.code).classes("ticket")
            ui.label(in_words(share)).classes("words")
            if share.created_at is not None:
                at = on_record(share.created_at, utc_now())
                ui.label(say.SINCE.format(at=at)).classes("soft")
        ui.label(say.CONTACT.format(contact=share.contact)).classes("soft")
        for one in fitting[:MOST_FITTING]:
            ui.label(say.FITTING.format(code=one.code, line=in_words(one)))
        if not fitting:
            ui.label(say.NO_FITTING).classes("soft")
        with ui.row().classes("actions"):
            for title, state in ((say.B_MATCHED, MATCHED), (say.B_CLOSED, CLOSED)):
                end = partial(self._end, share, state)
                ui.button(title, on_click=end).props("outline dense no-caps")
            ui.link(say.B_CONVERSATION, conversation_address(share.conversation))

    async def _end(self, share: Share, state: str) -> None:
        def work(now: datetime) -> bool:
            return self._sharing.end(share.code, state, now)

        told = await self._acting.do(Deed.END_SHARE, f"share:{share.code}", work, {})
        ui.notify(told.refused or (DONE[state] if told.value else say.GONE))
        await self.refresh()


DONE: Mapping[str, str] = {MATCHED: say.MATCHED, CLOSED: say.CLOSED}
