"""The dialog in which staff say what a message meant, and which of its words name what."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from nicegui import ui

from actions.features import FEATURES
from bot.console import names
from bot.console.dialogs import asking
from bot.console.transcripts import sentences
from bot.console.transcripts.reviews import Marked
from bot.messaging.transcripts import TranscriptLine

Keep = Callable[[str, tuple[Marked, ...]], Awaitable[None]]


class CorrectionDialog:
    """Asks for the right intent and the right names; ``kinds`` are the names there may be."""

    def __init__(self, line: TranscriptLine, kinds: Mapping[str, str], keep: Keep) -> None:
        self._text = line.text
        self._keep = keep
        nlu = line.nlu or {}
        self._marks = [
            Marked(str(one["entity"]), str(one["value"]), int(one["start"]), int(one["end"]))
            for one in nlu.get("entities") or ()
            if str(one["entity"]) in kinds
        ]
        intents = {name: names.intent(name) for name in FEATURES.intents}
        with asking(sentences.CORRECT, wide=True) as self.dialog:
            with ui.element("blockquote").classes("citation"):
                ui.label(line.text).classes("words")
            self.intent = ui.select(
                intents, label=sentences.CORRECT_INTENT, value=None, with_input=True
            ).props("outlined")
            ui.label(sentences.MARKED).classes("soft")
            self.marks = ui.element("div").classes("marks")
            with ui.row().classes("box"):
                self.words = ui.input(sentences.MARK_WORDS).props("outlined dense maxlength=40")
                self.words.classes("answer")
                self.kind = ui.select(dict(kinds), label=sentences.MARK_KIND)
                self.kind.props("outlined dense").classes("choice")
                ui.button(sentences.B_MARK, on_click=self._mark).props("flat no-caps")
            with ui.row().classes("dialog-choices"):
                ui.button("返回", on_click=self.dialog.close).props("flat no-caps")
                ui.button(sentences.B_KEEP, on_click=self._go).props("unelevated no-caps")
        self._draw_marks()

    def open(self) -> None:
        """Show it."""
        self.dialog.open()

    def _draw_marks(self) -> None:
        self.marks.clear()
        with self.marks:
            for each in self._marks:
                with ui.element("span").classes("chip"):
                    words = self._text[each.start : each.end]
                    ui.label(f"{names.entity(each.entity)} {words}").classes("run")
                    drop = ui.button(icon="close", on_click=partial(self._drop, each))
                    drop.props("flat dense round size=xs")
                    drop.props["aria-label"] = sentences.DROP_MARK.format(words=words)

    def _drop(self, mark: Marked) -> None:
        self._marks.remove(mark)
        self._draw_marks()

    async def _mark(self) -> None:
        # What is selected in the sentence counts where nothing is typed.
        chosen = self.words.value or await ui.run_javascript("return getSelection().toString()")
        words = str(chosen or "").strip()
        start = self._text.find(words) if words else -1
        if start < 0 or not self.kind.value:
            ui.notify(sentences.NOT_IN_WORDS.format(words=words), type="warning")
            return
        mark = Marked(self.kind.value, words, start, start + len(words))
        overlaps = [one for one in self._marks if one.start < mark.end and mark.start < one.end]
        self._marks = [*(one for one in self._marks if one not in overlaps), mark]
        self.words.value = ""
        self._draw_marks()

    async def _go(self) -> None:
        if not self.intent.value:
            ui.notify(sentences.CHOOSE_INTENT, type="warning")
            return
        self.dialog.close()
        await self._keep(str(self.intent.value), tuple(self._marks))
