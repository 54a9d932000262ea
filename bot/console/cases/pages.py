"""The console's pages: the overview, and one conversation."""

from nicegui import ui
from starlette.requests import Request

from actions.cases.service import Case
from bot.console.cases import sentences, views
from bot.console.cases.conversation import ConversationPage, draw_case_head
from bot.console.cases.overview import Overview, read_overview
from bot.console.frame import current, frame
from bot.console.guard import every
from bot.console.services import services
from bot.console.views import conversation_address, preview
from store.clock import utc_now

REFRESH_SECONDS = 4.0

COLUMNS = [
    {"name": "channel", "label": "渠道", "field": "channel", "align": "left"},
    {"name": "last", "label": "最近的话", "field": "last", "align": "left"},
    {"name": "when", "label": "时间", "field": "when", "align": "left"},
    {"name": "mode", "label": "状态", "field": "mode", "align": "left"},
    {"name": "case", "label": "工单", "field": "case", "align": "left"},
]
# Vue escapes what stands in {{ }} and in bound attributes.
_LAST = """
<q-td :props="props">
  <a class="row-link" :href="'/console' + props.row.href">{{ props.row.last }}</a>
</q-td>
"""
_MODE = """
<q-td :props="props">
  <q-badge :color="props.row.staffed ? 'primary' : 'grey-8'">{{ props.value }}</q-badge>
</q-td>
"""
_CASE = """
<q-td :props="props">
  <q-badge v-if="props.value" color="deep-orange-9">{{ props.value }}</q-badge>
</q-td>
"""


@ui.page("/")
async def overview_page(request: Request) -> None:
    """Open cases first, then the conversations; refreshed every few seconds."""
    staff = current(request)
    with frame(staff, "/"):
        page = OverviewPage()
        await page.refresh()
    every(REFRESH_SECONDS, page.refresh)


@ui.page("/conversation")
async def conversation_page(request: Request, id: str = "") -> None:
    """A conversation: what was said, its cases, and a box to answer in."""
    staff = current(request)
    with frame(staff, "/"):
        page = ConversationPage(id if id.isprintable() else "", staff)
        await page.begin()
    if page.exists:
        every(REFRESH_SECONDS / 2, page.refresh)


class OverviewPage:
    """The overview's moving parts; drawn again only where something changed."""

    def __init__(self) -> None:
        self._cases: tuple[Case, ...] | None = None
        ui.label("待办工单").classes("heading")
        self.case_list = ui.element("div").classes("cases")
        ui.label("对话").classes("heading")
        self.table = (
            ui.table(columns=COLUMNS, rows=[], row_key="id", pagination=20)
            .classes("conversations")
            .props("flat")
        )
        self.table.add_slot("body-cell-last", _LAST)
        self.table.add_slot("body-cell-mode", _MODE)
        self.table.add_slot("body-cell-case", _CASE)
        self.table.add_slot("no-data", f"<span>{sentences.NO_CONVERSATIONS}</span>")

    async def refresh(self) -> None:
        """Read again, and draw what is new."""
        database = services().database
        seen = await database.run(read_overview, database)
        self._draw_rows(seen)
        if seen.cases != self._cases:
            self._cases = seen.cases
            self._draw_cases(seen.cases)

    def _draw_rows(self, seen: Overview) -> None:
        now = utc_now()
        of = {case.conversation: case for case in seen.cases}
        rows = [views.row(card, of.get(card.id), now) for card in seen.conversations]
        if rows != self.table.rows:
            self.table.rows = rows

    def _draw_cases(self, cases: tuple[Case, ...]) -> None:
        self.case_list.clear()
        now = utc_now()
        with self.case_list:
            if not cases:
                ui.label(sentences.NO_CASES).classes("soft")
            for case in cases:
                with ui.link(target=conversation_address(case.conversation)).classes("case"):
                    draw_case_head(case)
                    ui.label(preview(case.summary)).classes("summary")
                    ui.label(views.deadline(case, now)).classes("soft")
