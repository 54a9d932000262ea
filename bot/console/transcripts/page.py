"""The page of transcripts: everything that was said, narrowed, the newest first."""

from functools import partial
from urllib.parse import parse_qsl

from nicegui import ui
from starlette.requests import Request

from actions.features import FEATURES
from bot.console import names
from bot.console.acting import ActingStaff
from bot.console.dialogs import asking
from bot.console.frame import current, frame
from bot.console.parts import empty, heading
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.transcripts import sentences
from bot.console.transcripts.filters import Filters
from bot.console.transcripts.saved_views import (
    NAME_MAX,
    SavedView,
    drop_view,
    save_view,
    saved_views,
)
from bot.console.views import conversation_address, preview
from bot.messaging.search.turns import Cursor, Turn, find_turns
from language.wording import on_record
from store.clock import utc_now


@ui.page("/transcripts")
async def transcripts_page(request: Request) -> None:
    """What was said, narrowed by the page's address."""
    staff = current(request)
    filters = Filters.read(dict(parse_qsl(request.url.query)))
    with frame(staff, "/transcripts"):
        await TranscriptsPage(staff, filters).refresh()


class TranscriptsPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff, filters: Filters) -> None:
        self._acting = ActingStaff(staff)
        self._cursor = Cursor()
        self._following: Cursor | None = None
        heading(sentences.TITLE)
        self.views = ui.row().classes("views")
        self._draw_filters(filters)
        self.list = ui.element("ol").classes("turns").props(f'aria-label="{sentences.TITLE}"')
        ui.label(sentences.KEYS).classes("soft keys")
        with ui.row().classes("pages"):
            self.newest = ui.button(sentences.NEWEST, on_click=self._begin)
            self.older = ui.button(sentences.OLDER, on_click=self._go_on)
            for each in (self.newest, self.older):
                each.props("outline no-caps")

    def _draw_filters(self, given: Filters) -> None:
        with ui.element("form").classes("narrow").props('role="search" onsubmit="return false"'):
            self.words = ui.input(sentences.WORDS, value=given.words, on_change=self._begin)
            self.words.props("outlined dense clearable debounce=400 maxlength=80").classes(
                "words-box"
            )
            self.kind = self._choice(sentences.KIND, dict(sentences.KINDS), given.kind)
            self.intent = self._choice(sentences.INTENT, _intents(), given.intent)
            self.channel = self._choice(sentences.CHANNEL, dict(names.CHANNELS), given.channel)
            self.length = self._choice(sentences.LENGTH, dict(sentences.LENGTHS), given.length)
            self.since = self._day(sentences.SINCE, given.since)
            self.until = self._day(sentences.UNTIL, given.until)
            ui.button(sentences.B_CLEAR, on_click=lambda: ui.navigate.to("/transcripts")).props(
                "flat dense no-caps type=button"
            )
            ui.button(sentences.B_SAVE, on_click=self._ask_name).props(
                "flat dense no-caps type=button"
            )

    def _choice(self, label: str, names: dict[str, str], value: str) -> ui.select:
        known = {"": sentences.ANY, **names}
        choice = ui.select(known, label=label, value=value if value in known else "")
        choice.on_value_change(self._begin)
        return choice.props("outlined dense options-dense").classes("choice")

    def _day(self, label: str, value: str) -> ui.input:
        box = ui.input(label, value=value, on_change=self._begin)
        return box.props("type=date outlined dense stack-label debounce=400").classes("day")

    @property
    def filters(self) -> Filters:
        """What is chosen now."""
        return Filters(
            words=(self.words.value or "").strip(),
            channel=self.channel.value or "",
            intent=self.intent.value or "",
            kind=self.kind.value or "",
            length=self.length.value or "",
            since=self.since.value or "",
            until=self.until.value or "",
        )

    async def _begin(self) -> None:
        self._cursor = Cursor()
        await self.refresh()
        # What is looked at has an address: to come back to, to send to a colleague.
        ui.navigate.history.replace("/console" + self.filters.address())

    async def _go_on(self) -> None:
        if self._following is not None:
            self._cursor = self._following
            await self.refresh()
            ui.run_javascript("window.scrollTo(0, 0)")

    async def refresh(self) -> None:
        """Read and draw again."""
        database, wanted = services().database, self.filters.wanted()
        page = await database.run(find_turns, database, wanted, self._cursor)
        self._following = page.following
        self.older.set_visibility(page.following is not None)
        self.newest.set_visibility(self._cursor != Cursor())
        self.list.clear()
        with self.list:
            for turn in page.turns:
                with ui.element("li"):
                    draw_turn(turn)
            if not page.turns:
                plain = self.filters == Filters()
                with ui.element("li"):
                    empty(sentences.NOTHING_YET if plain else sentences.NOTHING)
        await self._list_views()

    # ---- saved views ---------------------------------------------------------------------

    async def _list_views(self) -> None:
        views = await services().database.run(saved_views, services().database, self._acting.id)
        self.views.clear()
        with self.views:
            for each in views:
                with ui.element("span").classes("chip"):
                    ui.link(each.name, each.filters.address())
                    drop = ui.button(icon="close", on_click=partial(self._drop, each))
                    drop.props("flat dense round size=xs")
                    drop.props["aria-label"] = sentences.DROP_VIEW.format(name=each.name)

    def _ask_name(self) -> None:
        with asking(sentences.VIEW_NAME) as dialog:
            box = ui.input(sentences.VIEW_NAME).props(f"outlined autofocus maxlength={NAME_MAX}")

            async def save() -> None:
                if not (box.value or "").strip():
                    return
                dialog.close()
                database = services().database
                await database.run(save_view, database, self._acting.id, box.value, self.filters)
                ui.notify(sentences.VIEW_SAVED)
                await self._list_views()

            box.on("keydown.enter", save)
            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat no-caps")
                ui.button(sentences.B_SAVE_VIEW, on_click=save).props("unelevated no-caps")
        dialog.open()

    async def _drop(self, view: SavedView) -> None:
        database = services().database
        await database.run(drop_view, database, self._acting.id, view.id)
        ui.notify(sentences.VIEW_DROPPED)
        await self._list_views()


def draw_turn(turn: Turn) -> None:
    """Draw a turn as a row that leads to its place in the conversation."""
    with ui.element("article").classes("turn"):
        with ui.row().classes("case-head"):
            ui.label(on_record(turn.at, utc_now())).classes("soft when")
            ui.label(names.CHANNELS.get(turn.channel, turn.channel)).classes("soft")
            if turn.intent:
                ui.label(names.reading(turn.intent, turn.confidence)).classes("chip")
            if became := names.outcome(turn.outcome):
                ui.label(became).classes("chip is-label")
        address = conversation_address(turn.conversation) + f"&at={turn.id}"
        ui.link(preview(turn.text) or sentences.BUTTON, address).classes("summary")
        if turn.said:
            ui.label(sentences.REPLY_HAS.format(said=preview(turn.said))).classes("soft")


def _intents() -> dict[str, str]:
    return {name: names.intent(name) for name in FEATURES.intents}
