"""The sections of a document with the ways people ask for them."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from bot.console.dialogs import asking
from bot.console.parts import part_heading
from bot.console.permissions import Deed
from bot.console.policies import sentences
from bot.console.policies.policy_views import Section
from bot.console.policies.publication import Publication
from knowledge.documents.sample_questions import MAX_LENGTH, StaffSampleQuestion

SECTIONS_A_PAGE = 30


class SectionsPanel:
    """The document's tree, as it is searched; a section at a time can be given asks."""

    def __init__(
        self, doc_id: str, publication: Publication, refresh: Callable[[], Awaitable[None]]
    ) -> None:
        self.id = doc_id
        self.publication = publication
        self.refresh = refresh
        self.parts: list[Section] = []
        part_heading("正文与分节")
        self.list = ui.element("ol").classes("sections")
        self.pages = ui.pagination(1, 1, direction_links=True, on_change=self._show)

    def draw(self, parts: list[Section]) -> None:
        """Show these sections; the page of them that was open stays open."""
        self.parts = parts
        last = max(1, -(-len(parts) // SECTIONS_A_PAGE))
        self.pages.max = last
        self.pages.set_visibility(last > 1)
        self._show()

    def _show(self) -> None:
        first = ((self.pages.value or 1) - 1) * SECTIONS_A_PAGE
        self.list.clear()
        with self.list:
            for part in self.parts[first : first + SECTIONS_A_PAGE]:
                with ui.element("li").classes(f"section is-{part.unit.kind}"):
                    self._draw_section(part)

    def _draw_section(self, part: Section) -> None:
        with ui.element("div").classes("section-head"):
            if part.unit.section:
                ui.label(part.unit.section).classes("key")
            kind = sentences.UNIT_KINDS.get(part.unit.kind, part.unit.kind)
            ui.label(kind + ("" if part.searched else sentences.NOT_SEARCHED)).classes("soft")
        ui.label(part.text).classes("words")
        if not part.searched:
            return
        with ui.element("div").classes("asks"):
            if part.shipped:
                _draw_shipped(part.shipped)
            for ask in part.added:
                self._draw_own(ask)
            if self.publication.may(Deed.ADD_ASK):
                ui.button("添加问法", on_click=lambda: self._ask_for(part)).props(
                    "flat dense no-caps icon=add"
                )

    def _draw_own(self, ask: StaffSampleQuestion) -> None:
        with ui.element("div").classes("ask own"):
            ui.label(ask.text)
            if self.publication.may(Deed.REMOVE_ASK):
                ui.button(icon="close", on_click=lambda: self._remove(ask)).props(
                    f'flat dense round size=xs aria-label="删除问法：{_attribute(ask.text)}"'
                )

    def _ask_for(self, part: Section) -> None:
        with asking(f"大家会怎么问「{part.unit.section}」？") as dialog:
            box = ui.input("一种问法").props(f"outlined autofocus maxlength={MAX_LENGTH}")

            async def add() -> None:
                text = (box.value or "").strip()
                if not text:
                    ui.notify(sentences.EMPTY_ASK)
                    return
                dialog.close()
                await self._add(part.unit.key, text)

            box.on("keydown.enter", add)
            with ui.row().classes("dialog-choices"):
                ui.button("取消", on_click=dialog.close).props("flat")
                ui.button("添加", on_click=add)
        dialog.open()

    async def _add(self, key: str, text: str) -> None:
        editor = self.publication.editor
        if await self.publication.do(
            Deed.ADD_ASK, self.id, lambda: editor.add_ask(self.id, key, text), sentences.ASK_ADDED
        ):
            await self.refresh()
            await self.publication.go_live()

    async def _remove(self, ask: StaffSampleQuestion) -> None:
        editor = self.publication.editor
        done = await self.publication.do(
            Deed.REMOVE_ASK,
            self.id,
            lambda: editor.remove_ask(self.id, ask.id, ask.text),
            sentences.ASK_REMOVED,
        )
        if done:
            await self.refresh()
            await self.publication.go_live()


def _draw_shipped(asks: Sequence[str]) -> None:
    """Folded away: there are a dozen to a section, and nobody changes them here."""
    with ui.element("details").classes("shipped"):
        with ui.element("summary").classes("soft"):
            ui.label(sentences.SHIPPED_ASKS.format(count=len(asks)))
        with ui.element("div").classes("asks"):
            for text in asks:
                ui.label(text).classes("ask")


def _attribute(text: str) -> str:
    """Return ``text`` without what would end an attribute's value."""
    return text.replace('"', "”").replace("\\", "＼")
