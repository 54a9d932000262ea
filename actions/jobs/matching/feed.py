"""How memory keeps up with the database: before each search it reads what has changed since."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.jobs.life import PUBLISHED
from actions.jobs.matching.memory import Memory, Stored
from actions.jobs.matching.titles import DIMENSIONS, Meaning, Titles
from actions.jobs.records import GIG
from actions.jobs.tables import EmployerRow, GigRow, JobTitleRow, PostingFeedRow, PostingRow

LONGEST_TEXT = 800
"""Characters of a description that a search looks into."""

_AT_ONCE = 5_000
_REVISION = select(PostingFeedRow.revision)
_TITLES_EVERY = 500
_COLUMNS = (
    *(PostingRow.id, PostingRow.status, PostingRow.published_on, PostingRow.expires_on),
    *(PostingRow.kind, PostingRow.city, PostingRow.district, PostingRow.places),
    *(PostingRow.street, PostingRow.salary_min, PostingRow.salary_max, PostingRow.title),
    *(PostingRow.category, PostingRow.trade, PostingRow.tags, PostingRow.benefits),
    EmployerRow.name,
    *(PostingRow.education, PostingRow.experience_min, PostingRow.experience_max),
    *(PostingRow.facts, PostingRow.urgent, PostingRow.description, GigRow.first_on),
    *(GigRow.last_on, PostingRow.revision),
)
_STORED = (
    select(*_COLUMNS)
    .join(EmployerRow, EmployerRow.id == PostingRow.employer_id)
    .outerjoin(GigRow, GigRow.posting_id == PostingRow.id)
    .order_by(PostingRow.id)
)


class Feed:
    """The memory of one process; ``current`` brings it up to date and lends it to one thread."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self._memory = Memory()
        self._read_to = 0
        self._unlearnt: set[str] = set()
        self._known_names = 0
        self._lock = threading.Lock()

    @contextmanager
    def current(self, session: Session) -> Iterator[Memory]:
        """Lend the memory as the database is now; nothing that was committed is missing."""
        with self._lock:
            revision = session.scalar(_REVISION) or 0
            if revision != self._read_to:
                self._read_changes(session)
                self._learn(session)
                self._read_to = revision
            yield self._memory

    def portion(self, session: Session, ids: Sequence[int]) -> Memory:
        """Return a memory of some postings alone, for who has no need of all the others."""
        part = Feed(self.titles)
        for at in range(0, len(ids), _TITLES_EVERY):
            some = PostingRow.id.in_(sorted(ids)[at : at + _TITLES_EVERY])
            rows = session.execute(_STORED.where(some)).all()
            part._memory.put([_stored(tuple(row)) for row in rows])
        part._learn(session)
        return part._memory

    def _read_changes(self, session: Session) -> None:
        """Read every posting that was changed since the last time, and all at the first."""
        changed = _STORED.limit(_AT_ONCE)
        at_first = self._read_to == 0
        if not at_first:
            changed = changed.where(PostingRow.revision > self._read_to)
        last = 0
        while rows := session.execute(changed.where(PostingRow.id > last)).all():
            stored = map(_stored, map(tuple, rows))
            # What cannot be found needs no room; it is left out here, since a database asked for
            # it would sort all that are published for each portion.
            self._memory.put([one for one in stored if one.live or not at_first])
            last = rows[-1][0]

    def _learn(self, session: Session) -> None:
        """Take in what was read of titles that are new to the memory."""
        names = self._memory.names
        self._unlearnt.update(names.texts[self._known_names :])
        self._known_names = len(names)
        if not self._unlearnt or not self.titles.reads:
            return
        waiting = sorted(self._unlearnt)
        for at in range(0, len(waiting), _TITLES_EVERY):
            some = JobTitleRow.text.in_(waiting[at : at + _TITLES_EVERY])
            read = JobTitleRow.read_by == self.titles.identity
            known = select(JobTitleRow.text, JobTitleRow.occupation, JobTitleRow.vector)
            for text, occupation, vector in session.execute(known.where(some, read)):
                names.learn(text, Meaning(occupation, _floats(vector)))
                self._unlearnt.discard(text)


def _floats(vector: bytes | None) -> Any:
    if vector is None or len(vector) != DIMENSIONS * 2:
        return None
    return np.frombuffer(vector, dtype=np.float16).astype(np.float32)


def _stored(row: tuple[Any, ...]) -> Stored:
    (posting_id, status, published_on, expires_on, kind, city, district, places, street) = row[:9]
    (pay_min, pay_max, title, category, trade, tags, benefits, employer) = row[9:17]
    (education, least, most, facts, urgent, description, first_on, last_on, _) = row[17:]
    return Stored(
        id=posting_id,
        live=status == PUBLISHED,
        published_on=published_on,
        expires_on=expires_on,
        kind=int(kind == GIG),
        city=city,
        district=district,
        places=places,
        street=street,
        pay_min=pay_min,
        pay_max=pay_max,
        title=title,
        category=category,
        trade=trade,
        tags=f"{tags}、{benefits}".lower(),
        employer=employer,
        education=education,
        experience_min=least,
        experience_max=most,
        facts=facts,
        urgent=urgent,
        text=description[:LONGEST_TEXT].lower(),
        first_on=first_on,
        last_on=last_on,
    )
