"""An article of a national statute by its name, as a citation: its words where they stand."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from knowledge import sentences
from knowledge.answering.answers import Citation
from knowledge.documents.identity import family_of
from knowledge.documents.repository import document_url, shown_title
from knowledge.documents.tables import PolicyDocument
from knowledge.documents.validity import dates_of, is_in_force, validity_on
from language.places import NATIONAL
from store.database import Database

IN_FORCE = "in_force"


def cite_article(
    database: Database, law: str, article: str, words: str, on: date
) -> Citation | None:
    """Return the citation of ``words`` in an article (第四十三条) of ``law`` (妇女权益保障法).

    The version in force on that day, else the newest one there is; None where the library has
    no such law, no such article, or not these words in it.
    """
    statement = (
        select(PolicyDocument)
        .where(PolicyDocument.kind == "statute", PolicyDocument.region == NATIONAL)
        .where(PolicyDocument.status == "published", PolicyDocument.title.contains(law))
        .order_by(PolicyDocument.issued_on.desc())
        .options(selectinload(PolicyDocument.units))
    )
    with database.read() as session:
        rows = [
            row
            for row in session.scalars(statement)
            if family_of("statute", row.title) == family_of("statute", law)
        ]
        rows.sort(key=lambda row: validity_on(dates_of(row), on) != IN_FORCE)
        return next((found for row in rows if (found := _in(row, article, words, on))), None)


def _in(row: PolicyDocument, article: str, words: str, on: date) -> Citation | None:
    for unit in row.units:
        if not unit.path or unit.path[-1] != article:
            continue
        if row.text.find(words, unit.start, unit.end) < 0:
            continue
        validity = validity_on(dates_of(row), on)
        return Citation(
            doc_id=row.id,
            title=shown_title(row.kind, row.title),
            doc_no=row.doc_no,
            issuer=row.issuer,
            region=row.region,
            issued_on=row.issued_on.isoformat() if row.issued_on else None,
            in_force=is_in_force(validity),
            section=sentences.PATH_SEPARATOR.join(unit.path),
            quote=words,
            url=document_url(row.id, quote=words, unit=unit.number),
            kind=row.kind,
            validity=validity,
            occasion=row.occasion,
            superseded_by=row.superseded_by,
        )
    return None
