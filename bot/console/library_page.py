"""The console's list of policy documents, and where new files are handed in."""

from nicegui import events, ui
from starlette.requests import Request
from starlette.responses import Response

from bot.console import policy_views, sentences
from bot.console.desk import desk
from bot.console.frame import current, frame, to_login
from bot.console.live import LiveLine
from bot.console.tables import Staff
from knowledge.documents import list_documents
from knowledge.formats.kinds import MAX_BYTES, SUFFIXES
from knowledge.ingest import IngestResult

OUTCOMES_SHOWN = 20  # a file of guides brings hundreds; the list below has them all
LIMIT_MB = MAX_BYTES // 2**20
ACCEPTED = ",".join(sorted(SUFFIXES))
COLUMNS = [
    {"name": name, "label": label, "field": name, "align": "left", "sortable": True}
    for name, label in (
        ("title", "标题"),
        ("status", "状态"),
        ("kind", "类别"),
        ("region", "地区"),
        ("validity", "效力"),
        ("revision", "版次"),
    )
]
_TITLE = """
<q-td :props="props">
  <a class="row-link" :href="'/console' + props.row.href">{{ props.row.title }}</a>
  <div class="soft number">{{ props.row.number }}</div>
</q-td>
"""
_STATUS = """
<q-td :props="props">
  <q-badge :color="props.row.draft ? 'deep-orange-9' : 'grey-8'">{{ props.value }}</q-badge>
</q-td>
"""


@ui.page("/policies")
async def library_page(request: Request) -> Response | None:
    """All documents, drafts first, and the box for new files."""
    staff = await current(request)
    if staff is None:
        return to_login(request)
    with frame(staff, "/policies"):
        await LibraryRoom(staff).refresh()
    return None


class LibraryRoom:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        ui.label("政策文件").classes("heading")
        ui.upload(
            label=sentences.UPLOAD.format(limit=LIMIT_MB),
            multiple=True,
            auto_upload=True,
            max_file_size=MAX_BYTES,
            on_upload=self._take_in,
            on_rejected=self._refuse,
        ).classes("uploader").props(f'flat bordered accept="{ACCEPTED}"')
        self.outcomes = ui.element("ul").classes("outcomes").props('role="status"')
        self.live = LiveLine(staff)
        self.words = (
            ui.input(placeholder="按标题、文号、地区等查找")
            .props('outlined dense clearable bg-color=white aria-label="查找文件"')
            .classes("filter")
        )
        self.table = (
            ui.table(columns=COLUMNS, rows=[], row_key="id", pagination=20)
            .classes("documents")
            .props("flat")
        )
        self.table.bind_filter_from(self.words, "value", lambda value: value or "")
        self.table.add_slot("body-cell-title", _TITLE)
        self.table.add_slot("body-cell-status", _STATUS)
        self.table.add_slot("no-data", f"<span>{sentences.NO_DOCUMENTS}</span>")

    async def refresh(self) -> None:
        """Read the list again."""
        self.table.rows = await desk().database.run(_rows)

    def _refuse(self) -> None:
        ui.notify(sentences.UPLOAD_REFUSED.format(limit=LIMIT_MB), type="negative")

    async def _take_in(self, event: events.UploadEventArguments) -> None:
        name, content = event.file.name, await event.file.read()
        results: list[IngestResult] = []
        done = await self.live.do(
            lambda: results.extend(self.live.editor.take_in(name, content)),
            sentences.RECEIVED.format(name=name),
        )
        if done:
            with self.outcomes:
                for result in results[:OUTCOMES_SHOWN]:
                    with ui.element("li"):
                        _draw_outcome(name, result)
            await self.refresh()


def _rows() -> list[dict[str, object]]:
    documents = list_documents(desk().database, drafts=True)
    rows = [policy_views.row(document) for document in documents]
    return sorted(rows, key=lambda row: not row["draft"])


def _draw_outcome(name: str, result: IngestResult) -> None:
    words = sentences.OUTCOMES[result.outcome]
    ui.label(f"{name}：{words}" + (f"，{result.reason}" if result.reason else "") + "。")
    if result.doc_id is not None:
        ui.link("打开", policy_views.address(result.doc_id))
