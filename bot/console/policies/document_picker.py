"""Choosing one of many documents in a dialog: looked for on the server, some offered at a time."""

from nicegui import events, ui

from bot.console.policies.library import documents
from bot.console.services import services
from bot.web.policies.catalogue import WORDS_MAX, Filter, matching
from knowledge.documents.repository import Document, get_document
from store.clock import utc_now

OFFERED = 20


class DocumentPicker:
    """A box for words of a title or a number, and the published documents that have them."""

    def __init__(self, label: str, *, leave_out: str = "") -> None:
        self._leave_out = leave_out
        self._names: dict[str, str] = {}
        self.box = ui.select({}, label=label, with_input=True).props("outlined").classes("wide")
        self.box.on("input-value", self._look, throttle=0.3, leading_events=False)

    @property
    def value(self) -> str | None:
        """The id of the chosen document."""
        chosen: str | None = self.box.value
        return chosen

    @property
    def name(self) -> str:
        """Title and number of the chosen document."""
        return self._names.get(self.value or "", "")

    async def begin(self, doc_id: str | None = None) -> None:
        """Offer the newest documents; choose ``doc_id`` beforehand if it is published."""
        known = await services().database.run(_title, doc_id) if doc_id else None
        kept = {doc_id: known} if doc_id and known else {}
        await self._offer("", kept)

    async def _look(self, event: events.GenericEventArguments) -> None:
        chosen = self.value
        kept = {chosen: self._names[chosen]} if chosen is not None else {}
        await self._offer(str(event.args or "")[:WORDS_MAX], kept)

    async def _offer(self, words: str, kept: dict[str, str]) -> None:
        """Offer what has ``words``; what is chosen, if anything, is ``kept``."""
        found = await services().database.run(_found, words, self._leave_out)
        self._names = found | kept
        self.box.set_options(self._names, value=next(iter(kept), None))


def _found(words: str, leave_out: str) -> dict[str, str]:
    """Return some published documents that have ``words``, the newest first (blocking)."""
    known = documents().snapshot(now=utc_now())
    found = [
        document
        for document in matching(known.entries, Filter(words))
        if document.status == "published" and document.doc_id != leave_out
    ]
    return {document.doc_id: _name(document) for document in found[:OFFERED]}


def _title(doc_id: str) -> str | None:
    document = get_document(services().database, doc_id)
    return _name(document) if document and document.status == "published" else None


def _name(document: Document) -> str:
    # Versions of one law share its title.
    return f"{document.title}　{document.doc_no or document.issued_on or ''}".rstrip()
