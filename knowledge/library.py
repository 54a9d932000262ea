"""The policy room's front: ask a question, get the official sentence with its source."""

import math
import threading
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from knowledge import sentences
from knowledge.answers import Citation, DocumentCard, PolicyAnswer, Status
from knowledge.documents import document_url, force_on, shown_title
from knowledge.index import (
    Index,
    IndexDamaged,
    current_version,
    database_fingerprint,
    load_index,
    rebuild_index,
)
from knowledge.ranking import Hit, Query, rank, read_query
from knowledge.regions import to_code
from knowledge.tables import PolicyDocument
from store.clock import to_shanghai
from store.database import Database
from store.settings import Settings

MAX_CITATIONS = 3
MAX_NEAREST = 2
# Probability from which an answer is given: the lowest (in steps of 0.05) at which every
# unanswerable question of the development half is refused. 0.50 and 0.55 were tried before,
# and what they did to the other half had been seen: that half is not blind to this choice.
ANSWER_AT = 0.40
CLOSE_BEHIND = 0.80  # a further citation has at least this share of the first one's score


class PolicyLibrary:
    """Answers policy questions from the stored documents; safe to share between threads.

    The index loads on the first question (or ``warm``) and again whenever another process
    has made a new version current; a missing or damaged one is rebuilt from the database.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._index: Index | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load encoder and index now; rebuild the index when documents have changed since."""
        index = self._current()
        if index.fingerprint != database_fingerprint(self._database, self._settings):
            rebuild_index(self._database, self._settings)
            index = self._current()
        read_query("预约", index)
        index.encoder.encode(["预约"])

    def answer(self, question: str, *, region: str | None = None, now: datetime) -> PolicyAnswer:
        """Answer ``question`` as of ``now`` (aware).

        ``region`` (code or name) is where the asker is; a region that the question names
        counts more, the service's own region (settings) less.
        """
        index = self._current()
        query = read_query(question, index)
        place = query.place or to_code(region) or to_code(self._settings.region)
        hits = rank(query, index, place)
        today = to_shanghai(now).date()
        if not hits:
            return PolicyAnswer("not_covered", (), (), 0.0)
        confidence = probability(query, hits[0])
        rows = self._rows(index, hits)
        nearest = _nearest(index, hits, rows)
        if confidence < ANSWER_AT:
            return PolicyAnswer("not_covered", (), nearest, confidence)
        citations = _citations(index, _together(index, hits), rows, today)
        if not citations:
            return PolicyAnswer("not_covered", (), nearest, confidence)
        holding = tuple(citation for citation in citations if citation.in_force is not False)
        status: Status = "answered" if holding else "outdated"
        return PolicyAnswer(status, holding or citations, nearest, confidence)

    def _rows(self, index: Index, hits: Sequence[Hit]) -> dict[str, PolicyDocument]:
        """Read the documents of the best hits as they are stored at this moment."""
        ids = {index.units[hit.row].doc_id for hit in hits[:12]}
        with self._database.read() as session:
            rows = session.scalars(select(PolicyDocument).where(PolicyDocument.id.in_(ids)))
            return {row.id: row for row in rows}

    def _current(self) -> Index:
        version = current_version(self._settings)
        index = self._index
        if index is not None and index.version == version:
            return index
        with self._lock:
            version = current_version(self._settings)
            if self._index is None or self._index.version != version:
                self._index = self._load(version)
            return self._index

    def _load(self, version: str | None) -> Index:
        for _ in range(3):  # another process may make yet another version current meanwhile
            if version is None:
                version = rebuild_index(self._database, self._settings)
            try:
                index = load_index(self._settings, version)
            except IndexDamaged:
                following = current_version(self._settings)
                version = following if following != version else None
            else:
                return index
        raise IndexDamaged(version)


def probability(query: Query, hit: Hit) -> float:
    """Return how likely the best hit answers the question.

    A logistic model over coverage and cosine, fitted on the development half of
    ``tests/evaluation/policy.jsonl`` before the last change to the slots' weights (a later
    fit gave 4.5, 3.8, 4.2 and -3.8). Whoever asks for a number is answered by one or not.
    """
    if query.wants_number and not hit.has_number:
        return 0.0
    z = -4.1 + 4.2 * hit.coverage + 3.7 * hit.quote_coverage + 4.5 * max(hit.cosine, 0.0)
    return 1 / (1 + math.exp(-z))


def _together(index: Index, hits: Sequence[Hit]) -> list[Hit]:
    """Return the first hit and those close behind it, one for each document."""
    chosen: list[Hit] = []
    seen: set[str] = set()
    for hit in hits:
        doc_id = index.units[hit.row].doc_id
        if doc_id in seen or hit.score < CLOSE_BEHIND * hits[0].score:
            continue
        seen.add(doc_id)
        chosen.append(hit)
    return chosen[:MAX_CITATIONS]


def _citations(
    index: Index, hits: Sequence[Hit], rows: dict[str, PolicyDocument], today: date
) -> tuple[Citation, ...]:
    """Make the citations, leaving out any whose words are not in the stored document."""
    citations: list[Citation] = []
    for hit in hits:
        unit = index.units[hit.row]
        row = rows.get(unit.doc_id)
        quote = index.documents[unit.doc_id].text[hit.start : hit.end]
        if row is None or not quote or row.text[hit.start : hit.end] != quote:
            continue
        citations.append(
            Citation(
                doc_id=row.id,
                title=shown_title(row.kind, row.title),
                doc_no=row.doc_no,
                issuer=row.issuer,
                region=row.region,
                issued_on=row.issued_on.isoformat() if row.issued_on else None,
                in_force=force_on(row, today),
                section=sentences.PATH_SEPARATOR.join(unit.path),
                quote=quote,
                url=document_url(row.id, quote=quote, unit=unit.number),
            )
        )
    return tuple(citations)


def _nearest(
    index: Index, hits: Sequence[Hit], rows: dict[str, PolicyDocument]
) -> tuple[DocumentCard, ...]:
    cards: dict[str, DocumentCard] = {}
    for hit in hits:
        row = rows.get(index.units[hit.row].doc_id)
        if row is not None and row.id not in cards and len(cards) < MAX_NEAREST:
            title = shown_title(row.kind, row.title)
            cards[row.id] = DocumentCard(row.id, title, row.doc_no, document_url(row.id))
    return tuple(cards.values())
