"""The ways people ask for a section: shipped ones in ``shipped_questions/``, staff's in a table.

Keyed by document (its number, else its title) and by the section's key, so that they attach
to a digest and to the ingested original alike.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from knowledge.documents.identity import family_of
from knowledge.documents.tables import PolicyDocument, PolicyQuestion, PolicyUnit
from store.database import Database
from store.errors import ZhidaError

SHIPPED = Path(__file__).parent / "shipped_questions"
UNANSWERED = SHIPPED / "unanswered.txt"
MAX_LENGTH = 200
_STATUTE = "statute:"
_BROUGHT = re.compile(r"(?:发布|印发|公布|颁发)《([^》]+)》")
_DOCUMENT = re.compile(r"@(document|statute)\s+(\S.*)")


class SampleQuestionRefused(ZhidaError):
    """A sample question that cannot be added; ``code`` is stable, the console has its sentence."""

    code = "sample_question_refused"

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class SampleQuestion:
    """A question as people say it, for any of ``sections`` (keys) of the document.

    ``about`` are terms that stand in the very sentence that answers. ``doc_key`` is
    what ``doc_key`` or ``statute_key`` returns.
    """

    doc_key: str
    sections: tuple[str, ...]
    about: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class StaffSampleQuestion(SampleQuestion):
    """A sample question that staff have added."""

    id: int
    added_by: str
    added_at: datetime


def doc_key(doc_no: str, title: str) -> str:
    """Return what they know a document by: its number, else its title, without signs."""
    return re.sub(r"[\W_]+", "", doc_no or title)


def statute_key(title: str) -> str:
    """Return what they know all versions of a statute by."""
    return f"{_STATUTE}{family_of('statute', title)}"


def statute_of(key: str) -> str:
    """Return the name of the statute that a key is of; "" for another document's."""
    return key.removeprefix(_STATUTE) if key.startswith(_STATUTE) else ""


def known_by(kind: str, doc_no: str, title: str) -> list[str]:
    """Return the keys under which a document has sample questions.

    A notice that brings a statute (关于发布《……规定》的通知) has those of the statute.
    """
    statutes = [title] if kind == "statute" else _BROUGHT.findall(title)
    return [doc_key(doc_no, title), *map(statute_key, statutes)]


@cache
def taught_documents() -> frozenset[str]:
    """Return the keys of the documents whose every section has its shipped ways of asking.

    Of a statute only some articles have.
    """
    keys = (one.doc_key for one in shipped_sample_questions())
    return frozenset(key for key in keys if not key.startswith(_STATUTE))


@cache
def shipped_sample_questions() -> tuple[SampleQuestion, ...]:
    """Return the shipped ones; raise ValueError naming file and line of a malformed one."""
    return tuple(one for path in sorted(SHIPPED.rglob("*.tsv")) for one in _read(path))


@cache
def unanswered() -> tuple[str, ...]:
    """Return what people ask beside the shipped questions, but none of their documents answers."""
    lines = UNANSWERED.read_text("utf-8").splitlines()
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def staff_sample_questions(
    database: Database, *, key: str | None = None
) -> tuple[StaffSampleQuestion, ...]:
    """Return what staff have added (for one document's ``key``), oldest first."""
    query = select(PolicyQuestion).order_by(PolicyQuestion.id)
    if key is not None:
        query = query.where(PolicyQuestion.doc_key == key)
    with database.read() as session:
        return tuple(
            StaffSampleQuestion(
                doc_key=row.doc_key,
                sections=(row.section_key,),
                about=tuple(row.about),
                text=row.text,
                id=row.id,
                added_by=row.added_by,
                added_at=row.added_at,
            )
            for row in session.scalars(query)
        )


def add_sample_question(
    database: Database,
    doc_id: str,
    section_key: str,
    text: str,
    *,
    about: tuple[str, ...] = (),
    by: str,
    now: datetime,
) -> int:
    """Add a sample question and return its id; the one that is there already when it is.

    Raises SampleQuestionRefused: ``empty``, ``too_long``, ``unknown_document``,
    ``unknown_section``.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_LENGTH:
        raise SampleQuestionRefused("too_long" if text else "empty")
    with database.write() as session:
        key = _key_of(session, doc_id, section_key)
        same = select(PolicyQuestion).where(
            PolicyQuestion.doc_key == key,
            PolicyQuestion.section_key == section_key,
            PolicyQuestion.text == text,
        )
        row = session.scalar(same)
        if row is None:
            row = PolicyQuestion(
                doc_key=key,
                section_key=section_key,
                about=list(about),
                text=text,
                added_by=by,
                added_at=now,
            )
            session.add(row)
            session.flush()
        session.commit()
        return row.id


def _key_of(session: Session, doc_id: str, section_key: str) -> str:
    """Return a document's key; SampleQuestionRefused where it, or the section, is not there."""
    document = session.get(PolicyDocument, doc_id)
    if document is None:
        raise SampleQuestionRefused("unknown_document")
    section = select(PolicyUnit.number).where(
        PolicyUnit.document_id == doc_id, PolicyUnit.key == section_key
    )
    if session.scalar(section.limit(1)) is None:
        raise SampleQuestionRefused("unknown_section")
    return doc_key(document.doc_no, document.title)


def remove_sample_question(database: Database, question_id: int) -> bool:
    """Remove what staff added; tell whether it was there."""
    with database.write() as session:
        row = session.get(PolicyQuestion, question_id)
        if row is None:
            return False
        session.execute(delete(PolicyQuestion).where(PolicyQuestion.id == question_id))
        session.commit()
    return True


def sample_questions_identity(database: Database) -> str:
    """Return a hash of all of them: an index made with others is another index."""
    digest = hashlib.sha256()
    for path in (*sorted(SHIPPED.rglob("*.tsv")), UNANSWERED):
        digest.update(path.read_bytes())
    for one in staff_sample_questions(database):
        digest.update(repr((one.id, one.doc_key, one.sections, one.about, one.text)).encode())
    return digest.hexdigest()


def _read(path: Path) -> Iterator[SampleQuestion]:
    """Yield the questions of a file; a document or statute is named before its own."""
    key = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if document := _DOCUMENT.fullmatch(line.strip()):
            kind, name = document.groups()
            key = statute_key(name) if kind == "statute" else doc_key(name, "")
        elif line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            if not key or len(cells) != 3 or not all(cell.strip() for cell in cells):
                raise ValueError(f"{path.name}, line {number}: {line!r}")
            sections, about, text = cells
            words = () if about == "-" else tuple(about.split())
            yield SampleQuestion(key, tuple(sections.split("|")), words, text)
