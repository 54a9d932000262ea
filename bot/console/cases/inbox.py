"""The inbox: who waits for staff, who answers them, and what has been closed."""

from functools import partial

from nicegui import ui

from actions.cases.presence import ANYWHERE, Presence
from actions.cases.service import Case, Cases
from bot.console import names
from bot.console.acting import ActingStaff, Refusals
from bot.console.cases import sentences, views
from bot.console.cases.closed import Closed
from bot.console.cases.queue import Tone, Waiting, read_waiting
from bot.console.cases.refusals import REFUSALS as TAKING
from bot.console.parts import empty, heading
from bot.console.permissions import Deed
from bot.console.services import handover, services
from bot.console.tables import Staff
from bot.console.views import conversation_address, preview
from language.wording import on_record
from store.clock import utc_now

FREE, MINE, ALL, CLOSED = "free", "mine", "all", "closed"
REFUSALS: Refusals = TAKING
CLOSED_SHOWN = 100


class InboxPage:
    """The inbox's moving parts; drawn again only where something changed."""

    def __init__(self, staff: Staff, which: str = ALL, within: Closed | None = None) -> None:
        self._acting = ActingStaff(staff)
        self._within = within or Closed()
        self._waiting: tuple[Waiting, ...] = ()
        self._closed: tuple[Case, ...] = ()
        self._drawn: object = None
        heading(sentences.INBOX)
        with ui.row().classes("filters"):
            begins = which if which in sentences.QUEUES else ALL
            self.choice = ui.toggle(dict(sentences.QUEUES), value=begins)
            self.choice.on_value_change(self.refresh)
            self.choice.props(f'no-caps unelevated aria-label="{sentences.WHICH}"')
            self.words = ui.input(sentences.FIND_CASE, on_change=self.refresh)
            self.words.props("outlined dense clearable debounce=300 maxlength=40").classes("filter")
        self.narrowed = ui.row().classes("views")
        self._draw_narrowed()
        self.list = ui.element("ul").classes("queue").props(f'aria-label="{sentences.INBOX}"')

    async def refresh(self) -> None:
        """Read again, and draw what is new."""
        database, now = services().database, utc_now()
        self._waiting = await database.run(read_waiting, services(), now)
        if self.choice.value == CLOSED:
            wanted = self._within.wanted((self.words.value or "").strip())
            read = partial(services().of(Cases).closed_cases, CLOSED_SHOWN, wanted)
            self._closed = await database.run(read)
        if self._acting.may(Deed.SAY):
            presence = services().of(Presence)
            await database.run(presence.beat, self._acting.name, ANYWHERE, now)
        self._draw()

    def _draw_narrowed(self) -> None:
        """Say which closed cases alone are shown, where a figure has led here."""
        with self.narrowed, ui.element("span").classes("chip"):
            ui.label(views.closed_within(self._within)).classes("run")
            every = ui.button(icon="close", on_click=self._widen).props("flat dense round size=xs")
            every.props["aria-label"] = sentences.ALL_CLOSED

    async def _widen(self) -> None:
        self._within = Closed()
        await self.refresh()

    def _draw(self) -> None:
        now = utc_now()
        self._name_choices()
        narrowed = self.choice.value == CLOSED and self._within != Closed()
        self.narrowed.set_visibility(narrowed)
        shown: tuple[Waiting | Case, ...] = (
            self._closed if self.choice.value == CLOSED else self._chosen()
        )
        tones = tuple(each.tone(now) for each in shown if isinstance(each, Waiting))
        if (self.choice.value, shown, tones) == self._drawn:
            return
        self._drawn = (self.choice.value, shown, tones)
        self.list.clear()
        with self.list:
            if not shown:
                empty(sentences.EMPTY[self.choice.value])
            for each in shown:
                with ui.element("li"):
                    if isinstance(each, Waiting):
                        self._draw_waiting(each)
                    else:
                        draw_closed(each)

    def _name_choices(self) -> None:
        counts = {
            FREE: sum(each.owner is None for each in self._waiting),
            MINE: sum(each.owner == self._acting.name for each in self._waiting),
            ALL: len(self._waiting),
        }
        names = {key: _counted(name, counts.get(key)) for key, name in sentences.QUEUES.items()}
        if names != self.choice.options:
            self.choice.set_options(names, value=self.choice.value)

    def _chosen(self) -> tuple[Waiting, ...]:
        words = (self.words.value or "").strip().casefold()
        return tuple(
            each
            for each in self._waiting
            if self._in_choice(each) and (not words or words in views.findable(each))
        )

    def _in_choice(self, each: Waiting) -> bool:
        if self.choice.value == FREE:
            return each.owner is None
        return self.choice.value != MINE or each.owner == self._acting.name

    def _draw_waiting(self, each: Waiting) -> None:
        now = utc_now()
        tone = each.tone(now)
        distress = each.case is not None and each.case.reason == "distress"
        with ui.element("article").classes(
            f"case is-{tone}" + (" is-distress" if distress else "")
        ):
            with ui.row().classes("case-head"):
                if each.case is None:
                    ui.label(sentences.TALKING).classes("chip")
                else:
                    draw_case_head(each.case)
                ui.label(names.CHANNELS.get(each.channel, each.channel)).classes("soft")
                ui.space()
                ui.label(views.owner(each.owner, self._acting.name)).classes("owner")
            words = preview(each.case.summary) if each.case else sentences.NO_CASE
            ui.link(words, conversation_address(each.conversation)).classes("summary")
            with ui.row().classes("case-foot"):
                line = views.due(each, now)
                ui.label(line).classes("due bad" if tone is Tone.LATE else "due")
                if each.looking:
                    ui.label(sentences.LOOKING.format(who="、".join(each.looking))).classes("looks")
                ui.space()
                if each.owner is None and self._acting.may(Deed.CLAIM):
                    take = ui.button(sentences.B_CLAIM, on_click=partial(self._claim, each))
                    take.props("outline dense no-caps")

    async def _claim(self, each: Waiting) -> None:
        name, subject = self._acting.name, views.subject(each.conversation)
        work = partial(handover().claim, each.conversation, staff=name)
        done = sentences.CLAIMED
        await self._acting.do_and_tell(Deed.CLAIM, subject, lambda _now: work(), done, REFUSALS)
        await self.refresh()


def draw_case_head(case: Case) -> None:
    """Draw a case's reason, ticket and labels into the current element."""
    with ui.row().classes("case-head"):
        ui.label(sentences.REASONS.get(case.reason, case.reason)).classes(f"chip is-{case.reason}")
        ui.label(case.ticket).classes("ticket")
        if case.category:
            ui.label(sentences.CATEGORIES[case.category]).classes("chip")
        for label in case.labels:
            ui.label(label).classes("chip is-label")


def draw_closed(case: Case) -> None:
    """Draw a closed case as a line of the history."""
    with ui.element("article").classes("case is-closed"):
        draw_case_head(case)
        words = preview(case.summary) or sentences.FORGOTTEN
        if case.conversation:
            ui.link(words, conversation_address(case.conversation)).classes("summary")
        else:
            ui.label(words).classes("summary soft")
        if case.answer:
            ui.label(sentences.ANSWERED.format(answer=preview(case.answer))).classes("soft")
        with ui.row().classes("case-foot"):
            ui.label(_closing(case)).classes("soft")
            if case.satisfied is not None:
                ui.label(sentences.SATISFIED[case.satisfied]).classes("chip")


def _closing(case: Case) -> str:
    at = on_record(case.closed_at, utc_now()) if case.closed_at else ""
    by = sentences.CLOSERS.get(case.closed_by or "", case.closed_by or "")
    return sentences.CLOSED_BY.format(at=at, by=by)


def _counted(name: str, count: int | None) -> str:
    return name if count is None else f"{name} {count}"
