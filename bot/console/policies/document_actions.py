"""What can be done to a document as a whole: publish, expire, supersede, remove."""

from collections.abc import Awaitable, Callable
from datetime import date

from nicegui import ui

from bot.console.dialogs import asking
from bot.console.permissions import Deed
from bot.console.policies import policy_views, sentences
from bot.console.policies.document_picker import DocumentPicker
from bot.console.policies.editable_fields import FIELDS
from bot.console.policies.publication import Publication
from knowledge.documents.repository import Document
from store.clock import to_shanghai, utc_now

Refresh = Callable[[], Awaitable[None]]


def draw_actions(document: Document, publication: Publication, refresh: Refresh) -> None:
    """Draw the buttons that fit the document's status, for who may press them."""
    if not all(map(publication.may, (Deed.PUBLISH, Deed.EXPIRE, Deed.SUPERSEDE, Deed.REMOVE))):
        return
    actions = Actions(document, publication, refresh)
    with ui.row().classes("actions"):
        if document.status == "draft":
            ui.button("发布", on_click=actions.ask_publish)
        if document.status == "published":
            ui.button("设定失效日期", on_click=actions.ask_expire).props("outline")
            ui.button("取代另一份文件", on_click=actions.ask_supersede).props("outline")
        if document.status == "removed":
            ui.button("重新发布", on_click=actions.ask_publish).props("outline")
        else:
            ui.button("移除", on_click=actions.ask_remove).props('outline color="negative"')


class Actions:
    """Each asks once more, does it, and brings it to the answers."""

    def __init__(self, document: Document, publication: Publication, refresh: Refresh) -> None:
        self.document = document
        self.publication = publication
        self.refresh = refresh
        self.id = document.doc_id

    def ask_publish(self) -> None:
        """Confirm publishing; name what nobody has checked yet."""
        guessed = set(self.document.guessed) - set(self.document.corrected)
        labels = "、".join(field.label for field in FIELDS if field.name in guessed)
        with asking(sentences.CONFIRM_PUBLISH) as dialog:
            if labels:
                ui.label(sentences.STILL_GUESSED.format(labels=labels)).classes("warning")
            self._choices(dialog, Deed.PUBLISH, "确认发布", self._publish, sentences.PUBLISHED)
        dialog.open()

    def _publish(self) -> None:
        self.id = self.publication.editor.publish(self.document.doc_id)

    def ask_expire(self) -> None:
        """Ask from which day the document no longer holds."""
        today = to_shanghai(utc_now()).date().isoformat()
        with asking("设定失效日期") as dialog:
            box = ui.input("从哪天起不再有效", value=today).props("type=date outlined stack-label")
            editor, doc_id = self.publication.editor, self.document.doc_id
            self._choices(
                dialog,
                Deed.EXPIRE,
                "确定",
                lambda: editor.expire(doc_id, date.fromisoformat(box.value or today)),
                sentences.EXPIRED,
            )
        dialog.open()

    async def ask_supersede(self) -> None:
        """Ask which document this one takes the place of."""
        with asking(f"《{self.document.title}》取代了哪一份文件？") as dialog:
            older = DocumentPicker("被取代的文件", leave_out=self.document.doc_id)
            await older.begin()
            editor, doc_id = self.publication.editor, self.document.doc_id
            self._choices(
                dialog,
                Deed.SUPERSEDE,
                "确定",
                lambda: editor.supersede(doc_id, str(older.value)),
                sentences.SUPERSEDED,
                ready=lambda: older.value is not None,
            )
        dialog.open()

    def ask_remove(self) -> None:
        """Confirm the removal."""
        with asking(sentences.CONFIRM_REMOVE) as dialog:
            editor, doc_id = self.publication.editor, self.document.doc_id
            self._choices(
                dialog,
                Deed.REMOVE,
                "确认移除",
                lambda: editor.remove(doc_id),
                sentences.REMOVED,
                "negative",
            )
        dialog.open()

    def _choices(
        self,
        dialog: ui.dialog,
        deed: Deed,
        label: str,
        work: Callable[[], None],
        done: str,
        color: str = "primary",
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        async def go() -> None:
            if not ready():
                return
            dialog.close()
            if not await self.publication.do(deed, self.document.doc_id, work, done):
                return
            if self.id == self.document.doc_id:
                await self.refresh()
            await self.publication.go_live()
            if self.id != self.document.doc_id:  # a draft became a document's new version
                ui.navigate.to(policy_views.address(self.id))

        with ui.row().classes("dialog-choices"):
            ui.button("取消", on_click=dialog.close).props("flat")
            ui.button(label, on_click=go, color=color)
