"""From hits to citations: the words checked against the stored document at this moment."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, bindparam, select

from knowledge import sentences
from knowledge.answering.answers import Citation, DocumentCard
from knowledge.answering.hits import Hit
from knowledge.documents.repository import document_url, shown_title
from knowledge.documents.tables import PolicyDocument
from knowledge.documents.validity import dates_of, is_in_force, validity_on
from knowledge.index.search import Index
from knowledge.index.views import View
from store.database import Database

# Of the table, not of the mapped class: no objects are made, in half the time.
_STORED = PolicyDocument.__table__.c
_PUBLIC = and_(_STORED.id.in_(bindparam("ids", expanding=True)), _STORED.status == "published")
_READ = select(
    _STORED.id,
    _STORED.kind,
    _STORED.title,
    _STORED.doc_no,
    _STORED.issuer,
    _STORED.region,
    _STORED.issued_on,
    _STORED.effective_on,
    _STORED.expired_on,
    _STORED.superseded_on,
    _STORED.superseded_by,
    _STORED.occasion,
    _STORED.text,
).where(_PUBLIC)
_CARDS = select(_STORED.id, _STORED.kind, _STORED.title, _STORED.doc_no).where(_PUBLIC)

LISTED = 420
"""Characters up to which a quotation holds a list together with the words that lead to it."""

_LEADS = re.compile(r":\s*$")
_ITEM = re.compile(r"\s*\([一二三四五六七八九十百]+\)")


def cite(
    database: Database, index: Index, hits: Sequence[Hit], today: date
) -> list[tuple[Citation, Hit]]:
    """Return the citations of ``hits``; without those whose words are no longer in public."""
    ids = {index.document(hit.row).doc_id for hit in hits}
    with database.readers.connect() as connection:
        rows = {row.id: row for row in connection.execute(_READ, {"ids": sorted(ids)})}
    cited = []
    for hit in hits:
        row = rows.get(index.document(hit.row).doc_id)
        citation = _citation(index, hit, row, today) if row is not None else None
        if citation is not None:
            cited.append((citation, hit))
    return cited


def nearest(database: Database, doc_ids: Iterable[str], count: int) -> tuple[DocumentCard, ...]:
    """Return the first documents of ``doc_ids``, to look at where there is no answer."""
    ids = list(dict.fromkeys(doc_ids))[: 2 * count]
    with database.readers.connect() as connection:
        rows = {row.id: row for row in connection.execute(_CARDS, {"ids": ids})}
    cards = [
        DocumentCard(doc_id, shown_title(row.kind, row.title), row.doc_no, document_url(doc_id))
        for doc_id in ids
        if (row := rows.get(doc_id)) is not None
    ]
    return tuple(cards[:count])


def _citation(index: Index, hit: Hit, row: Any, today: date) -> Citation | None:
    unit = index.unit(hit.row)
    start, end = whole_list(index.views.view(hit.row), hit.start, hit.end)
    quote = unit.text[start:end]
    begin = unit.start + start
    if not quote or row.text[begin : begin + len(quote)] != quote:
        return None
    validity = validity_on(dates_of(row), today)
    return Citation(
        doc_id=row.id,
        title=shown_title(row.kind, row.title),
        doc_no=row.doc_no,
        issuer=row.issuer,
        region=row.region,
        issued_on=row.issued_on.isoformat() if row.issued_on else None,
        in_force=is_in_force(validity),
        section=sentences.PATH_SEPARATOR.join(unit.path),
        quote=quote,
        url=document_url(row.id, quote=quote, unit=unit.number),
        kind=row.kind,
        validity=validity,
        occasion=row.occasion,
        superseded_by=row.superseded_by,
    )


def whole_list(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the span ``[start, end)`` of a unit's text with what it says nothing without.

    「有下列情形之一的：」 is followed by its items, as many as there is room for; an item is told
    with the words that lead to it.
    """
    inside = [at for at, (a, b) in enumerate(view.spans) if a < end and start < b]
    if not inside:
        return start, end
    first, last = inside[0], inside[-1]
    lead = first
    while lead > 0 and _ITEM.match(view.sentences[lead]):
        lead -= 1
    leads = lead < first and _LEADS.search(view.sentences[lead])
    if leads and end - view.spans[lead][0] <= LISTED:
        start, first = view.spans[lead][0], lead
    if _LEADS.search(view.sentences[last]):
        room = (b for _, b in view.spans[last + 1 :] if b - start <= LISTED)
        end = max((end, *room))
    return start, end
