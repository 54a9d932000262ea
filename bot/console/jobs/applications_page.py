"""The console's page of applications: handed over once, followed, employers that are silent."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from nicegui import ui
from starlette.requests import Request

from actions.jobs.applications.service import Application, Applications, Contact, HandedAlready
from actions.jobs.applications.states import (
    HANDED,
    MOVES,
    OPEN,
    SUBMITTED,
    UNANSWERED,
    WITHDRAWN,
    NoSuchMove,
)
from bot.console import names
from bot.console.acting import ActingStaff, Refusals
from bot.console.dialogs import asking
from bot.console.frame import current, frame
from bot.console.jobs import sentences as say
from bot.console.jobs.parts import ask_reason, draw_history
from bot.console.parts import Cards, heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from language.wording import on_record
from store.clock import utc_now

REFUSALS: Refusals = {
    HandedAlready: lambda _error, _now: say.HANDED_ALREADY,
    NoSuchMove: lambda _error, _now: say.APPLICATION_GONE,
}
WORDS_MAX = 60


@ui.page("/applications")
async def applications_page(request: Request) -> None:
    """The applications, those first that wait longest."""
    staff = current(request)
    with frame(staff, "/applications"):
        await ApplicationsPage(staff).refresh()


class ApplicationsPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self._applications = services().of(Applications)
        self._patience = services().settings.employer_answer_days
        heading(say.APPLICATIONS, say.APPLICATIONS_HINT)
        with ui.row().classes("filters"):
            self._words = (
                ui.input(placeholder=say.FIND_APPLICATION, on_change=self.refresh)
                .props(f"outlined dense clearable debounce=300 maxlength={WORDS_MAX}")
                .props(f'bg-color=white aria-label="{say.FIND_APPLICATION}"')
                .classes("filter")
            )
            self._state = ui.toggle(say.APPLICATION_FILTERS, value="open", on_change=self.refresh)
            self._state.props("no-caps dense padding='4px 14px'")
        self._cards = Cards(self._read, self._draw, say.NO_APPLICATIONS, self._mark)

    async def refresh(self) -> None:
        """Read and draw again."""
        await self._cards.refresh()

    def _read(self) -> Sequence[Application]:
        state = self._state.value or ""
        states = {"open": OPEN, "silent": UNANSWERED, "": ()}.get(state, (state,))
        words = (self._words.value or "").strip()
        found = self._applications.listed(utc_now(), states=states, words=words)
        if state == "silent":
            found = tuple(each for each in found if self._is_silent(each))
        return found

    def _mark(self, one: Application) -> str:
        if self._is_silent(one):
            return "is-late"
        return "" if one.state in OPEN else "is-over"

    def _is_silent(self, one: Application) -> bool:
        return one.silent_days >= self._patience

    def _draw(self, one: Application) -> None:
        now = utc_now()
        with ui.row().classes("tags"):
            ui.label(one.code).classes("ticket")
            ui.label(f"{one.title}｜{one.employer}").classes("name")
            ui.label(names.APPLICATION_STATES[one.state]).classes("chip")
            if not one.open_posting:
                ui.label(say.POSTING_GONE).classes("chip")
            if self._is_silent(one):
                words = say.LATE if one.state == SUBMITTED else say.SILENT
                ui.label(words.format(days=one.silent_days)).classes("chip is-bad")
        ui.label(say.WHO.format(name=one.name or say.NO_NAME, phone=one.phone))
        told = say.AT.format(applied=on_record(one.applied_at, now))
        if one.handed_at is not None:
            told += say.HANDED_AT.format(at=on_record(one.handed_at, now), who=one.handed_by)
        ui.label(told).classes("soft")
        with ui.element("details"):
            with ui.element("summary"):
                ui.label(say.CONSENT).classes("row-link")
            ui.label(one.consent).classes("citation words")
        holder = ui.element("div")
        with ui.row().classes("actions"):
            self._draw_actions(one, holder)

    def _draw_actions(self, one: Application, holder: ui.element) -> None:
        history = partial(self._history, one, holder)
        ui.button(say.B_HISTORY, on_click=history).props("flat dense no-caps")
        if HANDED in MOVES[one.state] and self._acting.may(Deed.HAND_APPLICATION):
            ui.button(say.B_HAND, on_click=partial(self._ask_hand, one)).props(
                "outline dense no-caps"
            )
        if not self._acting.may(Deed.MOVE_APPLICATION):
            return
        for to in MOVES[one.state]:
            if to not in (HANDED, WITHDRAWN, SUBMITTED):
                ask = partial(self._ask_move, one, to)
                title = names.APPLICATION_STATES[to]
                ui.button(title, on_click=ask).props("flat dense no-caps")

    async def _history(self, one: Application, holder: ui.element) -> None:
        changes = await services().database.run(self._applications.changes, one.id)
        draw_history(holder, changes, names.APPLICATION_STATES)

    def _ask_hand(self, one: Application) -> None:
        async def go(how: str) -> None:
            hand = partial(self._applications.hand_over, one.code, who=self._acting.name, how=how)
            came = await self._do(Deed.HAND_APPLICATION, one, lambda now: hand(now=now), how)
            if isinstance(came, Contact):
                with self._cards.part:  # the card that was pressed has been drawn anew
                    _show(came, one)

        ask_reason(
            say.ASK_HAND.format(employer=one.employer),
            go,
            label=say.HAND_HOW,
            hint=say.HAND_HINT,
            button=say.B_SEE,
        )

    def _ask_move(self, one: Application, to: str) -> None:
        async def go(reason: str) -> None:
            move = partial(self._applications.move, one.code, to, who=self._acting.name, why=reason)

            told = say.APPLICATION_MOVED.format(state=names.APPLICATION_STATES[to])
            await self._do(Deed.MOVE_APPLICATION, one, lambda now: move(now=now), reason, told)

        move = names.APPLICATION_STATES[to]
        ask_reason(say.ASK_MOVE.format(move=move, title=one.title, employer=one.employer), go)

    async def _do(
        self,
        deed: Deed,
        one: Application,
        work: Callable[[datetime], object],
        reason: str,
        told: str = "",
    ) -> object:
        subject = f"application:{one.code}"
        came = await self._acting.do(deed, subject, work, REFUSALS, reason=reason)
        if came.refused:
            ui.notify(came.refused, type="negative")
        elif told:
            ui.notify(told)
        await self.refresh()
        return came.value


def _show(contact: Contact, one: Application) -> None:
    """Show what is handed over, this once."""
    with asking(say.HANDED.format(employer=one.employer)) as dialog:
        ui.label(contact.name or say.NO_NAME)
        ui.label(contact.phone or say.KEY_LOST).classes("phone")
        with ui.row().classes("dialog-choices"):
            ui.button(say.B_GO, on_click=dialog.close).props("unelevated no-caps")
    dialog.open()
