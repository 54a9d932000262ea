"""Closures announced late: announcing one, seeing whom it affects, taking it back."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta

from nicegui import ui

from actions.appointments.records import Closure, Hall
from actions.appointments.service import HallDesk
from actions.appointments.visits.board import Board
from bot.console.appointments import board_views, sentences
from bot.console.appointments.acting import HallStaff
from bot.console.dialogs import asking
from bot.console.permissions import Deed
from bot.console.services import services
from store.clock import SHANGHAI, to_shanghai, utc_now

REASON_MAX = 100
_WHOLE = ""
Refresh = Callable[[], Awaitable[Board | None]]


class Closures:
    """The closures that are not over, each with a button to take it back."""

    def __init__(self, acting: HallStaff, refresh: Refresh) -> None:
        self.acting = acting
        self.refresh = refresh
        self._shown: tuple[Closure, ...] = ()
        self.list = ui.element("ul").classes("closures").props('aria-label="停办"')
        self.list.set_visibility(False)

    def show(self, closures: tuple[Closure, ...], now: datetime) -> None:
        """Draw the closures, if they changed."""
        if closures == self._shown:
            return
        self._shown = closures
        self.list.set_visibility(bool(closures))
        self.list.clear()
        with self.list:
            for closure in closures:
                self._draw(closure, now)

    def _draw(self, closure: Closure, now: datetime) -> None:
        with ui.element("li"):
            ui.label(board_views.closure(closure, now))
            if self.acting.may(Deed.REOPEN_HALL):
                ui.button("取消停办", on_click=lambda: self._ask_reopen(closure)).props(
                    "flat dense no-caps"
                )

    def _ask_reopen(self, closure: Closure) -> None:
        async def go() -> None:
            dialog.close()
            done = await self.acting.do(
                Deed.REOPEN_HALL,
                str(closure.id),
                lambda now: services().of(HallDesk).reopen(closure.id, now=now),
            )
            _tell(done.refused, sentences.CLOSURE_ENDED)
            await self.refresh()

        with asking(sentences.CONFIRM_REOPEN) as dialog, ui.row().classes("dialog-choices"):
            ui.button("返回", on_click=dialog.close).props("flat")
            ui.button("取消停办", on_click=go)
        dialog.open()


class ClosureDialog:
    """Asks when, where and why; says how many bookings that affects before it is done."""

    def __init__(self, acting: HallStaff, hall: Hall, board: Board, refresh: Refresh) -> None:
        self.acting = acting
        self.hall = hall
        self.refresh = refresh
        start, end = _usual(hall, board.day, utc_now())
        with asking(f"临时停办 · {hall.name}") as self.dialog:
            self.start = self._moment("从", start)
            self.end = self._moment("到", end)
            where = {_WHOLE: sentences.WHOLE_HALL} | {name: name for name in board.windows}
            self.window = ui.select(where, value=_WHOLE, label="停办范围", on_change=self._look)
            self.window.props("outlined stack-label")
            self.reason = ui.input("原因").props(f"outlined stack-label maxlength={REASON_MAX}")
            with ui.row().classes("tags"):
                for reason in sentences.CLOSURE_REASONS:
                    ui.button(reason, on_click=lambda reason=reason: self._because(reason)).props(
                        "outline dense no-caps padding='2px 10px'"
                    )
            self.words = ui.label("").classes("warning").props('role="status"')
            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=self.dialog.close).props("flat")
                ui.button("登记停办并通知", on_click=self._announce, color="negative")

    async def open(self) -> None:
        """Show the dialog and whom the usual stretch would affect."""
        await self._look()
        self.dialog.open()

    def _moment(self, label: str, moment: datetime) -> ui.input:
        box = ui.input(label, value=moment.strftime("%Y-%m-%dT%H:%M"), on_change=self._look)
        return box.props("type=datetime-local outlined stack-label")

    def _because(self, reason: str) -> None:
        self.reason.value = reason

    def _stretch(self) -> tuple[datetime, datetime] | None:
        start, end = _read(self.start.value), _read(self.end.value)
        return (start, end) if start and end and start < end else None

    async def _look(self) -> None:
        stretch, window = self._stretch(), self.window.value or None
        if stretch is None:
            self.words.text = sentences.CLOSURE_WHEN
            return
        hall, now = self.hall.name, utc_now()
        count = await services().database.run(
            lambda: services().of(HallDesk).affected(hall, *stretch, now=now, window=window)
        )
        self.words.text = (
            sentences.CLOSURE_AFFECTS.format(count=count)
            if count
            else sentences.CLOSURE_AFFECTS_NONE
        )

    async def _announce(self) -> None:
        stretch, reason = self._stretch(), (self.reason.value or "").strip()[:REASON_MAX]
        if stretch is None or not reason:
            missing = sentences.CLOSURE_REASON if stretch else sentences.CLOSURE_WHEN
            ui.notify(missing, type="warning")
            return
        hall, window, by = self.hall.name, self.window.value or None, self.acting.name

        def work(now: datetime) -> int:
            return (
                services()
                .of(HallDesk)
                .close(hall, *stretch, reason=reason, by=by, now=now, window=window)
            )

        done = await self.acting.do(Deed.CLOSE_HALL, hall, work, reason=reason)
        _tell(done.refused, sentences.CLOSURE_ANNOUNCED.format(count=done.value))
        if not done.refused:
            self.dialog.close()
        await self.refresh()


def _usual(hall: Hall, day: date, now: datetime) -> tuple[datetime, datetime]:
    """Return the rest of a hall's day, or all of it: what most closures are."""
    opens = datetime.combine(day, hall.sessions[0][0] if hall.sessions else time(9), SHANGHAI)
    closes = datetime.combine(day, hall.sessions[-1][1] if hall.sessions else time(17), SHANGHAI)
    start = max(opens, to_shanghai(now))
    return start, max(closes, start + timedelta(hours=1))


def _read(typed: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(typed or "").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None


def _tell(refused: str, done: str) -> None:
    ui.notify(refused or done, type="negative" if refused else "positive")
