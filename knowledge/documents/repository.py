"""The documents as others see them: lists, and one with its units and links."""

import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer, selectinload

from knowledge import sentences
from knowledge.documents.tables import PolicyDocument, PolicyLink, PolicyUnit
from knowledge.documents.validity import Validity, dates_of, is_in_force, validity_on
from language.places import region_name
from store.clock import to_shanghai, utc_now
from store.database import Database


@dataclass(frozen=True)
class DocumentUnit:
    """A unit: ``number`` from 1 (its anchor is ``u<number>``), half-open span in the text.

    ``key`` is its place in the document's numbering, the same in digest and original.
    """

    number: int
    kind: str
    key: str
    section: str
    path: tuple[str, ...]
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The unit's anchor on the reading page."""
        return f"u{self.number}"


@dataclass(frozen=True)
class Link:
    """How a document stands to another published one.

    ``relation``: supersedes or implements; ``direction``: ``to`` when this document does so
    to the other, ``from`` when the other does so to it.
    """

    relation: str
    direction: str
    doc_id: str
    title: str
    issued_on: date | None
    url: str


@dataclass(frozen=True)
class Document:
    """A stored document; ``validity`` and ``in_force`` (None: unknown) are those of a day.

    A digest's ``title`` carries 〔摘要〕; ``guessed`` names fields that the notice does
    not state itself and that were derived, ``corrected`` those that a person has set;
    ``region`` is a GB/T 2260 code, 100000 national, "" unknown. ``status`` is draft, published
    or removed. In lists ``text``, ``units`` and ``links`` are empty.
    """

    doc_id: str
    version: int
    revision: int
    status: str
    kind: str
    title: str
    doc_no: str
    issuer: str
    region: str
    region_name: str
    addressees: str
    issued_on: date | None
    effective_on: date | None
    expired_on: date | None
    superseded_on: date | None
    superseded_by: str | None
    validity: Validity
    validity_quote: str
    in_force: bool | None
    occasion: str
    guessed: tuple[str, ...]
    corrected: tuple[str, ...]
    source: str
    text: str
    units: tuple[DocumentUnit, ...]
    links: tuple[Link, ...]

    @property
    def url(self) -> str:
        """Address of the reading page."""
        return document_url(self.doc_id)


def document_url(doc_id: str, *, quote: str | None = None, unit: int | None = None) -> str:
    """Return the reading page's path, with the quoted words and the unit's anchor."""
    address = f"/policies/{doc_id}"
    if quote:
        address += f"?quote={urllib.parse.quote(quote, safe='')}"
    return address + (f"#u{unit}" if unit is not None else "")


def shown_title(kind: str, title: str) -> str:
    """Return the title as people see it: a digest says that it is one."""
    return title + sentences.DIGEST_MARK if kind == "digest" else title


def list_documents(
    database: Database, *, on: date | None = None, drafts: bool = False, removed: bool = False
) -> list[Document]:
    """Return the published documents, newest first; ``on`` is by default today.

    ``drafts`` and ``removed`` add those that only staff see.
    """
    shown = ["published", *["draft"] * drafts, *["removed"] * removed]
    query = select(PolicyDocument).where(PolicyDocument.status.in_(shown))
    with database.read() as session:
        rows = session.scalars(query.options(defer(PolicyDocument.text))).all()
        documents = [_document(row, _day(on)) for row in rows]
    return sorted(documents, key=lambda item: (item.issued_on or date.min, item.doc_id))[::-1]


def library_state(database: Database) -> tuple[object, ...]:
    """Return what changes whenever any document, draft or link does: lists are kept by it."""
    row = PolicyDocument
    query = select(func.count(), func.sum(row.revision), func.max(row.updated_at))
    with database.read() as session:
        return tuple(session.execute(query.select_from(row)).one())


def get_document(database: Database, doc_id: str, *, on: date | None = None) -> Document | None:
    """Return one document, whatever its status, with text, units and links; or None."""
    with database.read() as session:
        whole = selectinload(PolicyDocument.units)
        row = session.get(PolicyDocument, doc_id, options=[whole])
        if row is None:
            return None
        return _document(row, _day(on), row.text, row.units, _links(session, doc_id))


def _day(on: date | None) -> date:
    return on or to_shanghai(utc_now()).date()


def _links(session: Session, doc_id: str) -> tuple[Link, ...]:
    """Return the links to and from published documents, what supersedes this one first."""
    mine = or_(PolicyLink.document_id == doc_id, PolicyLink.other_id == doc_id)
    found: list[Link] = []
    for row in session.scalars(select(PolicyLink).where(mine)):
        direction = "to" if row.document_id == doc_id else "from"
        other = session.get(PolicyDocument, row.other_id if direction == "to" else row.document_id)
        if other is not None and other.status == "published":
            title, url = shown_title(other.kind, other.title), document_url(other.id)
            link = Link(row.relation, direction, other.id, title, other.issued_on, url)
            found.append(link)
    order = {("supersedes", "from"): 0, ("supersedes", "to"): 1, ("implements", "to"): 2}
    return tuple(sorted(found, key=lambda o: (order.get((o.relation, o.direction), 3), o.doc_id)))


def _document(
    row: PolicyDocument,
    day: date,
    text: str = "",
    units: Sequence[PolicyUnit] = (),
    links: tuple[Link, ...] = (),
) -> Document:
    validity = validity_on(dates_of(row), day)
    return Document(
        doc_id=row.id,
        version=row.version,
        revision=row.revision,
        status=row.status,
        kind=row.kind,
        title=shown_title(row.kind, row.title),
        doc_no=row.doc_no,
        issuer=row.issuer,
        region=row.region,
        region_name=region_name(row.region),
        addressees=row.addressees,
        issued_on=row.issued_on,
        effective_on=row.effective_on,
        expired_on=row.expired_on,
        superseded_on=row.superseded_on,
        superseded_by=row.superseded_by,
        validity=validity,
        validity_quote=row.validity_quote,
        in_force=is_in_force(validity),
        occasion=row.occasion,
        guessed=tuple(row.guessed),
        corrected=tuple(row.corrected),
        source=row.source,
        text=text,
        units=tuple(_unit(unit) for unit in units),
        links=links,
    )


def _unit(unit: PolicyUnit) -> DocumentUnit:
    return DocumentUnit(
        number=unit.number,
        kind=unit.kind,
        key=unit.key,
        section=sentences.PATH_SEPARATOR.join(unit.path),
        path=tuple(unit.path),
        start=unit.start,
        end=unit.end,
    )
