"""The console's day board 大厅日程: who comes to a hall, who waits, who is called next."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from nicegui import events, ui
from starlette.requests import Request

from actions.appointments.errors import UnknownHall
from actions.appointments.records import Closure, Hall
from actions.appointments.service import Appointments, HallDesk
from actions.appointments.visits.board import Board
from actions.appointments.visits.call_order import CALL, FINISH, Step, Visit
from bot.console.appointments import board_views, sentences
from bot.console.appointments.acting import HallStaff
from bot.console.appointments.arrivals import Arrivals
from bot.console.appointments.board_table import BoardTable
from bot.console.appointments.board_views import CHECK_IN, TODO
from bot.console.appointments.calls import JustDone, visit_of, which_window
from bot.console.appointments.closures import ClosureDialog, Closures
from bot.console.frame import current, frame
from bot.console.guard import every
from bot.console.parts import empty, heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from language.wording import clock, full_date_with_weekday
from store.clock import to_shanghai, utc_now

REFRESH_SECONDS = 1.5
YEARS = (2000, 2100)


@ui.page("/windows")
async def board_page(request: Request, hall: str = "", day: str = "", window: str = "") -> None:
    """A hall's day; ``hall`` is its id, ``day`` a date, without one always today.

    ``window`` is the name of the one looked at: who is called from here comes to it.
    """
    staff = current(request)
    with frame(staff, "/windows"):
        halls = await services().database.run(services().of(Appointments).halls)
        if not halls:
            heading("大厅日程")
            empty(sentences.NO_HALLS)
            return
        chosen = next((one for one in halls if str(one.id) == hall), halls[0])
        board = BoardPage(staff, halls, Choice(chosen, _read_day(day), window))
        await board.refresh()
    every(REFRESH_SECONDS, board.refresh)


@dataclass
class Choice:
    """What of a hall is looked at; without ``day`` always today, also past midnight."""

    hall: Hall
    day: date | None
    window: str = ""
    shown: str = TODO

    def on(self, now: datetime) -> date:
        """Return the day that is shown."""
        return self.day or to_shanghai(now).date()


class BoardPage:
    """The moving parts of the page; drawn again only where something changed."""

    def __init__(self, staff: Staff, halls: tuple[Hall, ...], choice: Choice) -> None:
        self.acting = HallStaff(staff)
        self.choice = choice
        self._page = ui.context.client
        self._board: Board | None = None
        self._halls = {one.id: one for one in halls}
        self._asked = 0
        self._drawn: object = None
        self._upfront: tuple[Visit, ...] | None = None
        self._draw_choices()
        self.counts = ui.row().classes("counts").props('role="status"')
        self._draw_counts()
        self.closures = Closures(self.acting, self.refresh)
        self.arrivals = Arrivals(self.acting, self.refresh)
        self.just_done = JustDone(self._undo)
        self.just_done.row.set_visibility(self.acting.may(Deed.UNDO))
        self.upfront = ui.element("section").classes("upfront").props('aria-label="下一位"')
        with ui.row().classes("filters"):
            self.shown = ui.toggle({TODO: ""}, value=TODO, on_change=self._choose_shown)
            self.shown.props("no-caps dense padding='6px 14px'")
            self.window = ui.select({"": sentences.ALL_WINDOWS}, value="")
            self.window.props('outlined dense aria-label="窗口"').classes("window-choice")
            self.window.on_value_change(self._choose_window)
        self.table = BoardTable(self._act, self._undo, serves=self.acting.may(Deed.CALL))

    def _draw_choices(self) -> None:
        with ui.row().classes("board-head"):
            heading("大厅日程")
            names = {one.id: one.name for one in self._halls.values()}
            self.hall = ui.select(names, value=self.choice.hall.id, on_change=self._choose_hall)
            self.hall.props('outlined dense aria-label="大厅"').classes("hall-choice")
            with ui.row().classes("days").props('role="group" aria-label="日期"'):
                ui.button("‹ 昨天", on_click=lambda: self._turn(-1)).props("flat no-caps")
                ui.button("今天", on_click=lambda: self._choose_day(None)).props("flat no-caps")
                ui.button("明天 ›", on_click=lambda: self._turn(1)).props("flat no-caps")
            self.day = ui.input(on_change=self._type_day).props("type=date outlined dense")
            self.day.props('aria-label="日期"')
            self.day_name = ui.label("").classes("day-name")
            ui.space()
            if self.acting.may(Deed.CLOSE_HALL):
                ui.button("临时停办", on_click=self._close).props(
                    'outline no-caps color="negative"'
                )

    def _draw_counts(self) -> None:
        with self.counts:
            self.in_hall = ui.element("div").classes("in-hall")
            with self.in_hall:
                self.people = ui.label("")
                self.share = ui.linear_progress(0, show_value=False).props(
                    f'rounded size=8px aria-label="{sentences.SHARE}"'
                )
            self.booked = ui.label("").classes("count")
            self.left = ui.label("").classes("count")
            self.reserved = ui.label("").classes("count")

    # ---- choosing -----------------------------------------------------------------------

    async def _choose_hall(self, event: events.ValueChangeEventArguments[Any]) -> None:
        self.choice.hall, self.choice.window = self._halls[event.value], ""
        self.window.value = ""
        await self._start_over()

    async def _turn(self, days: int) -> None:
        await self._choose_day(self.choice.on(utc_now()) + timedelta(days=days))

    async def _choose_day(self, day: date | None) -> None:
        self.choice.day = None if day == to_shanghai(utc_now()).date() else day
        await self._start_over()

    async def _type_day(self, event: events.ValueChangeEventArguments[Any]) -> None:
        typed = _read_day(event.value or "")
        if typed is not None and typed != self.choice.on(utc_now()):
            await self._choose_day(typed)

    async def _choose_window(self, event: events.ValueChangeEventArguments[Any]) -> None:
        if (event.value or "") != self.choice.window:
            self.choice.window = event.value or ""
            await self._start_over()

    async def _choose_shown(self, event: events.ValueChangeEventArguments[Any]) -> None:
        self.choice.shown = event.value or TODO
        await self._start_over()

    async def _start_over(self) -> None:
        self.table.start_over()
        day = f"&day={self.choice.day}" if self.choice.day else ""
        window = f"&window={quote(self.choice.window)}" if self.choice.window else ""
        ui.navigate.history.replace(f"?hall={self.choice.hall.id}{day}{window}")
        await self.refresh()

    # ---- drawing ------------------------------------------------------------------------

    async def refresh(self) -> Board | None:
        """Read again and draw what is new; what is being typed stays."""
        if not await self.acting.still_signed_in():
            return None
        self._asked += 1
        mine, now = self._asked, utc_now()
        hall, day = self.choice.hall.name, self.choice.on(now)
        try:
            board, closures = await services().database.run(_read, hall, day, now)
        except UnknownHall:
            ui.navigate.to("/windows")  # deleted meanwhile
            return None
        # A later question, perhaps about another hall, has been asked since.
        if mine == self._asked:
            self._draw(board, now)
            self.closures.show(closures, now)
        return board

    def _draw(self, board: Board, now: datetime) -> None:
        counts, choice = board.counts, self.choice
        if choice.window not in board.windows:
            choice.window = ""
        # What is read off the clock is whole minutes: nothing else can look different.
        seen = (board, replace(choice), clock(now))
        if seen == self._drawn:
            return
        self._drawn, self._board = seen, board
        self._draw_day(board.day)
        self.in_hall.set_visibility(board.day == to_shanghai(now).date())
        self.people.text = sentences.IN_HALL.format(people=counts.people, capacity=board.capacity)
        share = min(1.0, counts.people / board.capacity)
        self.share.value = share
        self.share.props(f"color={board_views.tone(share)}")
        self.booked.text = sentences.BOOKED.format(booked=counts.booked)
        self.left.text = sentences.SEATS_LEFT.format(left=counts.seats_left)
        self.reserved.text = sentences.RESERVED_LEFT.format(left=counts.reserved_left)
        self.arrivals.show(board)
        self._draw_filters(board)
        self.just_done.show(board, now)
        self._draw_upfront(board_views.next_ones(board, choice.window))
        rows = board_views.rows(board, choice.shown, choice.window, now)
        self.table.show(rows, sentences.NOBODY.get(choice.shown, sentences.NOBODY_THERE))

    def _draw_day(self, day: date) -> None:
        name = full_date_with_weekday(day)
        # Only where it changed: a date may be half typed.
        if name != self.day_name.text:
            self.day_name.text = name
            self.day.value = day.isoformat()

    def _draw_filters(self, board: Board) -> None:
        windows = {"": sentences.ALL_WINDOWS} | {name: name for name in board.windows}
        if windows != self.window.options:
            self.window.set_options(windows, value=self.choice.window)
        stages = board_views.stages(board, self.choice.window)
        if stages != self.shown.options:
            self.shown.set_options(stages, value=self.choice.shown)

    def _draw_upfront(self, upfront: tuple[Visit, ...]) -> None:
        if upfront == self._upfront:
            return
        self._upfront = upfront
        self.upfront.clear()
        with self.upfront:
            if not upfront:
                ui.label(sentences.NOBODY_WAITS).classes("soft")
            for visit in upfront:
                self._draw_next(visit)

    def _draw_next(self, visit: Visit) -> None:
        with ui.element("div").classes("next-one"):
            ui.label("下一位").classes("soft")
            ui.label(visit.code).classes("ticket")
            ui.label(f"{visit.business} · {visit.window or sentences.WALK_IN}")
            if visit.priority:
                ui.label("优先").classes("first")
            if not self.acting.may(Deed.CALL):
                return
            call = ui.button("叫号", on_click=lambda: self._act(CALL, visit.code))
            call.props(f'unelevated aria-label="叫下一位 {visit.code}"')

    async def _close(self) -> None:
        board = await self.refresh()
        if board is not None:
            dialog = ClosureDialog(self.acting, self.choice.hall, board, self.refresh)
            await dialog.open()

    # ---- doing --------------------------------------------------------------------------

    async def _act(self, what: str, code: str) -> None:
        """Do what a button of a row says."""
        # Its button may be gone before this is done: whatever is said, is said by the page.
        with self._page:
            if what == CHECK_IN:
                await self.arrivals.check_in(code)
            elif what == CALL:
                await self._call(code)
            elif what == FINISH:
                await self._step(
                    Deed.FINISH, code, lambda now: services().of(HallDesk).finish(code, now=now)
                )

    async def _call(self, code: str) -> None:
        visit = visit_of(code, self._board) if self._board else None
        if visit is None or self._board is None:
            return
        window = await which_window(visit, self._board, self.choice.window)
        if window is None:
            return
        await self._step(
            Deed.CALL,
            code,
            lambda now: services().of(HallDesk).call(code, now=now, window=window or None),
        )

    async def _step(self, deed: Deed, code: str, work: Callable[[datetime], None]) -> None:
        done = await self.acting.do(deed, code, work)
        if done.refused:
            ui.notify(done.refused, type="negative")
        board = await self.refresh()
        if board is not None and not done.refused:
            self.just_done.note(code, board, utc_now())

    async def _undo(self, code: str, step: Step) -> None:
        """Take a step back, as it was shown to the clerk."""
        by = self.acting.name
        done = await self.acting.do(
            Deed.UNDO,
            code,
            lambda now: services().of(HallDesk).undo(code, step, by=by, now=now),
        )
        if done.refused:
            ui.notify(done.refused, type="negative")
        else:
            ui.notify(sentences.UNDONE[step.kind].format(code=code), type="positive")
        await self.refresh()


def _read(hall: str, day: date, now: datetime) -> tuple[Board, tuple[Closure, ...]]:
    service = services().of(HallDesk)
    return service.board(hall, day, now=now), service.closures(hall, since=now)


def _read_day(typed: str) -> date | None:
    """Return a typed day; a year that is half typed is none."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if YEARS[0] <= day.year < YEARS[1] else None
