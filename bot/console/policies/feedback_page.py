"""The console's page of what people said of the answers, and how to mend one."""

from datetime import timedelta
from functools import partial

from nicegui import ui
from starlette.requests import Request

from bot.console import views
from bot.console.frame import current, frame
from bot.console.parts import empty, heading
from bot.console.permissions import Deed
from bot.console.policies import policy_views, sentences
from bot.console.policies.ask_dialog import ask_section
from bot.console.policies.library import documents
from bot.console.policies.publication import Publication
from bot.console.services import services
from bot.console.tables import Staff
from knowledge.documents.feedback import Feedback, FeedbackCounts, feedback_counts, list_feedback
from language.wording import on_record
from store.clock import utc_now

COUNTED = timedelta(days=30)
A_PAGE = 50
FILTERS = {"no": "没帮助", "yes": "有帮助", "": "全部"}
_HELPFUL = {"no": False, "yes": True, "": None}

Seen = tuple[FeedbackCounts, list[Feedback], dict[str, str]]


@ui.page("/feedback")
async def feedback_page(request: Request) -> None:
    """Counts, and the answers that did not help."""
    staff = current(request)
    with frame(staff, "/feedback"):
        await FeedbackPage(staff).refresh()


class FeedbackPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        heading("答案反馈", sentences.FEEDBACK_HINT)
        self.counts = ui.label("").classes("soft")
        self.publication = Publication(staff)
        self.filter = ui.toggle(FILTERS, value="no", on_change=self.refresh).props("no-caps")
        self.list = ui.element("div").classes("judgements")
        self.more = ui.button("再看一些", on_click=self._show_more).props("outline no-caps")
        self.shown = A_PAGE
        self.titles: dict[str, str] = {}

    async def refresh(self, _named: object = None) -> None:
        """Read and draw again."""
        counts, found, self.titles = await services().database.run(self._read)
        self.counts.text = sentences.FEEDBACK_COUNTS.format(
            helpful=counts.helpful, unhelpful=counts.unhelpful
        )
        self.more.set_visibility(len(found) == self.shown)
        self.list.clear()
        with self.list:
            if not found:
                empty(sentences.NO_FEEDBACK)
            for judgement in found:
                with ui.element("article").classes("card judgement"):
                    self._draw(judgement)

    async def _show_more(self) -> None:
        self.shown += A_PAGE
        await self.refresh()

    def _read(self) -> Seen:
        database = services().database
        entries = documents().snapshot(now=utc_now()).entries
        titles = {each.document.doc_id: each.document.title for each in entries}
        return (
            feedback_counts(database, since=utc_now() - COUNTED),
            list_feedback(database, helpful=_HELPFUL[self.filter.value or ""], limit=self.shown),
            titles,
        )

    def _draw(self, judgement: Feedback) -> None:
        ui.label(judgement.question).classes("question")
        with ui.row().classes("tags"):
            ui.badge(FILTERS["yes" if judgement.helpful else "no"], color="grey-8")
            state = sentences.ANSWER_STATUSES.get(judgement.status, judgement.status)
            ui.label(f"{state} · 把握 {judgement.confidence:.0%}").classes("soft")
            ui.label(on_record(judgement.at, utc_now())).classes("soft")
            ui.link("看对话", views.conversation_address(judgement.conversation))
        if judgement.quote:
            with ui.element("div").classes("citation"):
                ui.label(f"「{judgement.quote}」")
                title = self.titles.get(judgement.doc_id)
                with ui.row().classes("tags"):
                    if title is None:
                        ui.label(sentences.NO_DOCUMENT).classes("soft")
                    else:
                        ui.link(f"《{title}》", policy_views.address(judgement.doc_id))
                    ui.label(judgement.section).classes("soft")
        if self.publication.may(Deed.ADD_ASK):
            add = partial(
                ask_section,
                self.publication,
                judgement.question,
                self.refresh,
                doc_id=judgement.doc_id,
            )
            ui.button(sentences.B_ADD_AS_ASK, on_click=add).props("flat dense no-caps icon=add")
