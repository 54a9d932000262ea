"""The console's page of postings: what each stands at, who gave it that state, and why."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from nicegui import ui
from starlette.requests import Request

from actions.jobs.applications.reports import PostingReports
from actions.jobs.desk import OVER, BadDay, PostingDesk, PostingLine
from actions.jobs.life import MOVES, PAUSED, PUBLISHED, VETTING, NoSuchMove
from actions.jobs.records import GIG
from actions.jobs.service import Jobs
from actions.vetting.service import Vetting
from bot.console.acting import ActingStaff, Refusals
from bot.console.frame import current, frame
from bot.console.jobs import sentences as say
from bot.console.jobs.parts import ask_reason, draw_history
from bot.console.parts import Cards, heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from language.wording import full_date, on_record
from store.clock import to_shanghai, utc_now

REFUSALS: Refusals = {
    NoSuchMove: lambda _error, _now: say.NOT_POSSIBLE,
    BadDay: lambda _error, _now: say.BAD_DAY,
}
SHOWN_AGAIN = timedelta(days=30)
WORDS_MAX = 60


@ui.page("/postings")
async def postings_page(request: Request) -> None:
    """The postings, and what may be done with each."""
    staff = current(request)
    with frame(staff, "/postings"):
        await PostingsPage(staff).refresh()


class PostingsPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self._page = 1
        heading(say.POSTINGS, say.POSTINGS_HINT)
        with ui.row().classes("filters"):
            self._words = (
                ui.input(placeholder=say.FIND_POSTING, on_change=self._narrow)
                .props(f"outlined dense clearable debounce=300 maxlength={WORDS_MAX}")
                .props(f'bg-color=white aria-label="{say.FIND_POSTING}"')
                .classes("filter")
            )
            self._state = ui.toggle(say.POSTING_FILTERS, value="", on_change=self._narrow)
            self._state.props("no-caps dense padding='4px 14px'")
        self._more = False
        self._cards = Cards(self._read, self._draw, say.NO_POSTINGS, _mark)
        with ui.row().classes("actions"):
            self._earlier = ui.button(say.B_EARLIER, on_click=partial(self._turn, -1))
            self._later = ui.button(say.B_MORE, on_click=partial(self._turn, 1))
            for each in (self._earlier, self._later):
                each.props("flat no-caps")

    async def refresh(self) -> None:
        """Read and draw again."""
        await self._cards.refresh()
        self._earlier.set_visibility(self._page > 1)
        self._later.set_visibility(self._more)

    def _read(self) -> Sequence[PostingLine]:
        state = self._state.value or ""
        states = OVER if state == "over" else (state,) if state else ()
        words = (self._words.value or "").strip()
        desk = services().of(PostingDesk)
        found, self._more = desk.listed(words=words, states=states, page=self._page)
        return found

    async def _turn(self, by: int) -> None:
        self._page += by
        await self.refresh()
        ui.run_javascript("scrollTo(0, 0)")

    async def _narrow(self) -> None:
        self._page = 1
        await self.refresh()

    def _draw(self, line: PostingLine) -> None:
        with ui.row().classes("tags"):
            ui.label(line.id).classes("ticket")
            ui.label(f"{line.title}｜{line.employer}").classes("name")
            ui.label(say.POSTING_STATES[line.status]).classes("chip")
            for shown, words in (
                (line.is_demo, say.DEMO),
                (line.kind == GIG, say.GIG),
                (line.is_repost, say.REPOST),
                (line.applied, say.APPLIED.format(count=line.applied)),
            ):
                if shown:
                    ui.label(words).classes("chip")
            if line.reported:
                ui.label(say.REPORTED.format(count=line.reported)).classes("chip is-bad")
        days = say.DAYS.format(first=full_date(line.published_on), last=full_date(line.expires_on))
        changed = say.CHANGED.format(at=on_record(line.changed_at, utc_now()))
        source = say.SOURCE.format(source=line.source) if line.source else ""
        facts = (line.place, line.pay, days, source, changed)
        ui.label("　".join(each for each in facts if each)).classes("soft")
        holder = ui.element("div")
        with ui.row().classes("actions"):
            self._draw_actions(line, holder)

    def _draw_actions(self, line: PostingLine, holder: ui.element) -> None:
        history = partial(self._history, line, holder)
        ui.button(say.B_HISTORY, on_click=history).props("flat dense no-caps")
        if not self._acting.may(Deed.MOVE_POSTING):
            return
        for to in MOVES[line.status]:
            if to in say.MOVES:
                title = say.PASSES if line.status == VETTING and to == PUBLISHED else say.MOVES[to]
                ask = partial(self._ask_move, line, to, title)
                ui.button(title, on_click=ask).props("flat dense no-caps")
        if line.status in (*OVER, PAUSED):
            ask = partial(self._ask_republish, line)
            ui.button(say.B_REPUBLISH, on_click=ask).props("outline dense no-caps")
        if line.reported:
            ui.button(say.B_SETTLE, on_click=partial(self._settle, line)).props(
                "outline dense no-caps"
            )

    async def _history(self, line: PostingLine, holder: ui.element) -> None:
        changes = await services().database.run(services().of(PostingDesk).changes, line.id)
        draw_history(holder, changes, say.POSTING_STATES)
        reports = await services().database.run(services().of(PostingReports).of, line.id)
        if reports and holder.default_slot.children:
            with holder:
                tickets = "、".join(each.ticket for each in reports)
                ui.label(say.REPORTS.format(tickets=tickets)).classes("soft")

    def _ask_move(self, line: PostingLine, to: str, move: str) -> None:
        async def go(reason: str) -> None:
            work = partial(
                services().of(Jobs).move, line.id, to, who=self._acting.name, reason=reason
            )
            await self._do(line, lambda now: work(now=now), say.POSTING_STATES[to], reason)

        title = say.ASK_MOVE.format(move=move, title=line.title, employer=line.employer)
        ask_reason(title, go)

    def _ask_republish(self, line: PostingLine) -> None:
        until: list[ui.input] = []

        def days() -> None:
            last = to_shanghai(utc_now()).date() + SHOWN_AGAIN
            field = ui.input(say.UNTIL, value=last.isoformat())
            until.append(field.props("outlined stack-label type=date"))

        async def go(reason: str) -> None:
            def work(now: datetime) -> str | None:
                return (
                    services()
                    .of(PostingDesk)
                    .republish(
                        line.id,
                        _day(until[0].value),
                        services().of(Vetting),
                        who=self._acting.name,
                        reason=reason,
                        now=now,
                    )
                )

            await self._do(line, work, "", reason)

        move = say.B_REPUBLISH
        title = say.ASK_MOVE.format(move=move, title=line.title, employer=line.employer)
        ask_reason(title, go, hint=say.REPUBLISH_HINT, more=days)

    async def _settle(self, line: PostingLine) -> None:
        work = partial(services().of(PostingReports).settle, line.id, who=self._acting.name)
        done = await self._acting.do_and_tell(
            Deed.SETTLE_REPORT, f"posting:{line.id}", lambda _now: work(), say.SETTLED, {}
        )
        if done:
            await self.refresh()

    async def _do(
        self, line: PostingLine, work: Callable[[datetime], object], state: str, reason: str
    ) -> None:
        came = await self._acting.do(
            Deed.MOVE_POSTING, f"posting:{line.id}", work, REFUSALS, reason=reason
        )
        if came.refused:
            ui.notify(came.refused, type="negative")
        else:
            told = state or say.POSTING_STATES.get(str(came.value), "")
            ui.notify(say.MOVED.format(state=told))
        await self.refresh()


def _mark(line: PostingLine) -> str:
    return "is-late" if line.reported else "is-over" if line.status in OVER else ""


def _day(typed: str | None) -> date:
    try:
        return date.fromisoformat(typed or "")
    except ValueError as error:
        raise BadDay from error
