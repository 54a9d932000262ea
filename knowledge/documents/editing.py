"""What staff may do to a stored document: correct, publish, expire, remove, link.

Each is one unit of work that raises the document's revision;
``knowledge.index.builder.rebuild_index`` then brings the change to the answers of every process.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.documents.editable_fields import DocumentError, check
from knowledge.documents.identity import family_of
from knowledge.documents.links import refresh_links
from knowledge.documents.sample_questions import doc_key
from knowledge.documents.tables import PolicyDocument, PolicyLink, PolicyQuestion
from knowledge.documents.versions import find_stored, lock_documents, move_text
from store.database import Database
from store.errors import ZhidaError

Relation = Literal["supersedes", "implements"]


class UnknownDocument(ZhidaError):
    """No document has this id."""

    code = "unknown_document"


def correct_document(
    database: Database, doc_id: str, changes: Mapping[str, object], *, now: datetime
) -> None:
    """Set fields; later versions of the text keep what a person has set.

    Raises UnknownDocument, and DocumentError for what does not fit (see ``editable_fields``).
    """
    check(changes)
    with database.write() as session:
        row = _get(session, doc_id)
        before = doc_key(row.doc_no, row.title)
        for name, value in changes.items():
            setattr(row, name, value)
        row.family = family_of(row.kind, row.title)
        row.corrected = sorted({*row.corrected, *changes})
        _keep_sample_questions(session, before, doc_key(row.doc_no, row.title))
        _changed(session, row, now)


def publish_document(database: Database, doc_id: str, *, now: datetime) -> str:
    """Let a document be read and searched; return the id under which it now is.

    A draft that is a new version of a published document becomes that document, whose
    address stays; otherwise the id is its own. Raises UnknownDocument.
    """
    with database.write() as session:
        row = _get(session, doc_id)
        stored = _replaced(session, row)
        if stored is not None:
            move_text(row, stored)
            session.delete(row)
            row = stored
        row.status = "published"
        _changed(session, row, now)
        return row.id


def replaces(database: Database, doc_id: str) -> str | None:
    """Return the id of the document that a draft becomes when it is published.

    None for a draft of a new document, and for what is no draft.
    """
    with database.read() as session:
        row = session.get(PolicyDocument, doc_id)
        stored = None if row is None else _replaced(session, row)
        return None if stored is None else stored.id


def expire_document(database: Database, doc_id: str, *, on: date, now: datetime) -> None:
    """Let a document no longer hold from the day ``on``; raise UnknownDocument."""
    correct_document(database, doc_id, {"expired_on": on}, now=now)


def remove_document(database: Database, doc_id: str, *, now: datetime) -> None:
    """Take a document out of search and lists; the row stays. Raises UnknownDocument."""
    with database.write() as session:
        row = _get(session, doc_id)
        row.status = "removed"
        _changed(session, row, now)


def link_documents(
    database: Database, doc_id: str, other_id: str, relation: Relation, *, now: datetime
) -> None:
    """Say that a document supersedes or implements another; repeatable.

    Raises UnknownDocument, and DocumentError ``same_document`` or ``opposite_link``.
    """
    with database.write() as session:
        row, other = _get(session, doc_id), _get(session, other_id)
        if row is other:
            raise DocumentError("same_document", doc_id)
        if session.get(PolicyLink, (other_id, doc_id, relation)) is not None:
            raise DocumentError("opposite_link", other_id)
        link = session.get(PolicyLink, (doc_id, other_id, relation))
        if link is None:
            link = PolicyLink(document_id=doc_id, other_id=other_id, relation=relation)
            session.add(link)
        link.stated_by = "staff"
        _changed(session, row, now)


def _get(session: Session, doc_id: str) -> PolicyDocument:
    lock_documents(session)
    row = session.get(PolicyDocument, doc_id)
    if row is None:
        raise UnknownDocument(doc_id)
    return row


def _replaced(session: Session, row: PolicyDocument) -> PolicyDocument | None:
    return find_stored(session, row) if row.status == "draft" else None


def _changed(session: Session, row: PolicyDocument, now: datetime) -> None:
    row.revision += 1
    row.updated_at = now
    session.flush()
    refresh_links(session)
    session.commit()


def _keep_sample_questions(session: Session, before: str, after: str) -> None:
    """Let what staff taught the document follow it to its new name."""
    if before == after:
        return
    known = select(PolicyQuestion.section_key, PolicyQuestion.text).where(
        PolicyQuestion.doc_key == after
    )
    taken = {(section, text) for section, text in session.execute(known)}
    for row in session.scalars(select(PolicyQuestion).where(PolicyQuestion.doc_key == before)):
        if (row.section_key, row.text) not in taken:
            session.execute(
                update(PolicyQuestion).where(PolicyQuestion.id == row.id).values(doc_key=after)
            )
