"""What an index holds: published documents, their units, and the ways people ask for them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from knowledge.documents.sample_questions import (
    SampleQuestion,
    known_by,
    shipped_sample_questions,
    staff_sample_questions,
    statute_of,
    taught_documents,
    unanswered,
)
from knowledge.documents.tables import PolicyDocument
from knowledge.index.units import IndexedUnit
from store.database import Database

ABSENT = -1
SEARCHED_KINDS = frozenset(("item", "preamble", "closing"))


@dataclass(frozen=True)
class IndexedDocument:
    """What ranking needs to know of a document; ``dates`` decide when it holds."""

    doc_id: str
    kind: str
    title: str
    region: str
    occasion: str
    effective_on: date | None
    ends_on: date | None  # expired or superseded, whichever comes first
    taught: bool = False  # the ways people ask for it were written down, section by section

    def holds_on(self, day: date) -> bool:
        """Tell whether the document is neither over nor yet to come on ``day``."""
        begun = self.effective_on is None or self.effective_on <= day
        return begun and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True)
class IndexedSampleQuestion:
    """A way people ask for the unit ``row``; ``about`` names terms of the answering sentence.

    ``row`` is ABSENT where a statute answers that is not here: ``statute``, by its name.
    """

    row: int
    about: tuple[str, ...]
    text: str
    statute: str = ""


@dataclass(frozen=True)
class Contents:
    """Documents by number, units (to be read once), and which sample questions a unit answers.

    ``unanswered`` is what people ask but none of the taught documents answers, ``absent`` what
    statutes answer that are not here.
    """

    documents: list[IndexedDocument]
    units: Iterable[IndexedUnit]
    sample_questions: dict[tuple[int, str], list[SampleQuestion]]  # (document's number, unit's key)
    unanswered: Sequence[str] = ()
    absent: Sequence[SampleQuestion] = ()

    def sample_questions_of(self, row: int, unit: IndexedUnit) -> Iterator[IndexedSampleQuestion]:
        """Yield the sample questions for ``unit``, which stands in ``row``."""
        for asked in self.sample_questions.get((unit.owner, unit.key), ()):
            yield IndexedSampleQuestion(row, asked.about, asked.text)

    def absent_sample_questions(self) -> Iterator[IndexedSampleQuestion]:
        """Yield the sample questions that statutes answer which are not here."""
        for asked in self.absent:
            yield IndexedSampleQuestion(ABSENT, (), asked.text, statute_of(asked.doc_key))


def searched_text(unit: IndexedUnit, document: IndexedDocument) -> str:
    """Return a unit's own words below the headings above it (its own stands in its text).

    A title says what a document's sections are about. Of a taught document that is known from
    the ways people ask, and its title is only the same long line for all its sections.
    """
    above = [] if document.taught else [document.title]
    return "\n".join((*above, *unit.path[:-1], unit.text))


def collect(database: Database) -> Contents:
    """Read everything that is published."""
    by_document: dict[str, list[SampleQuestion]] = {}
    for asked in (*shipped_sample_questions(), *staff_sample_questions(database)):
        by_document.setdefault(asked.doc_key, []).append(asked)
    documents: list[IndexedDocument] = []
    units: list[IndexedUnit] = []
    sample_questions: dict[tuple[int, str], list[SampleQuestion]] = {}
    found: set[str] = set()
    with database.read() as session:
        query = select(PolicyDocument).where(PolicyDocument.status == "published")
        query = query.order_by(PolicyDocument.id).options(selectinload(PolicyDocument.units))
        for row in session.scalars(query):
            owner = len(documents)
            keys = known_by(row.kind, row.doc_no, row.title)
            documents.append(_document(row, taught=not taught_documents().isdisjoint(keys)))
            units.extend(_units(row, owner))
            found.update(keys)
            for asked in (one for key in keys for one in by_document.get(key, ())):
                for section in asked.sections:
                    sample_questions.setdefault((owner, section), []).append(asked)
    # What a law here says, too, is not left to the regulation that says it in detail.
    here = {asked.text for key in found for asked in by_document.get(key, ())}
    absent = [
        asked
        for key, some in by_document.items()
        if statute_of(key) and key not in found
        for asked in some
        if asked.text not in here
    ]
    return Contents(documents, units, sample_questions, unanswered(), absent)


def _document(row: PolicyDocument, *, taught: bool) -> IndexedDocument:
    ends = [day for day in (row.expired_on, row.superseded_on) if day is not None]
    return IndexedDocument(
        doc_id=row.id,
        kind=row.kind,
        title=row.title,
        region=row.region,
        occasion=row.occasion,
        effective_on=row.effective_on,
        ends_on=min(ends, default=None),
        taught=taught,
    )


def _units(row: PolicyDocument, owner: int) -> Iterator[IndexedUnit]:
    for unit in row.units:
        if unit.kind in SEARCHED_KINDS:
            text = row.text[unit.start : unit.end]
            path = tuple(unit.path)
            yield IndexedUnit(owner, unit.number, unit.kind, unit.key, path, unit.start, text)
