"""Keeping a parsed document: which stored one it is a version of, and what is written."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select, text
from sqlalchemy.orm import Session

from knowledge.documents.identity import family_of, folded, same_document
from knowledge.documents.tables import PolicyDocument, PolicyUnit
from knowledge.parsing.reader import ParsedDocument

PACKAGED = "package:"
"""Begins the source of what comes in a data package; a path never does."""
_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/i/l: ids are read aloud
_FIELDS = (
    "kind",
    "title",
    "doc_no",
    "issuer",
    "region",
    "addressees",
    "issued_on",
    "effective_on",
    "expired_on",
    "occasion",
)
_OF_TEXT = ("validity_quote", "replaces", "guessed", "source", "content_hash", "family")


@dataclass(frozen=True)
class IncomingVersion:
    """A document as read from a file, with its fields as they are stored."""

    kind: str
    title: str
    doc_no: str
    issuer: str
    region: str
    addressees: str
    issued_on: date | None
    effective_on: date | None
    expired_on: date | None
    occasion: str
    family: str
    source: str
    parsed: ParsedDocument


def brought_along(one: "IncomingVersion | PolicyDocument") -> bool:
    """Tell whether the project brings a document along: a digest, or a law of a data package.

    What somebody took in or took away counts more.
    """
    return one.kind == "digest" or one.source.startswith(PACKAGED)


def lock_documents(session: Session) -> None:
    """Let one transaction at a time change documents and the links between them.

    SQLite has a single writer as it is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE policy_links IN SHARE ROW EXCLUSIVE MODE"))


def incoming_version(parsed: ParsedDocument, source: str) -> IncomingVersion:
    """Return ``parsed``, its fields cut to what the columns hold."""
    data = parsed.metadata
    return IncomingVersion(
        kind=parsed.kind,
        title=data.title[:300],
        doc_no=data.doc_no[:60],
        issuer=data.issuer[:120],
        region=data.region,
        addressees=data.addressees,
        issued_on=data.issued_on,
        effective_on=data.effective_on,
        expired_on=data.expires_on,
        occasion=data.occasion[:60],
        family=family_of(parsed.kind, data.title),
        source=source,
        parsed=parsed,
    )


def find_stored(
    session: Session, one: "IncomingVersion | PolicyDocument", *, drafts: bool = False
) -> PolicyDocument | None:
    """Return the stored document that ``one`` is a version (or the original) of.

    ``drafts``: among the drafts instead of those that are or were public. A notice with
    neither number nor date is known by the file it came from.
    """
    status = PolicyDocument.status
    query = select(PolicyDocument).where(
        status == "draft" if drafts else status != "draft", or_(*_clues(one))
    )
    # Published before removed, then the oldest.
    query = query.order_by(status, PolicyDocument.added_at, PolicyDocument.id)
    rows = [row for row in session.scalars(query) if row is not one]
    same = [row for row in rows if same_document(row, one)]
    if not same and one.kind == "notice" and not (one.doc_no or one.issued_on):
        same = [row for row in rows if row.source == one.source and row.kind == "notice"]
    return same[0] if same else None


def write_version(row: PolicyDocument, one: IncomingVersion, now: datetime) -> None:
    """Write text and fields of ``one`` into ``row``, except those that a person has set."""
    data = one.parsed.metadata
    for name in _FIELDS:
        if name not in row.corrected:
            setattr(row, name, getattr(one, name))
    row.family = family_of(row.kind, row.title)
    row.validity_quote = data.validity_quote
    row.replaces = list(data.replaces)
    row.guessed = [name for name in data.guessed if name not in row.corrected]
    row.source = one.source
    row.content_hash = one.parsed.content_hash
    row.text = one.parsed.text
    row.version += 1
    row.revision += 1
    row.updated_at = now


def write_units(session: Session, row: PolicyDocument, one: IncomingVersion) -> None:
    """Write the units of ``one``; the old ones go first, since the new take their numbers."""
    row.units.clear()
    session.flush()
    row.units.extend(
        PolicyUnit(
            number=number,
            kind=unit.kind,
            key=unit.key,
            path=list(unit.path),
            start=unit.start,
            end=unit.end,
        )
        for number, unit in enumerate(one.parsed.units, 1)
    )


def move_text(draft: PolicyDocument, row: PolicyDocument) -> None:
    """Make ``row`` what ``draft`` is, as a new version; its id and address stay."""
    kept = set(row.corrected) - set(draft.corrected)
    for name in (*_FIELDS, *_OF_TEXT, "text"):
        if name not in kept:
            setattr(row, name, getattr(draft, name))
    row.corrected = sorted({*row.corrected, *draft.corrected})
    row.family = family_of(row.kind, row.title)
    row.version += 1
    row.units = [
        PolicyUnit(
            number=unit.number,
            kind=unit.kind,
            key=unit.key,
            path=unit.path,
            start=unit.start,
            end=unit.end,
        )
        for unit in draft.units
    ]


def says_the_same(row: PolicyDocument, one: IncomingVersion) -> bool:
    """Tell whether two readings of one document differ in nothing but what stands around it.

    A reprint has other news before the notice, other spaces and other signs.
    """
    if row.kind != one.kind:
        return False
    mine = "".join(row.text[u.start : u.end] for u in row.units if u.kind != "aside")
    new = one.parsed.text
    theirs = "".join(new[u.start : u.end] for u in one.parsed.units if u.kind != "aside")
    return folded(mine) == folded(theirs)


def new_id(session: Session, one: IncomingVersion) -> str:
    """Return a free id, made from the document's name so that it is the same everywhere."""
    plain = re.sub(r"[\W_]+", "", one.title)
    name = one.doc_no or f"{plain}|{one.issuer}|{one.issued_on}"
    if one.kind == "guide":
        name += f"|{one.region}"
    for attempt in range(100):
        digest = hashlib.sha256(f"{name}|{attempt}".encode()).digest()
        doc_id = "p" + "".join(_ID_ALPHABET[byte % len(_ID_ALPHABET)] for byte in digest[:7])
        if session.get(PolicyDocument, doc_id) is None:
            return doc_id
    raise RuntimeError("no free document id")


def _clues(one: "IncomingVersion | PolicyDocument") -> Iterator[ColumnElement[bool]]:
    """Yield what the same document has in common with ``one``, for the database to look up."""
    if one.kind == "guide":
        yield PolicyDocument.title == one.title
        return
    if one.doc_no:
        yield PolicyDocument.doc_no == one.doc_no
    if one.family:
        yield PolicyDocument.family == one.family
    if one.issued_on is not None:
        yield PolicyDocument.issued_on == one.issued_on
    else:
        yield PolicyDocument.title == one.title
        yield PolicyDocument.source == one.source
