"""The console's page of what people ask and nobody answers, and what can be done about it."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from nicegui import ui
from starlette.requests import Request

from bot.console import views
from bot.console.dialogs import asking
from bot.console.frame import current, frame
from bot.console.parts import Cards, heading
from bot.console.permissions import Deed
from bot.console.policies.ask_dialog import ask_section
from bot.console.policies.publication import Publication
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.unanswered import sentences
from bot.console.unanswered.groups import GUIDE, NOT_COVERED, Group, read_unanswered
from language.wording import on_record
from store.clock import utc_now

SINCE = timedelta(days=30)
SHOWN = 50
ANSWER_MAX = 2000


@ui.page("/unanswered")
async def unanswered_page(request: Request) -> None:
    """The groups of the last thirty days."""
    staff = current(request)
    with frame(staff, "/unanswered"):
        await UnansweredPage(staff).refresh()


class UnansweredPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        heading(sentences.UNANSWERED, sentences.UNANSWERED_HINT)
        self._publication = Publication(staff)
        self._kind = ui.toggle(
            dict(sentences.UNANSWERED_KINDS), value=NOT_COVERED, on_change=self.refresh
        ).props("no-caps unelevated")
        self._cards = Cards(self._read, self._draw, sentences.NOTHING_UNANSWERED, _mark)

    async def refresh(self, _named: object = None) -> None:
        """Read and draw again."""
        await self._cards.refresh()

    def _read(self) -> Sequence[Group]:
        kind = str(self._kind.value or NOT_COVERED)
        return read_unanswered(services().database, kind, utc_now() - SINCE)[:SHOWN]

    def _draw(self, group: Group) -> None:
        with ui.row().classes("tags"):
            ui.label(group.question).classes("name words")
            counted = {"times": group.times, "people": group.people}
            ui.label(sentences.ASKED_TIMES.format(**counted)).classes("chip")
            if group.taken_up:
                ui.label(sentences.TAKEN_UP).classes("chip is-label")
        if group.wordings:
            others = "、".join(f"「{views.preview(each)}」" for each in group.wordings)
            ui.label(sentences.ALSO_ASKED.format(wordings=others)).classes("soft")
        with ui.row().classes("actions"):
            if self._kind.value == NOT_COVERED and self._publication.may(Deed.ADD_ASK):
                add = partial(ask_section, self._publication, group.question, self.refresh)
                ui.button(sentences.B_ADD_AS_ASK, on_click=add).props("outline dense no-caps")
            if self._kind.value == NOT_COVERED and self._publication.may(Deed.UPLOAD):
                write = partial(self._ask_answer, group.question)
                ui.button(sentences.B_WRITE_GUIDE, on_click=write).props("outline dense no-caps")
            address = views.conversation_address(group.newest.conversation)
            ui.link(sentences.SEE_NEWEST, f"{address}&at={group.newest.id}")
            ui.label(on_record(group.newest.at, utc_now())).classes("soft")

    def _ask_answer(self, question: str) -> None:
        """Ask for the answer; question and answer become a document that waits to be published."""
        with asking(sentences.GUIDE_TITLE, wide=True) as dialog:
            asked = ui.input(sentences.ASK_TEXT, value=question).props("outlined maxlength=100")
            answer = ui.textarea(sentences.GUIDE_ANSWER)
            answer.props(f"outlined autogrow maxlength={ANSWER_MAX}")

            async def keep() -> None:
                words, told = (asked.value or "").strip(), (answer.value or "").strip()
                if not words or not told:
                    ui.notify(sentences.GUIDE_EMPTY)
                    return
                dialog.close()
                await self._keep_guide(words, told)

            with ui.row().classes("dialog-choices"):
                ui.button(sentences.B_CANCEL, on_click=dialog.close).props("flat no-caps")
                ui.button(sentences.B_KEEP_GUIDE, on_click=keep).props("unelevated no-caps")
        dialog.open()

    async def _keep_guide(self, question: str, answer: str) -> None:
        name, content = f"{GUIDE}{question}.csv", as_list(question, answer)
        work = partial(self._publication.editor.take_in, name, content)
        if await self._publication.do(Deed.UPLOAD, name[:40], work, sentences.GUIDE_KEPT):
            await self.refresh()


def as_list(question: str, answer: str) -> bytes:
    """Return a question and its answer as a file of questions, as offices hand them in."""
    written = io.StringIO()
    csv.writer(written).writerows([("问题", "答案"), (question, answer)])
    return written.getvalue().encode()


def _mark(group: Group) -> str:
    return "is-over" if group.taken_up else ""
