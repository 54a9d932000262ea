"""The console's page of one policy document: particulars beside the text, asks, changes."""

from dataclasses import dataclass

from nicegui import ui
from starlette.requests import Request

from bot.console.frame import current, frame
from bot.console.parts import heading, part_heading
from bot.console.policies import policy_views, sentences
from bot.console.policies.changes import Change, list_changes
from bot.console.policies.document_actions import draw_actions
from bot.console.policies.fields_form import ParticularsForm
from bot.console.policies.policy_views import Section
from bot.console.policies.publication import Publication
from bot.console.policies.sample_questions_panel import SectionsPanel
from bot.console.services import services
from bot.console.tables import Staff
from bot.web.policies import sentences as public
from bot.web.policies.validity_label import validity_label
from knowledge.documents.editing import replaces
from knowledge.documents.repository import Document, get_document
from knowledge.documents.sample_questions import shipped_sample_questions, staff_sample_questions
from store.clock import utc_now


@dataclass(frozen=True)
class Seen:
    """One look at a document and at all that belongs to it.

    ``replaced`` is the document whose new version a draft is.
    """

    document: Document
    replaced: Document | None
    sections: list[Section]
    changes: list[Change]


@ui.page("/policy")
async def document_page(request: Request, id: str = "") -> None:
    """One document."""
    staff = current(request)
    with frame(staff, "/policies"):
        await DocumentPage(id if id.isprintable() else "", staff).begin()


class DocumentPage:
    """The moving parts of the page; drawn again after each change."""

    def __init__(self, doc_id: str, staff: Staff) -> None:
        self.id = doc_id
        self.staff = staff

    async def begin(self) -> None:
        """Draw the page, or say that there is no such document."""
        seen = await services().database.run(self._read)
        if seen is None:
            heading(sentences.NO_DOCUMENT)
            ui.link("返回列表", "/policies")
            return
        self.head = ui.column().classes("document-head")
        self.publication = Publication(self.staff)
        with ui.element("div").classes("desk"):
            with ui.column().classes("pane"):
                self.form = ui.column().classes("pane")
                part_heading("变更记录")
                self.record = ui.element("ul").classes("record")
            with ui.column().classes("pane"):
                self.panel = SectionsPanel(self.id, self.publication, self.refresh)
        self._draw(seen)

    async def refresh(self) -> None:
        """Read again and draw."""
        seen = await services().database.run(self._read)
        if seen is not None:
            self._draw(seen)

    def _read(self) -> Seen | None:
        database = services().database
        document = get_document(database, self.id)
        if document is None:
            return None
        older = replaces(database, self.id)
        return Seen(
            document,
            get_document(database, older) if older else None,
            policy_views.sections(
                document, shipped_sample_questions(), staff_sample_questions(database)
            ),
            list_changes(database, self.id),
        )

    def _draw(self, seen: Seen) -> None:
        self.head.clear()
        with self.head:
            _draw_head(seen.document)
            if seen.replaced is not None:
                _draw_replaced(seen.replaced)
            draw_actions(seen.document, self.publication, self.refresh)
        self.form.clear()
        with self.form:
            ParticularsForm(seen.document, self.publication, self.refresh)
        self.panel.draw(seen.sections)
        self._draw_record(seen.changes)

    def _draw_record(self, changes: list[Change]) -> None:
        self.record.clear()
        now = utc_now()
        with self.record:
            lines = [policy_views.change_line(change, now) for change in changes]
            for line in lines or [sentences.NO_CHANGES]:
                with ui.element("li"):
                    ui.label(line)


def _draw_head(document: Document) -> None:
    ui.link("← 政策文件", "/policies")
    ui.label(document.title).classes("document-title").props('role="heading" aria-level="1"')
    with ui.row().classes("tags"):
        tone = "deep-orange-9" if document.status == "draft" else "primary"
        ui.badge(sentences.DOCUMENT_STATUSES[document.status], color=tone)
        ui.badge(public.KINDS.get(document.kind, document.kind), color="grey-8")
        ui.badge(validity_label(document).answer, color="grey-8")
        ui.label(f"第 {document.version} 版").classes("soft")
        if document.status == "published":
            # Not ui.link: it would put the console's own prefix before the address.
            link = ui.element("a").classes("row-link").props('target="_blank" rel="noopener"')
            link.props["href"] = document.url
            with link:
                ui.label("公开页面")
    with ui.element("div").classes("standing soft"):
        ui.label(validity_label(document).sentence)
        if document.validity_quote:
            ui.label(f"文件原话：「{document.validity_quote}」")
        for other in document.links:
            how = public.LINKS.get((other.relation, other.direction), "")
            with ui.row().classes("tags"):
                ui.label(how)
                ui.link(f"《{other.title}》", policy_views.address(other.doc_id))
                ui.label(other.issued_on.isoformat() if other.issued_on else "")


def _draw_replaced(older: Document) -> None:
    with ui.element("div").classes("warning"):
        state = sentences.DOCUMENT_STATUSES[older.status]
        ui.label(sentences.WILL_REPLACE.format(state=state))
        ui.link(f"《{older.title}》", policy_views.address(older.doc_id))
