"""The page of answers that staff have ready."""

from functools import partial

from nicegui import ui
from starlette.requests import Request

from bot.console.acting import ActingStaff, Refusals
from bot.console.cases import sentences
from bot.console.cases.canned import (
    TEXT_MAX,
    TITLE_MAX,
    CannedAnswer,
    TitleTaken,
    add_canned,
    canned_answers,
    remove_canned,
)
from bot.console.frame import current, frame
from bot.console.parts import heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff

REFUSALS: Refusals = {TitleTaken: lambda _error, _now: sentences.TITLE_TAKEN}
SUBJECT = "canned_answers"


@ui.page("/canned")
async def canned_page(request: Request) -> None:
    """What is ready, and a form for one more."""
    staff = current(request)
    with frame(staff, "/canned"):
        await CannedPage(staff).refresh()


class CannedPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        heading(sentences.CANNED_TITLE, sentences.CANNED_HELP)
        with ui.element("section").classes("form"):
            self.title = ui.input(sentences.CANNED_NAME).props(f"outlined maxlength={TITLE_MAX}")
            self.text = ui.textarea(sentences.CANNED_TEXT).props(
                f"outlined autogrow maxlength={TEXT_MAX}"
            )
            ui.button(sentences.B_ADD, on_click=self._add).props("unelevated no-caps")
        self.list = (
            ui.element("ul").classes("queue").props(f'aria-label="{sentences.CANNED_TITLE}"')
        )

    async def refresh(self) -> None:
        """Read and draw again."""
        answers = await services().database.run(canned_answers, services().database)
        self.list.clear()
        with self.list:
            for each in answers:
                with ui.element("li"), ui.element("article").classes("case"):
                    self._draw(each)

    def _draw(self, each: CannedAnswer) -> None:
        with ui.row().classes("case-head"):
            ui.label(each.title).classes("panel-name")
            if each.id is None:
                ui.label(sentences.SHIPPED).classes("chip")
            else:
                ui.space()
                remove = partial(self._remove, each.id)
                ui.button(sentences.B_REMOVE, on_click=remove).props("flat dense no-caps")
        ui.label(each.text).classes("words")

    async def _add(self) -> None:
        title, text = (self.title.value or "").strip(), (self.text.value or "").strip()
        if not (title and text):
            ui.notify(sentences.FILL_BOTH)
            return
        add = partial(add_canned, services().database, title, text, staff=self._acting.name)
        done = await self._acting.do_and_tell(
            Deed.CANNED_ANSWER, SUBJECT, lambda now: add(now=now), sentences.ADDED, REFUSALS
        )
        if done:
            self.title.value = self.text.value = ""
            await self.refresh()

    async def _remove(self, answer_id: int) -> None:
        remove = partial(remove_canned, services().database, answer_id)
        await self._acting.do_and_tell(
            Deed.CANNED_ANSWER, SUBJECT, lambda _now: remove(), sentences.REMOVED, {}
        )
        await self.refresh()
