"""From hits to citations: the words checked against the stored document at this moment."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from knowledge import sentences
from knowledge.answers import Citation, DocumentCard
from knowledge.documents import document_url, shown_title
from knowledge.ranking import Hit
from knowledge.search import Index
from knowledge.tables import PolicyDocument
from knowledge.validity import dates_of, force_of, validity_on

_COLUMNS = (
    PolicyDocument.id,
    PolicyDocument.kind,
    PolicyDocument.title,
    PolicyDocument.doc_no,
    PolicyDocument.issuer,
    PolicyDocument.region,
    PolicyDocument.issued_on,
    PolicyDocument.effective_on,
    PolicyDocument.expired_on,
    PolicyDocument.superseded_on,
    PolicyDocument.superseded_by,
    PolicyDocument.occasion,
)


def cite(session: Session, index: Index, hit: Hit, today: date) -> Citation | None:
    """Return the citation; None when the document no longer has these words in public."""
    unit = index.unit(hit.row)
    quote = unit.text[hit.start : hit.end]
    begin = unit.start + hit.start
    stored = func.substr(PolicyDocument.text, begin + 1, len(quote)).label("words")
    query = select(*_COLUMNS, stored).where(
        PolicyDocument.id == index.document(hit.row).doc_id,
        PolicyDocument.status == "published",
    )
    row = session.execute(query).one_or_none()
    if row is None or not quote or row.words != quote:
        return None
    validity = validity_on(dates_of(row), today)
    return Citation(
        doc_id=row.id,
        title=shown_title(row.kind, row.title),
        doc_no=row.doc_no,
        issuer=row.issuer,
        region=row.region,
        issued_on=row.issued_on.isoformat() if row.issued_on else None,
        in_force=force_of(validity),
        section=sentences.PATH_SEPARATOR.join(unit.path),
        quote=quote,
        url=document_url(row.id, quote=quote, unit=unit.number),
        kind=row.kind,
        validity=validity,
        occasion=row.occasion,
        superseded_by=row.superseded_by,
    )


def nearest(
    session: Session, index: Index, hits: Iterable[Hit], count: int
) -> tuple[DocumentCard, ...]:
    """Return the documents of the best hits, to look at where there is no answer."""
    ids = list(dict.fromkeys(index.document(hit.row).doc_id for hit in hits))[: 2 * count]
    query = select(
        PolicyDocument.id, PolicyDocument.kind, PolicyDocument.title, PolicyDocument.doc_no
    ).where(PolicyDocument.id.in_(ids), PolicyDocument.status == "published")
    rows = {row.id: row for row in session.execute(query)}
    return tuple(
        DocumentCard(doc_id, shown_title(row.kind, row.title), row.doc_no, document_url(doc_id))
        for doc_id in ids
        if (row := rows.get(doc_id)) is not None
    )[:count]
