"""The box in which staff answer: what is ready, what policy says, and a draft that survives."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from nicegui import ui

from bot.console.cases import sentences
from bot.console.cases.canned import CannedAnswer, canned_answers, filled, has_gaps
from bot.console.dialogs import asking
from bot.console.services import services
from bot.console.views import as_script
from knowledge.answering.answerer import PolicyAnswerer
from knowledge.answering.answers import PolicyAnswer
from store.clock import utc_now

REPLY_MAX = 2000

Send = Callable[[str], Awaitable[bool]]
Values = Callable[[], Mapping[str, str]]


class Composer:
    """The box; ``send`` says what is written and tells whether it was said.

    What is typed is kept in the browser's tab under ``key`` until it is sent: a session that ends
    in mid-reply loses nothing.
    """

    def __init__(self, key: str, send: Send, values: Values) -> None:
        self._key = f"draft {key}"
        self._send = send
        self._values = values
        with ui.element("section").classes("composer").props(f'aria-label="{sentences.ANSWERING}"'):
            with ui.row().classes("composer-tools"):
                self._draw_canned()
                ui.button(sentences.B_POLICY, on_click=self._look_up).props("flat dense no-caps")
                ui.space()
                ui.label(sentences.CTRL_ENTER).classes("soft keys")
            with ui.row().classes("box"):
                self.text = (
                    ui.textarea(label="回复来访者", placeholder=sentences.WILL_TAKE_OVER)
                    .props("outlined autogrow")
                    .classes("answer")
                )
                kept = f"(value) => sessionStorage.setItem({as_script(self._key)}, value || '')"
                self.text.on("update:model-value", js_handler=kept)
                self.text.on("keydown.ctrl.enter", self._go)
                self.text.on("keydown.meta.enter", self._go)
                ui.button("发送", on_click=self._go).props("unelevated no-caps")

    async def restore(self) -> None:
        """Put back what was typed before the page was left; needs the page's connection."""
        kept = await ui.run_javascript(f"return sessionStorage.getItem({as_script(self._key)})")
        if kept and not self.text.value:
            self.text.value = str(kept)[:REPLY_MAX]

    def _draw_canned(self) -> None:
        with ui.button(sentences.B_CANNED).props("flat dense no-caps aria-haspopup=menu"):
            self._menu = ui.menu().on("before-show", self._list_canned)

    async def _list_canned(self) -> None:
        answers = await services().database.run(canned_answers, services().database)
        self._menu.clear()
        with self._menu:
            for each in answers:
                insert = partial(self._insert_canned, each)
                ui.menu_item(each.title, on_click=insert).props("role=menuitem")
            go = partial(ui.navigate.to, "/canned")
            ui.menu_item(sentences.EDIT_CANNED, on_click=go).props("role=menuitem")

    def _insert_canned(self, answer: CannedAnswer) -> None:
        self.insert(filled(answer.text, self._values()))

    def insert(self, words: str) -> None:
        """Add words to what is written."""
        before = (self.text.value or "").rstrip()
        self.text.value = f"{before}\n{words}" if before else words
        self._keep(self.text.value)

    async def _go(self) -> None:
        text = (self.text.value or "").strip()
        if not text:
            ui.notify(sentences.EMPTY_REPLY)
        elif len(text) > REPLY_MAX:
            ui.notify(sentences.LONG_REPLY.format(limit=REPLY_MAX))
        elif has_gaps(text):
            ui.notify(sentences.GAPS, type="warning")
        elif await self._send(text):
            self.text.value = ""
            self._keep("")

    def _keep(self, value: str) -> None:
        script = f"sessionStorage.setItem({as_script(self._key)}, {as_script(value)})"
        ui.run_javascript(script)

    def _look_up(self) -> None:
        """Ask the policy library, and take a citation over."""
        with asking(sentences.POLICY_TITLE, wide=True) as dialog:
            with ui.row().classes("box"):
                box = ui.input(sentences.POLICY_QUESTION).props("outlined autofocus maxlength=200")
                box.classes("answer")
                search = ui.button(sentences.B_SEARCH).props("unelevated no-caps")
            found = ui.element("div").classes("found").props('role="status"')
            look = partial(self._found, dialog, box, found)
            box.on("keydown.enter", look)
            search.on_click(look)
            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=dialog.close).props("flat no-caps")
        dialog.open()

    async def _found(self, dialog: ui.dialog, box: ui.input, found: ui.element) -> None:
        question = (box.value or "").strip()
        if not question:
            return
        found.clear()
        with found:
            ui.label(sentences.LOOKING_UP).classes("soft")
        library = services().of(PolicyAnswerer)
        work = partial(library.answer, question, now=utc_now())
        answer = await services().database.run(work)
        found.clear()
        with found:
            if not answer.citations:
                ui.label(sentences.NOTHING_IN_POLICY).classes("soft")
            self._draw_citations(dialog, answer)

    def _draw_citations(self, dialog: ui.dialog, answer: PolicyAnswer) -> None:
        for each in answer.citations:
            words = sentences.CITATION.format(
                quote=each.quote, title=each.title, section=each.section
            )
            with ui.element("div").classes("citation"):
                ui.label(words)
                if each.in_force is False:
                    ui.label(sentences.NOT_IN_FORCE).classes("status")

                def take(words: str = words) -> None:
                    dialog.close()
                    self.insert(words)

                ui.button(sentences.B_CITE, on_click=take).props("flat dense no-caps")
