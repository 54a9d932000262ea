"""The documents as others see them: list, show, expire."""

import urllib.parse
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from knowledge import sentences
from knowledge.regions import region_name
from knowledge.tables import PolicyDocument, PolicyUnit
from store.clock import to_shanghai, utc_now
from store.database import Database


@dataclass(frozen=True)
class DocumentUnit:
    """A unit: ``number`` from 1 (its anchor is ``u<number>``), half-open span in the text."""

    number: int
    kind: str
    section: str
    path: tuple[str, ...]
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The unit's anchor on the reading page."""
        return f"u{self.number}"


@dataclass(frozen=True)
class Document:
    """A stored document. ``in_force``: True, False (lapsed), None (it does not say).

    A digest's ``title`` carries 〔摘要〕; ``guessed`` names particulars that the notice does
    not state itself and that were derived; ``region`` is a GB/T 2260 code, 100000 national,
    "" unknown.
    """

    doc_id: str
    version: int
    kind: str
    title: str
    doc_no: str
    issuer: str
    region: str
    region_name: str
    issued_on: date | None
    expired_on: date | None
    in_force: bool | None
    occasion: str
    guessed: tuple[str, ...]
    source: str
    text: str
    units: tuple[DocumentUnit, ...]

    @property
    def url(self) -> str:
        """Address of the reading page."""
        return document_url(self.doc_id)


class UnknownDocument(LookupError):
    """No document has this id."""


def document_url(doc_id: str, *, quote: str | None = None, unit: int | None = None) -> str:
    """Return the reading page's path, with the quoted words and the unit's anchor."""
    address = f"/policies/{doc_id}"
    if quote:
        address += f"?quote={urllib.parse.quote(quote, safe='')}"
    return address + (f"#u{unit}" if unit is not None else "")


def shown_title(kind: str, title: str) -> str:
    """Return the title as people see it: a digest says that it is one."""
    return title + sentences.DIGEST_MARK if kind == "digest" else title


def force_on(row: PolicyDocument, day: date) -> bool | None:
    """Tell whether a document holds on ``day``: None when that cannot be known from it.

    A document bound to a passing occasion (疫情防控期间) does not say when that ended.
    """
    if row.expired_on is not None and row.expired_on <= day:
        return False
    return None if row.occasion else True


def list_documents(database: Database, *, on: date | None = None) -> list[Document]:
    """Return all documents without their units, newest first. ``on`` is by default today."""
    with database.read() as session:
        rows = session.scalars(select(PolicyDocument)).all()
        documents = [_document(row, _day(on), ()) for row in rows]
    return sorted(documents, key=lambda item: (item.issued_on or date.min, item.doc_id))[::-1]


def get_document(database: Database, doc_id: str, *, on: date | None = None) -> Document | None:
    """Return one document with its units, or None."""
    with database.read() as session:
        row = session.get(PolicyDocument, doc_id)
        return _document(row, _day(on), row.units) if row is not None else None


def expire_document(database: Database, doc_id: str, *, on: date) -> None:
    """Mark a document as no longer in force from the day ``on``; raise UnknownDocument."""
    with database.write() as session:
        row = session.get(PolicyDocument, doc_id)
        if row is None:
            raise UnknownDocument(doc_id)
        row.expired_on = on
        session.commit()


def _day(on: date | None) -> date:
    return on or to_shanghai(utc_now()).date()


def _document(row: PolicyDocument, day: date, units: "list[PolicyUnit] | tuple[()]") -> Document:
    return Document(
        doc_id=row.id,
        version=row.version,
        kind=row.kind,
        title=shown_title(row.kind, row.title),
        doc_no=row.doc_no,
        issuer=row.issuer,
        region=row.region,
        region_name=region_name(row.region),
        issued_on=row.issued_on,
        expired_on=row.expired_on,
        in_force=force_on(row, day),
        occasion=row.occasion,
        guessed=tuple(row.guessed),
        source=row.source,
        text=row.text,
        units=tuple(
            DocumentUnit(
                number=unit.number,
                kind=unit.kind,
                section=sentences.PATH_SEPARATOR.join(unit.path),
                path=tuple(unit.path),
                start=unit.start,
                end=unit.end,
            )
            for unit in units
        ),
    )
