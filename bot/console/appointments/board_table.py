"""The table of a hall's day: people under half hours, a large status, and what is next to do."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from nicegui import events, ui

from actions.appointments.visits.call_order import Step
from bot.console.appointments.board_views import Row

A_PAGE = 150
"""Rows drawn at first: a hall of 40 windows has a thousand a day."""

Act = Callable[[str, str], Awaitable[None]]
Undo = Callable[[str, Step], Awaitable[None]]

COLUMNS = [
    {"name": name, "label": label, "field": name, "align": "left"}
    for name, label in (
        ("time", "时间"),
        ("id", "号码"),
        ("business", "业务"),
        ("window", "窗口"),
        ("chip", "状态"),
        ("acts", "操作"),
    )
]
# Vue escapes what stands in {{ }} and in bound attributes.
_BODY = """
<q-tr v-if="props.row.head" :key="props.key" class="half-hour">
  <q-td colspan="6">{{ props.row.head }}<span class="soft">{{ props.row.count }}</span></q-td>
</q-tr>
<q-tr v-else :props="props" :key="props.key" :data-code="props.row.id"
      :class="{visit: true, next: props.row.next, over: props.row.over}">
  <q-td key="time" :props="props" class="time">{{ props.row.time }}</q-td>
  <q-td key="id" :props="props"><span class="ticket">{{ props.row.id }}</span></q-td>
  <q-td key="business" :props="props">{{ props.row.business }}
    <span v-if="props.row.priority" class="first">优先</span></q-td>
  <q-td key="window" :props="props">{{ props.row.window }}</q-td>
  <q-td key="chip" :props="props">
    <span class="stage" :class="'is-' + props.row.stage">{{ props.row.chip }}</span>
    <span v-if="props.row.next" class="stage is-next">下一位</span>
    <span v-if="props.row.closed" class="stage is-closed">停办</span>
    <span class="note">{{ props.row.note }}</span></q-td>
  <q-td key="acts" :props="props" class="acts">
@ACTS@
  </q-td>
</q-tr>
"""
_ACTS = """
    <q-btn v-if="props.row.act === 'check_in'" no-caps outline color="primary" label="签到"
      :disable="!props.row.can_check_in" :aria-label="'签到 ' + props.row.id"
      @click="() => $parent.$emit('act', ['check_in', props.row.id])" />
    <q-btn v-if="props.row.act === 'call'" no-caps unelevated color="primary" label="叫号"
      :aria-label="'叫号 ' + props.row.id"
      @click="() => $parent.$emit('act', ['call', props.row.id])" />
    <q-btn v-if="props.row.act === 'finish'" no-caps unelevated color="green-9"
      label="办结" :aria-label="'办结 ' + props.row.id"
      @click="() => $parent.$emit('act', ['finish', props.row.id])" />
    <q-btn v-if="props.row.undo" no-caps flat class="undo" :label="props.row.undo.name"
      :aria-label="props.row.undo.name + ' ' + props.row.id"
      @click="() => $parent.$emit('undo',
        [props.row.id, props.row.undo.kind, props.row.undo.at])" />
"""


class BoardTable:
    """Draws rows, again only where something changed.

    ``act`` gets what is done to whom, ``undo`` the step to take back as it was shown. Who never
    ``serves`` sees no buttons.
    """

    def __init__(self, act: Act, undo: Undo, *, serves: bool) -> None:
        self._act = act
        self._undo = undo
        self._rows: list[Row] = []
        self._shown = A_PAGE
        self.table = ui.table(columns=COLUMNS, rows=[], row_key="id").classes("day-board")
        self.table.props("flat hide-pagination hide-no-data")
        self.table.add_slot("body", _BODY.replace("@ACTS@", _ACTS if serves else ""))
        self.table.on("act", self._do)
        self.table.on("undo", self._take_back)
        self.nobody = ui.label("").classes("soft nobody")
        self.more = ui.button("再看一些", on_click=self._show_more).props("outline no-caps")

    def show(self, rows: list[Row], nobody: str) -> None:
        """Show these rows, or, where there are none, the sentence ``nobody``."""
        self._rows = rows
        self.nobody.text = nobody
        self.nobody.set_visibility(not rows)
        self.table.set_visibility(bool(rows))
        self._draw()

    def start_over(self) -> None:
        """Begin at the first page: something else is going to be shown."""
        self._shown = A_PAGE

    def _draw(self) -> None:
        drawn = self._rows[: self._shown]
        if drawn != self.table.rows:
            self.table.rows = drawn
        self.more.set_visibility(len(self._rows) > self._shown)

    def _show_more(self) -> None:
        self._shown += A_PAGE
        self._draw()

    async def _do(self, event: events.GenericEventArguments) -> None:
        what, code = event.args
        await self._act(str(what), str(code))

    async def _take_back(self, event: events.GenericEventArguments) -> None:
        code, kind, at = event.args
        await self._undo(str(code), Step(str(kind), datetime.fromisoformat(str(at))))
