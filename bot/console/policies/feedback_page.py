"""The console's page of what people said of the answers, and how to mend one."""

from datetime import timedelta

from nicegui import ui
from starlette.requests import Request

from bot.console import views
from bot.console.frame import current, frame
from bot.console.permissions import Deed
from bot.console.policies import policy_views, sentences
from bot.console.policies.document_picker import DocumentPicker
from bot.console.policies.library import documents
from bot.console.policies.publication import Publication
from bot.console.services import services
from bot.console.tables import Staff
from knowledge.documents.feedback import Feedback, FeedbackCounts, feedback_counts, list_feedback
from knowledge.documents.repository import get_document
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
        ui.label("答案反馈").classes("heading")
        self.counts = ui.label("").classes("soft")
        self.publication = Publication(staff)
        self.filter = ui.toggle(FILTERS, value="no", on_change=self.refresh).props("no-caps")
        self.list = ui.element("div").classes("judgements")
        self.more = ui.button("再看一些", on_click=self._show_more).props("outline no-caps")
        self.shown = A_PAGE
        self.titles: dict[str, str] = {}

    async def refresh(self) -> None:
        """Read and draw again."""
        counts, found, self.titles = await services().database.run(self._read)
        self.counts.text = sentences.FEEDBACK_COUNTS.format(
            helpful=counts.helpful, unhelpful=counts.unhelpful
        )
        self.more.set_visibility(len(found) == self.shown)
        self.list.clear()
        with self.list:
            if not found:
                ui.label(sentences.NO_FEEDBACK).classes("soft")
            for judgement in found:
                with ui.element("article").classes("judgement"):
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
            ui.button("作为常见问法加到某一节", on_click=lambda: self._choose(judgement)).props(
                "flat dense no-caps icon=add"
            )

    async def _choose(self, judgement: Feedback) -> None:
        with ui.dialog() as dialog, ui.card().classes("asking"):
            text = ui.input("问法", value=judgement.question).props("outlined")
            document = DocumentPicker("文件")
            await document.begin(judgement.doc_id)
            section = ui.select({}, label="哪一节", with_input=True)
            section.props("outlined").classes("wide")

            async def list_sections() -> None:
                names = await services().database.run(_section_names, document.value)
                section.set_options(names, value=None)

            async def add() -> None:
                await self._add(dialog, document.value, section.value, text.value)

            document.box.on_value_change(list_sections)
            await list_sections()
            with ui.row().classes("dialog-choices"):
                ui.button("取消", on_click=dialog.close).props("flat")
                ui.button("添加", on_click=add)
        dialog.open()

    async def _add(
        self, dialog: ui.dialog, doc_id: str | None, key: str | None, text: str | None
    ) -> None:
        words = (text or "").strip()
        if not words:
            ui.notify(sentences.EMPTY_ASK)
            return
        if not doc_id or not key:
            ui.notify(sentences.NO_SECTION)
            return
        dialog.close()
        editor = self.publication.editor
        if await self.publication.do(
            Deed.ADD_ASK, doc_id, lambda: editor.add_ask(doc_id, key, words), sentences.ASK_ADDED
        ):
            await self.publication.go_live()


def _section_names(doc_id: str | None) -> dict[str, str]:
    document = get_document(services().database, doc_id) if doc_id else None
    if document is None:
        return {}
    return policy_views.section_names(policy_views.sections(document, (), ()))
