"""What people asked and were not answered: alike questions together, the most frequent first."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz, process
from sqlalchemy import select

from bot.messaging.search.outcomes import NOT_UNDERSTOOD
from bot.messaging.tables import InboxMessage
from knowledge.documents.sample_questions import staff_sample_questions
from knowledge.documents.tables import PolicyDocument
from language.text import normalise
from store.database import Database
from store.vault.vault import shown_each

NOT_COVERED = "policy_answer:not_covered"
OUTCOMES = (NOT_COVERED, NOT_UNDERSTOOD)
READ = 2_000
"""The newest messages that are grouped."""
ALIKE = 62.0
"""Of 100: from here on two questions are one (3 in 5 characters, in their order, are the same)."""
WORDINGS = 4
GUIDE = "问答"
"""What the title of a guide that staff write here begins with."""
_POLITE = re.compile(r"^(?:(?:你好|您好|请问|想问|我想|问一下|问问|一下|咨询)+)")


@dataclass(frozen=True)
class Asked:
    """A message that was not answered."""

    id: int
    conversation: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Group:
    """Alike questions: the wording used most, how often, by how many, and the newest of them."""

    question: str
    wordings: tuple[str, ...]
    times: int
    people: int
    newest: Asked
    taken_up: bool = False


def read_unanswered(database: Database, outcome: str, since: datetime) -> tuple[Group, ...]:
    """Return the groups (blocking); ``taken_up`` are those that staff have done something about."""
    found = (
        select(InboxMessage.id, InboxMessage.conversation_id, InboxMessage.text)
        .add_columns(InboxMessage.received_at)
        .where(InboxMessage.outcome == outcome, InboxMessage.payload.is_(None))
        .where(InboxMessage.received_at >= since)
        .order_by(InboxMessage.id.desc())
        .limit(READ)
    )
    with database.read() as session:
        rows = session.execute(found).all()
        texts = shown_each(session, [(row.conversation_id, row.text) for row in rows])
        titles = session.scalars(
            select(PolicyDocument.title).where(
                PolicyDocument.title.startswith(GUIDE), PolicyDocument.status != "removed"
            )
        ).all()
    asked = [
        Asked(row.id, row.conversation_id, row.received_at, text)
        for row, text in zip(rows, texts, strict=True)
    ]
    done = [ask.text for ask in staff_sample_questions(database)]
    return grouped(asked, [*done, *(title.removeprefix(GUIDE) for title in titles)])


def grouped(asked: Iterable[Asked], done: Iterable[str] = ()) -> tuple[Group, ...]:
    """Group messages, the newest first as they come, by their words; ``done`` was taken up."""
    groups: dict[str, list[Asked]] = {}
    for each in asked:
        key = _key(each.text)
        if not key:
            continue
        like = key if key in groups else _nearest(key, tuple(groups))
        groups.setdefault(like or key, []).append(each)
    taken_up = {_key(text) for text in done}
    found = [_group(each, taken_up) for each in groups.values()]
    return tuple(sorted(found, key=lambda one: (one.taken_up, -one.people, -one.times)))


def _group(asked: Sequence[Asked], taken_up: set[str]) -> Group:
    wordings = [text for text, _ in Counter(each.text.strip() for each in asked).most_common()]
    people = len({each.conversation for each in asked})
    done = any(_key(text) in taken_up for text in wordings)
    return Group(wordings[0], tuple(wordings[1:WORDINGS]), len(asked), people, asked[0], done)


def _nearest(key: str, known: Sequence[str]) -> str | None:
    found = process.extractOne(key, known, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return found[0] if found else None


def _key(text: str) -> str:
    words = _POLITE.sub("", normalise(text).text.casefold().strip())
    return "".join(each for each in words if each.isalnum())
