"""Who comes: a field for a scanned or typed code, and noting people without a booking."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import events, ui

from actions.appointments.booking.queries import SERVED
from actions.appointments.records import Booking
from actions.appointments.service import HallDesk
from actions.appointments.visits.board import Board
from bot.console.appointments import board_views, sentences
from bot.console.appointments.acting import HallStaff
from bot.console.permissions import Deed
from bot.console.services import services
from language.wording import clock

CODE_MAX = 20
Refresh = Callable[[], Awaitable[Board | None]]

# A scanner types the code and Enter. What was typed is marked, so that the next scan
# replaces it; Enter that ends the choice of a Chinese input method is not meant.
_ENTER = (
    "(event) => { if (!event.isComposing) { emit(event.target.value); event.target.select() } }"
)


class Arrivals:
    """The panel at the door of a hall; ``refresh`` draws the board and returns it."""

    def __init__(self, acting: HallStaff, refresh: Refresh) -> None:
        self.acting = acting
        self.refresh = refresh
        self.hall = ""
        self._businesses: list[str] = []
        with ui.element("div").classes("arrivals") as panel:
            self._draw_scan()
            self._draw_walk_in()
        panel.set_visibility(acting.may(Deed.CHECK_IN))

    def _draw_scan(self) -> None:
        with ui.element("section").classes("panel").props('aria-label="扫码签到"'):
            ui.label("扫码签到").classes("panel-name")
            with ui.row().classes("panel-row"):
                self.code = (
                    ui.input(placeholder="扫描或输入预约码，按回车")
                    .props(f"outlined dense autofocus autocomplete=off maxlength={CODE_MAX}")
                    .props('aria-label="预约码" input-class="ticket"')
                    .classes("code")
                )
                self.code.on("keydown.enter", self._scanned, js_handler=_ENTER)
                ui.button("签到", on_click=self._typed).props("unelevated")
            self.said = ui.label("").classes("said").props('role="status"')

    def _draw_walk_in(self) -> None:
        with ui.element("section").classes("panel").props('aria-label="登记现场来人"'):
            ui.label("登记现场来人").classes("panel-name")
            with ui.row().classes("panel-row"):
                self.business = (
                    ui.select([], label="办什么业务").props("outlined dense").classes("code")
                )
                self.priority = ui.checkbox("优先（老年人、残疾人）")
                ui.button("登记", on_click=self._note).props("unelevated")
            self.noted = ui.label("").classes("said").props('role="status"')

    def show(self, board: Board) -> None:
        """Offer the businesses of the board's hall; what is being typed stays."""
        if board.hall != self.hall:
            self.hall = board.hall
            self.said.text = self.noted.text = ""
        businesses = sorted(set().union(*board.windows.values()))
        if businesses != self._businesses:
            self._businesses = businesses
            kept = self.business.value if self.business.value in businesses else None
            self.business.set_options(businesses, value=kept)

    async def check_in(self, code: str) -> None:
        """Check somebody in by a code, and say what came of it."""
        code = code.strip()[:CODE_MAX]
        if not code:
            _say(self.said, sentences.NO_CODE, bad=True)
            return
        hall = self.hall

        def work(now: datetime) -> Booking:
            return services().of(HallDesk).check_in(code, hall=hall, now=now)

        done = await self.acting.do(Deed.CHECK_IN, code, work)
        board = await self.refresh()
        if done.value is None:
            _say(self.said, done.refused, bad=True)
            return
        _say(self.said, _checked_in(done.value, board))
        if self.code.value.strip() == code:
            self.code.value = ""

    async def _scanned(self, event: events.GenericEventArguments) -> None:
        await self.check_in(str(event.args or ""))

    async def _typed(self) -> None:
        await self.check_in(self.code.value or "")

    async def _note(self) -> None:
        business, priority, hall = self.business.value, bool(self.priority.value), self.hall
        if not business:
            _say(self.noted, sentences.NO_BUSINESS, bad=True)
            return

        def work(now: datetime) -> str:
            return services().of(HallDesk).walk_in(hall, business, priority=priority, now=now)

        done = await self.acting.do(Deed.WALK_IN, business, work)
        board = await self.refresh()
        if done.value is None:
            _say(self.noted, done.refused, bad=True)
            return
        self.business.value, self.priority.value = None, False
        ahead = board_views.ahead(board, done.value) if board else ""
        words = sentences.WALKED_IN.format(code=done.value, business=business, ahead=ahead)
        _say(self.noted, words)


def _checked_in(booking: Booking, board: Board | None) -> str:
    if booking.status == SERVED:
        return sentences.ALREADY_OVER.format(code=booking.code)
    return sentences.CHECKED_IN.format(
        code=booking.code,
        when=clock(booking.start),
        business=booking.business,
        window=booking.window,
        ahead=board_views.ahead(board, booking.code) if board else "",
    )


def _say(label: ui.label, words: str, *, bad: bool = False) -> None:
    label.text = words
    label.classes(add="bad" if bad else "good", remove="good" if bad else "bad")
