"""The console's list of documents: searched and paged on the server."""

from collections.abc import Iterable

from nicegui import ui

from bot.console.policies import policy_views, sentences
from bot.console.policies.library import documents
from bot.console.services import services
from bot.web.policies.catalogue import WORDS_MAX, Entry, Filter, matching, page_of, pages
from knowledge.documents.repository import Document
from store.clock import utc_now

A_PAGE = 25
COLUMNS = [
    {"name": name, "label": label, "field": name, "align": "left"}
    for name, label in (
        ("title", "标题"),
        ("status", "状态"),
        ("kind", "类别"),
        ("region", "地区"),
        ("issued_on", "发文日期"),
        ("validity", "效力"),
        ("version", "版次"),
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
  <q-badge v-if="props.row.draft" color="deep-orange-9">{{ props.value }}</q-badge>
  <span v-else>{{ props.value }}</span>
</q-td>
"""
_VALIDITY = """
<q-td :props="props"><span :class="props.row.tone">{{ props.value }}</span></q-td>
"""


class DocumentList:
    """Drafts first, then the newest; removed ones only when they are asked for."""

    def __init__(self) -> None:
        with ui.row().classes("filters"):
            self.words = (
                ui.input(placeholder="按标题、文号、机关、地区查找", on_change=self._narrow)
                .props(f"outlined dense clearable debounce=300 maxlength={WORDS_MAX}")
                .props('bg-color=white aria-label="查找文件"')
                .classes("filter")
            )
            self.status = ui.toggle(
                sentences.LISTED_STATUSES, value="", on_change=self._narrow
            ).props("no-caps dense padding='4px 14px'")
            self.count = ui.label("").classes("soft").props('role="status"')
        self.table = ui.table(columns=COLUMNS, rows=[], row_key="id").classes("documents")
        self.table.props("flat hide-pagination")
        self.table.add_slot("body-cell-title", _TITLE)
        self.table.add_slot("body-cell-status", _STATUS)
        self.table.add_slot("body-cell-validity", _VALIDITY)
        self.nothing = ui.label("").classes("soft")
        self.pages = ui.pagination(1, 1, direction_links=True, on_change=self._turn)
        self.pages.props("max-pages=9")

    async def refresh(self) -> None:
        """Read and draw again."""
        chosen = Filter(self.words.value or "", page=self.pages.value or 1)
        status = self.status.value or ""
        found = await services().database.run(_find, chosen, status)
        last = pages(len(found), A_PAGE)
        self.pages.max = last
        self.pages.set_visibility(last > 1)
        shown = page_of(found, min(chosen.page, last), A_PAGE)
        self.table.rows = [policy_views.row(document) for document in shown]
        self.table.set_visibility(bool(found))
        self.count.text = sentences.DOCUMENTS_FOUND.format(count=len(found)) if found else ""
        self.nothing.text = (
            sentences.NOTHING_FITS if chosen.narrow or status else sentences.NO_DOCUMENTS
        )
        self.nothing.set_visibility(not found)

    async def _turn(self) -> None:
        await self.refresh()
        ui.run_javascript("scrollTo(0, 0)")

    async def _narrow(self) -> None:
        """Begin at the first page of what is now asked for."""
        if self.pages.value == 1:
            await self.refresh()
        else:
            self.pages.value = 1  # which draws again


def _find(chosen: Filter, status: str) -> list[Document]:
    """Return what fits (blocking); without a status what is not removed."""
    entries = documents().snapshot(now=utc_now()).entries
    return sorted(
        matching(_of_status(entries, status), chosen), key=lambda one: one.status != "draft"
    )


def _of_status(entries: Iterable[Entry[Document]], status: str) -> Iterable[Entry[Document]]:
    wanted = (status,) if status else ("draft", "published")
    return (each for each in entries if each.document.status in wanted)
