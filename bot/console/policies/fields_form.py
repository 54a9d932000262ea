"""The form in which staff correct a document's particulars."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from bot.console.parts import part_heading
from bot.console.permissions import Deed
from bot.console.policies import sentences
from bot.console.policies.editable_fields import FIELDS, BadField, Field, changes, mark, written
from bot.console.policies.publication import Publication
from bot.web.policies import sentences as public
from knowledge.documents.repository import Document

Input = ui.input | ui.textarea | ui.select


class ParticularsForm:
    """Every particular with where it comes from; what was derived stands out."""

    def __init__(
        self, document: Document, publication: Publication, refresh: Callable[[], Awaitable[None]]
    ) -> None:
        self.id = document.doc_id
        self.publication = publication
        self.refresh = refresh
        self.before = written(document)
        self.searched = document.status == "published"
        part_heading("文件信息")
        with ui.column().classes("form"):
            self.inputs = {field.name: self._draw(document, field) for field in FIELDS}
            if publication.may(Deed.CORRECT):
                ui.button("保存更正", on_click=self._save)

    def _draw(self, document: Document, field: Field) -> Input:
        value, origin = self.before[field.name], mark(document, field.name)
        box: Input
        if field.kind == "kind":
            box = ui.select(dict(public.KINDS), label=field.label, value=value)
        elif field.kind == "long":
            box = ui.textarea(label=field.label, value=value).props("autogrow")
        else:
            box = ui.input(label=field.label, value=value)
        box.props("outlined dense bg-color=white").classes("particular")
        if field.kind == "date":
            box.props("type=date stack-label")
        if origin:
            box.props["hint"] = origin
            box.classes("guessed" if origin == sentences.GUESSED else "corrected")
        return box

    async def _save(self) -> None:
        after = {name: str(box.value or "") for name, box in self.inputs.items()}
        try:
            changed = changes(self.before, after)
        except BadField as error:
            ui.notify(str(error), type="negative")
            self.inputs[error.field.name].run_method("focus")
            return
        if not changed:
            ui.notify(sentences.NOTHING_CHANGED)
            return
        editor = self.publication.editor
        if not await self.publication.do(
            Deed.CORRECT, self.id, lambda: editor.correct(self.id, changed), sentences.SAVED
        ):
            return
        await self.refresh()
        if self.searched:
            await self.publication.go_live()
