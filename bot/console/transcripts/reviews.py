"""What staff say of turns, kept as candidates for teaching and measuring; see ``tables``."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from actions.cases.desk import without_numbers
from bot.console.transcripts.tables import TurnReviewRow
from bot.messaging.tables import InboxMessage
from language.text import normalise
from store.database import Database
from store.errors import ZhidaError
from store.vault.vault import shown

TRAIN, MEASURE = "train", "measure"
ONE_IN = 4
"""One sentence in so many is kept for measuring, and never taught."""
NOTE_MAX = 300


class TurnGone(ZhidaError):
    """The turn has been deleted meanwhile."""

    code = "turn_gone"


@dataclass(frozen=True)
class Marked:
    """A place in a turn's words: ``[start, end)`` in code points, and what stands there."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Review:
    """What staff say of a turn; None for what nobody has judged."""

    inbox_id: int
    text: str
    read_as: str | None
    intent: str | None
    entities: tuple[Marked, ...]
    reading_right: bool | None
    answer_right: bool | None
    note: str
    kept_for: str
    staff: str
    at: datetime


@dataclass(frozen=True)
class Counts:
    """How many reviews there are, and how many sentences of each use; what was corrected."""

    reviewed: int
    corrected: int
    train: int
    measure: int


class BadMark(ZhidaError):
    """A marked place is not in the words."""

    code = "bad_mark"


def judge_reading(
    database: Database,
    inbox_id: int,
    *,
    right: bool,
    intent: str | None = None,
    entities: Sequence[Marked] | None = None,
    staff: str,
    now: datetime,
) -> None:
    """Say whether a turn was read rightly, and what is right (blocking).

    Raises TurnGone and BadMark.
    """
    with database.write() as session:
        row, nlu = _row(session, inbox_id, staff, now)
        row.reading_right = right
        row.intent = row.read_as if right else intent
        marks = _read_marks(nlu) if entities is None else entities
        row.entities = [_checked(mark, row.text) for mark in marks]
        session.commit()


def judge_answer(
    database: Database, inbox_id: int, *, right: bool, note: str = "", staff: str, now: datetime
) -> None:
    """Say whether a policy question was answered rightly, and what would be (blocking).

    Raises TurnGone.
    """
    with database.write() as session:
        row, _ = _row(session, inbox_id, staff, now)
        row.answer_right, row.note = right, without_numbers(note.strip())[:NOTE_MAX]
        session.commit()


def question_of(database: Database, inbox_id: int) -> str:
    """Return a turn's words, numbers as masks (blocking). Raises TurnGone."""
    with database.read() as session:
        message = session.get(InboxMessage, inbox_id)
        if message is None:
            raise TurnGone
        return shown(session, message.conversation_id, message.text)


def reviews_of(database: Database, conversation: str) -> dict[int, Review]:
    """Return what was said of a conversation's turns, by their numbers (blocking)."""
    mine = select(TurnReviewRow).where(TurnReviewRow.conversation == conversation)
    with database.read() as session:
        return {row.inbox_id: _review(row) for row in session.scalars(mine)}


def candidates(database: Database, kept_for: str) -> tuple[Review, ...]:
    """Return judged readings of one use, of each sentence the latest (blocking)."""
    judged = select(TurnReviewRow).where(
        TurnReviewRow.kept_for == kept_for, TurnReviewRow.intent.is_not(None)
    )
    with database.read() as session:
        rows = session.scalars(judged.order_by(TurnReviewRow.at))
        return tuple({row.sentence: _review(row) for row in rows}.values())


def counts(database: Database) -> Counts:
    """Count them (blocking)."""
    number = func.count(func.distinct(TurnReviewRow.sentence))
    judged = TurnReviewRow.intent.is_not(None)
    with database.read() as session:
        reviewed = session.scalar(select(func.count()).select_from(TurnReviewRow)) or 0
        wrong = TurnReviewRow.reading_right.is_(False)
        corrected = session.scalar(select(func.count()).where(wrong)) or 0
        uses = select(TurnReviewRow.kept_for, number).where(judged)
        grouped = session.execute(uses.group_by(TurnReviewRow.kept_for))
        by_use = {row[0]: row[1] for row in grouped}
    return Counts(reviewed, corrected, by_use.get(TRAIN, 0), by_use.get(MEASURE, 0))


def is_reviewed(*, wrong: bool = False) -> ColumnElement[bool]:
    """Return the condition that a message has been reviewed, and found ``wrong`` in something."""
    mine = exists().where(TurnReviewRow.inbox_id == InboxMessage.id)
    found = TurnReviewRow.reading_right.is_(False) | TurnReviewRow.answer_right.is_(False)
    return mine.where(found) if wrong else mine


def use_of(sentence: str) -> str:
    """Return what a sentence is kept for, by its hash."""
    return MEASURE if int(sentence[:8], 16) % ONE_IN == 0 else TRAIN


def hash_of(text: str) -> str:
    """Return the hash of a sentence's words, however they were typed."""
    words = "".join(each for each in normalise(text).text.casefold() if each.isalnum())
    return hashlib.sha256(words.encode()).hexdigest()


def _row(
    session: Session, inbox_id: int, staff: str, now: datetime
) -> tuple[TurnReviewRow, dict[str, Any]]:
    message = session.get(InboxMessage, inbox_id)
    if message is None:
        raise TurnGone
    row = session.get(TurnReviewRow, inbox_id)
    if row is None:
        text = shown(session, message.conversation_id, message.text)
        sentence = hash_of(text)
        row = TurnReviewRow(
            inbox_id=inbox_id,
            conversation=message.conversation_id,
            text=text,
            sentence=sentence,
            kept_for=use_of(sentence),
            read_as=message.intent,
            entities=[],
            note="",
        )
        session.add(row)
    row.staff, row.at = staff, now
    return row, message.nlu or {}


def _read_marks(nlu: dict[str, Any]) -> list[Marked]:
    return [
        Marked(str(each["entity"]), str(each["value"]), int(each["start"]), int(each["end"]))
        for each in nlu.get("entities") or ()
    ]


def _checked(mark: Marked, text: str) -> dict[str, Any]:
    if not 0 <= mark.start < mark.end <= len(text):
        raise BadMark
    return {"entity": mark.entity, "value": mark.value, "start": mark.start, "end": mark.end}


def _review(row: TurnReviewRow) -> Review:
    return Review(
        row.inbox_id,
        row.text,
        row.read_as,
        row.intent,
        tuple(Marked(**each) for each in row.entities),
        row.reading_right,
        row.answer_right,
        row.note,
        row.kept_for,
        row.staff,
        row.at,
    )
