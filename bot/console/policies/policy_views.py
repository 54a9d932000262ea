"""How policy documents read in the console: rows, sections, changes. Plain functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.console import views
from bot.console.policies import sentences
from bot.console.policies.changes import Change
from bot.console.policies.editable_fields import FIELDS
from bot.web.policies import sentences as public
from bot.web.policies.validity_label import validity_label
from knowledge.documents.repository import Document, DocumentUnit
from knowledge.documents.sample_questions import SampleQuestion, StaffSampleQuestion, known_by
from knowledge.sentences import DIGEST_MARK, PATH_SEPARATOR
from language.wording import on_record

SEARCHED = frozenset(("item", "preamble", "closing"))


@dataclass(frozen=True)
class Section:
    """One section with the ways people ask for it: shipped ones, and staff's with their ids."""

    unit: DocumentUnit
    text: str
    shipped: tuple[str, ...]
    added: tuple[StaffSampleQuestion, ...]

    @property
    def searched(self) -> bool:
        """Whether answers are looked for in it."""
        return self.unit.kind in SEARCHED


def address(doc_id: str) -> str:
    """Return the console's page of a document, relative to the console."""
    return f"/policy?id={quote(doc_id, safe='')}"


def row(document: Document) -> dict[str, Any]:
    """Return a document as a row of the list."""
    state = validity_label(document)
    return {
        "id": document.doc_id,
        "href": address(document.doc_id),
        "title": document.title,
        "number": document.doc_no,
        "status": sentences.DOCUMENT_STATUSES.get(document.status, document.status),
        "draft": document.status == "draft",
        "kind": public.KINDS.get(document.kind, document.kind),
        "region": document.region_name,
        "validity": state.short,
        "tone": state.tone or "open",
        "issued_on": document.issued_on.isoformat() if document.issued_on else "",
        "version": document.version,
    }


def stored_title(document: Document) -> str:
    """Return the title without the mark that people see on a digest."""
    return document.title.removesuffix(DIGEST_MARK)


def sections(
    document: Document, shipped: Iterable[SampleQuestion], added: Iterable[StaffSampleQuestion]
) -> list[Section]:
    """Return the document's sections in order, each with its asks."""
    keys = known_by(document.kind, document.doc_no, stored_title(document))
    known: dict[str, list[str]] = defaultdict(list)
    for ask in shipped:
        if ask.doc_key in keys:
            for section_key in ask.sections:
                known[section_key].append(ask.text)
    own: dict[str, list[StaffSampleQuestion]] = defaultdict(list)
    for stored in added:
        if stored.doc_key in keys:
            for section_key in stored.sections:
                own[section_key].append(stored)
    return [
        Section(
            unit,
            document.text[unit.start : unit.end].strip(),
            tuple(known[unit.key]),
            tuple(own[unit.key]),
        )
        for unit in document.units
    ]


def section_names(parts: Sequence[Section]) -> dict[str, str]:
    """Return the searched sections for a drop-down list: key to headings above and first words."""
    return {
        part.unit.key: PATH_SEPARATOR.join((*part.unit.path[:-1], views.preview(part.text)))
        for part in parts
        if part.searched
    }


def change_line(change: Change, now: datetime) -> str:
    """Return a change as one line."""
    action = sentences.ACTIONS.get(change.action, change.action)
    return f"{on_record(change.at, now)} {change.staff} {action}{_detail(change.detail)}"


def _detail(detail: Mapping[str, object]) -> str:
    labels = {field.name: field.label for field in FIELDS}
    parts = [
        f"{labels[name]} → {value or '（空）'}" if name in labels else str(value)
        for name, value in detail.items()
        if name not in ("outcome", "section")
    ]
    return "：" + "；".join(views.preview(part) for part in parts) if parts else ""
