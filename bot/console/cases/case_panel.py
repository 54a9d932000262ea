"""The cases of a conversation, beside it: notes, labels, what a complaint is about, closing."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from nicegui import ui

from actions.cases.desk import CATEGORIES, LABEL_MAX, NOTE_MAX, CaseDesk
from actions.cases.service import COMPLAINT, OPEN, Case
from bot.console.acting import ActingStaff
from bot.console.cases import closing, sentences, views
from bot.console.cases.closing import Closing
from bot.console.cases.inbox import draw_case_head, draw_closed
from bot.console.cases.lines import draw_words
from bot.console.cases.refusals import REFUSALS
from bot.console.dialogs import asking
from bot.console.guard import soon
from bot.console.permissions import Deed
from bot.console.services import services
from language.wording import on_record
from store.clock import utc_now

LABELS = ("急", "待补材料", "等回电", "已转科室", "重复来访")
"""Labels that are offered; staff write others."""

SUMMARY = 120
"""Characters of a case's words that are shown at once: they stand in the transcript, too."""

Refresh = Callable[[], Awaitable[None]]


class CasePanel:
    """The cases; ``refresh`` reads and draws the page again."""

    def __init__(self, acting: ActingStaff, conversation: str, refresh: Refresh) -> None:
        self._acting = acting
        self._conversation = conversation
        self._refresh = refresh
        self._just_closed: Closing | None = None
        with ui.row().classes("just-done done").props('role="status"') as self.undo:
            self.undone = ui.label()
            back = ui.button(sentences.B_TAKE_BACK, on_click=self._take_back)
            back.props("outline dense no-caps padding='2px 14px'")
        self.undo.set_visibility(False)
        self.list = ui.element("div").classes("cases")

    def draw(self, cases: tuple[Case, ...]) -> None:
        """Draw open cases whole, closed ones in a line."""
        self._draw_undo(cases)
        self.list.clear()
        closed = [case for case in cases if case.status != OPEN]
        others = len(cases) - len(closed) > 1
        with self.list:
            for case in cases:
                if case.status == OPEN:
                    self._draw_open(case, others=others)
            if not cases:
                ui.label(sentences.NO_CASE).classes("soft")
            if closed:
                ui.label(sentences.EARLIER).classes("panel-name")
            for case in closed:
                draw_closed(case)
                if self._acting.may(Deed.REOPEN_CASE):
                    again = ui.button(sentences.B_REOPEN, on_click=partial(self._reopen, case))
                    again.props("flat dense no-caps")

    def _draw_open(self, case: Case, *, others: bool) -> None:
        now = utc_now()
        late = now > case.reply_by
        with ui.element("article").classes(f"case is-{'late' if late else 'fine'}"):
            draw_case_head(case)
            draw_words(case.summary, SUMMARY)
            ui.label(views.deadline(case, now)).classes("due bad" if late else "due")
            if case.answer_by is not None:
                over = now > case.answer_by
                ui.label(views.final(case.answer_by, now)).classes("due bad" if over else "due")
            if case.reason == COMPLAINT and self._acting.may(Deed.SORT_CASE):
                self._draw_category(case)
            if self._acting.may(Deed.SORT_CASE):
                self._draw_labels(case)
            self._draw_notes(case)
            if self._acting.may(Deed.CLOSE_CASE):
                ui.button("办结", on_click=partial(self._ask_close, case, others)).props(
                    "outline no-caps"
                )

    def _draw_category(self, case: Case) -> None:
        names = {key: sentences.CATEGORIES[key] for key in CATEGORIES}

        async def sort() -> None:
            work = partial(services().of(CaseDesk).sort, case.ticket, choice.value)
            await self._do(Deed.SORT_CASE, case, lambda _now: work(), sentences.SORTED)

        choice = ui.select(names, label=sentences.CATEGORY, value=case.category, on_change=sort)
        choice.props("outlined dense options-dense").classes("wide")

    def _draw_labels(self, case: Case) -> None:
        async def label() -> None:
            given = [str(each)[:LABEL_MAX] for each in choice.value or ()]
            work = partial(services().of(CaseDesk).label, case.ticket, given)
            await self._do(Deed.SORT_CASE, case, lambda _now: work(), sentences.LABELLED)

        choice = ui.select(
            sorted({*LABELS, *case.labels}),
            label=sentences.LABELS,
            value=list(case.labels),
            multiple=True,
            new_value_mode="add-unique",
            on_change=label,
        )
        choice.props("outlined dense use-chips options-dense").classes("wide")

    def _draw_notes(self, case: Case) -> None:
        holder = ui.element("div").classes("notes")
        soon(partial(self._list_notes, case, holder))
        if not self._acting.may(Deed.NOTE_CASE):
            return

        async def add() -> None:
            words = (box.value or "").strip()
            if not words:
                return
            work = partial(services().of(CaseDesk).note, case.ticket, words)
            name = self._acting.name
            noted = await self._do(
                Deed.NOTE_CASE, case, lambda now: work(staff=name, now=now), sentences.NOTED
            )
            if noted:
                box.value = ""
                await self._list_notes(case, holder)

        with ui.row().classes("box"):
            box = ui.input(sentences.NOTE).props(f"outlined dense maxlength={NOTE_MAX}")
            box.classes("answer").on("keydown.enter", add)
            ui.button(sentences.B_NOTE, on_click=add).props("flat dense no-caps")

    async def _list_notes(self, case: Case, holder: ui.element) -> None:
        notes = await services().database.run(services().of(CaseDesk).notes, case.ticket)
        holder.clear()
        with holder:
            for note in notes:
                head = f"{note.staff} {on_record(note.at, utc_now())}"
                ui.label(head).classes("soft")
                ui.label(note.text).classes("words")

    def _ask_close(self, case: Case, others: bool) -> None:
        """Ask first, for the answer too: it is what person and bot look up afterwards."""
        complaint = case.reason == COMPLAINT
        with asking(sentences.CONFIRM_CLOSE.format(ticket=case.ticket)) as dialog:
            label = sentences.ANSWER_OWED if complaint else sentences.ANSWER
            answer = ui.textarea(label, value=case.answer).props("outlined autogrow maxlength=500")
            asks = ui.checkbox(sentences.ASK_RATING, value=True)

            async def go() -> None:
                words = (answer.value or "").strip()
                if complaint and not (words and case.category):
                    ui.notify(sentences.COMPLAINT_OPEN, type="warning")
                    return
                dialog.close()
                await self._close(case, words, asks=bool(asks.value), keeps=others)

            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat no-caps")
                ui.button("确定办结", on_click=go).props("unelevated no-caps")
        dialog.open()

    async def _close(self, case: Case, answer: str, *, asks: bool, keeps: bool) -> None:
        work = partial(closing.close, case, self._conversation, answer, staff=self._acting.name)
        subject = f"case:{case.ticket}"
        done = await self._acting.do(
            Deed.CLOSE_CASE, subject, lambda now: work(asks=asks, keeps=keeps, now=now), REFUSALS
        )
        if done.refused:
            ui.notify(done.refused, type="negative")
        else:
            ui.notify(sentences.CLOSED.format(ticket=case.ticket))
            self._just_closed = done.value if self._acting.may(Deed.REOPEN_CASE) else None
            await self._refresh()

    def _draw_undo(self, cases: tuple[Case, ...]) -> None:
        """Draw the way back from a slip, while nobody has gone on since."""
        last = self._just_closed
        still = last and any(each.ticket == last.ticket and each.status != OPEN for each in cases)
        if not still:
            self._just_closed = None
        self.undo.set_visibility(bool(still))
        if last and still:
            self.undone.text = sentences.JUST_CLOSED.format(ticket=last.ticket)

    async def _take_back(self) -> None:
        last = self._just_closed
        if last is None:
            return
        done = sentences.TAKEN_BACK.format(ticket=last.ticket)
        undo = partial(closing.take_back, last)
        subject = f"case:{last.ticket}"
        if await self._acting.do_and_tell(Deed.REOPEN_CASE, subject, undo, done, REFUSALS):
            self._just_closed = None
            await self._refresh()

    async def _reopen(self, case: Case) -> None:
        work = partial(closing.reopen, case, self._conversation, staff=self._acting.name)
        done = sentences.REOPENED.format(ticket=case.ticket)
        await self._do(Deed.REOPEN_CASE, case, lambda now: work(now=now), done)

    async def _do(
        self, deed: Deed, case: Case, work: Callable[[datetime], object], done: str
    ) -> bool:
        subject = f"case:{case.ticket}"
        if not await self._acting.do_and_tell(deed, subject, work, done, REFUSALS):
            return False
        await self._refresh()
        return True
