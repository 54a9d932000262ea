"""The console's list of policy documents, and where new files are handed in."""

import hashlib

from nicegui import events, ui
from starlette.requests import Request

from bot.console.frame import current, frame
from bot.console.parts import heading
from bot.console.permissions import Deed
from bot.console.policies import policy_views, sentences
from bot.console.policies.document_list import DocumentList
from bot.console.policies.publication import Publication
from bot.console.tables import Staff
from knowledge.ingest import IngestResult
from knowledge.parsing.formats.kinds import MAX_BYTES, SUFFIXES

OUTCOMES_SHOWN = 20  # a file of guides brings hundreds; the list below has them all
LIMIT_MB = MAX_BYTES // 2**20
# Quasar's own head has a field without a name within a button without one.
_HEADER = """
<div class="uploader-head">
  <span aria-hidden="true"><q-uploader-add-trigger /></span>
  <q-btn flat dense no-caps icon="add" label="{label}" @click="props.pickFiles" />
</div>
"""
ACCEPTED = ",".join(sorted(SUFFIXES))


@ui.page("/policies")
async def library_page(request: Request) -> None:
    """All documents, drafts first, and the box for new files."""
    staff = current(request)
    with frame(staff, "/policies"):
        await LibraryPage(staff).refresh()


class LibraryPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        heading("政策文件")
        self.publication = Publication(staff)
        if self.publication.may(Deed.UPLOAD):
            self._draw_upload()
        self.outcomes = ui.element("ul").classes("outcomes").props('role="status"')
        self.list = DocumentList()

    def _draw_upload(self) -> None:
        box = (
            ui.upload(
                label=sentences.UPLOAD.format(limit=LIMIT_MB),
                multiple=True,
                auto_upload=True,
                max_file_size=MAX_BYTES,
                on_upload=self._take_in,
                on_rejected=self._refuse,
            )
            .classes("uploader")
            .props(f'flat bordered accept="{ACCEPTED}"')
        )
        box.add_slot("header", _HEADER.format(label=sentences.UPLOAD.format(limit=LIMIT_MB)))

    async def refresh(self) -> None:
        """Read the list again."""
        await self.list.refresh()

    def _refuse(self) -> None:
        ui.notify(sentences.UPLOAD_REFUSED.format(limit=LIMIT_MB), type="negative")

    async def _take_in(self, event: events.UploadEventArguments) -> None:
        name, content = event.file.name, await event.file.read()
        results: list[IngestResult] = []
        done = await self.publication.do(
            Deed.UPLOAD,
            hashlib.sha256(content).hexdigest()[:16],
            lambda: results.extend(self.publication.editor.take_in(name, content)),
            sentences.RECEIVED.format(name=name),
        )
        if done:
            with self.outcomes:
                for result in results[:OUTCOMES_SHOWN]:
                    with ui.element("li"):
                        _draw_outcome(name, result)
            await self.refresh()


def _draw_outcome(name: str, result: IngestResult) -> None:
    words = sentences.OUTCOMES[result.outcome]
    ui.label(f"{name}：{words}" + (f"，{result.reason}" if result.reason else "") + "。")
    if result.doc_id is not None:
        ui.link("打开", policy_views.address(result.doc_id))
