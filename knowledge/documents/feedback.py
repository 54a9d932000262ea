"""Whether an answer helped, as the people who asked say; staff mend what did not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from knowledge.documents.tables import PolicyFeedback
from store.database import Database
from store.vault.vault import shown_each

QUESTION_MAX = 500
QUOTE_MAX = 2000
SECTION_MAX = 300
CONVERSATION_MAX = 200


@dataclass(frozen=True)
class Feedback:
    """One answer that somebody judged; ``doc_id`` is "" where nothing was cited."""

    id: int
    at: datetime
    question: str
    status: str
    doc_id: str
    section: str
    quote: str
    confidence: float
    helpful: bool
    conversation: str


@dataclass(frozen=True)
class FeedbackCounts:
    """How many answers helped and how many did not."""

    helpful: int
    unhelpful: int

    @property
    def total(self) -> int:
        """All judged answers."""
        return self.helpful + self.unhelpful


def record_feedback(
    database: Database,
    *,
    conversation: str,
    question: str,
    doc_id: str,
    section: str,
    quote: str,
    status: str,
    confidence: float,
    helpful: bool,
    now: datetime,
) -> None:
    """Keep one judgement; a second one on the same answer changes the first.

    An answer is known by conversation, question and document. Over-long texts are cut.
    """
    question = question.strip()[:QUESTION_MAX]
    conversation = conversation[:CONVERSATION_MAX]
    same = select(PolicyFeedback).where(
        PolicyFeedback.conversation == conversation,
        PolicyFeedback.question == question,
        PolicyFeedback.doc_id == doc_id,
    )

    def judge(row: PolicyFeedback) -> None:
        row.at, row.helpful = now, helpful
        row.status, row.confidence = status, confidence
        row.section, row.quote = section[:SECTION_MAX], quote[:QUOTE_MAX]

    if _change(database, same, judge):
        return
    row = PolicyFeedback(conversation=conversation, question=question, doc_id=doc_id)
    judge(row)
    try:
        with database.write() as session:
            session.add(row)
            session.commit()
    except IntegrityError:
        # Two presses at once: the other one was first, so this one changes it.
        _change(database, same, judge)


def list_feedback(
    database: Database, *, helpful: bool | None = None, limit: int = 100, offset: int = 0
) -> list[Feedback]:
    """Return judgements, the newest first; all of them, or only the (un)helpful."""
    query = select(PolicyFeedback).order_by(PolicyFeedback.at.desc(), PolicyFeedback.id.desc())
    if helpful is not None:
        query = query.where(PolicyFeedback.helpful == helpful)
    with database.read() as session:
        rows = session.scalars(query.limit(limit).offset(offset)).all()
        questions = shown_each(session, [(row.conversation, row.question) for row in rows])
    return [_feedback(row, words) for row, words in zip(rows, questions, strict=True)]


def feedback_counts(database: Database, *, since: datetime) -> FeedbackCounts:
    """Count the judgements from ``since`` (aware) on."""
    query = (
        select(PolicyFeedback.helpful, func.count())
        .where(PolicyFeedback.at >= since)
        .group_by(PolicyFeedback.helpful)
    )
    with database.read() as session:
        found: dict[bool, int] = dict(session.execute(query).all())
    return FeedbackCounts(found.get(True, 0), found.get(False, 0))


def _change(
    database: Database,
    same: Select[PolicyFeedback],
    judge: Callable[[PolicyFeedback], None],
) -> bool:
    with database.write() as session:
        row = session.scalars(same.with_for_update()).first()
        if row is None:
            return False
        judge(row)
        session.commit()
        return True


def _feedback(row: PolicyFeedback, question: str) -> Feedback:
    return Feedback(
        id=row.id,
        at=row.at,
        question=question,
        status=row.status,
        doc_id=row.doc_id,
        section=row.section,
        quote=row.quote,
        confidence=row.confidence,
        helpful=row.helpful,
        conversation=row.conversation,
    )
