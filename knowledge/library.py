"""The policy room's front: ask a question, get the official sentence with its source."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from knowledge.answers import PolicyAnswer
from knowledge.choosing import LOCAL_RULES, choose
from knowledge.citing import cite, nearest
from knowledge.confidence import confidence as how_likely
from knowledge.confidence import numbers_first
from knowledge.encoder import Reranker, load_reranker
from knowledge.index import current_version, database_fingerprint, load_index, rebuild_index
from knowledge.query import Query, read_query
from knowledge.ranking import Hit, Ranker
from knowledge.regions import NATIONAL, covers, to_code
from knowledge.search import IndexDamaged
from store.clock import to_shanghai
from store.database import Database
from store.settings import Settings

MAX_NEAREST = 2
# Probability from which an answer is given (``docs/policy-answers.md`` has the curve).
ANSWER_AT = 0.5
LAPSED_BEHIND = 2.0  # what no longer holds gives way to what does and fits nearly as well


class PolicyLibrary:
    """Answers policy questions from the stored documents; safe to share between threads.

    The index loads on the first question (or ``warm``) and again whenever another process
    has made a new version current; a missing or damaged one is rebuilt from the database.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._ranker: Ranker | None = None
        self._rereader: Reranker | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Load encoder and index now; rebuild the index when documents have changed since."""
        ranker = self._current()
        if ranker.index.fingerprint != database_fingerprint(self._database, self._settings):
            rebuild_index(self._database, self._settings)
            ranker = self._current()
        ranker.rank(read_query("预约", ranker.index.text.terms.rarity))

    def answer(self, question: str, *, region: str | None = None, now: datetime) -> PolicyAnswer:
        """Answer ``question`` as of ``now`` (aware).

        ``region`` (code or name) is where the asker is; a region that the question names
        counts more, the service's own region (settings) less.
        """
        ranker = self._current()
        query = read_query(question, ranker.index.text.terms.rarity)
        place = query.place or to_code(region) or to_code(self._settings.region)
        today = to_shanghai(now).date()
        then = query.as_of if query.as_of and query.as_of < today else None
        hits = _hits(ranker, query, place, then or today)
        confidence = how_likely(ranker, query, hits)
        answer = PolicyAnswer("not_covered", (), (), confidence, region=place, as_of=then)
        if confidence >= ANSWER_AT:
            chosen = choose(ranker, hits, place)
            answer = self._cited(answer, ranker, chosen, then or today, today)
        if answer.citations and answer.status == "answered":
            return answer
        found = hits if place is None else ranker.rank(query)
        cards = nearest(self._database, ranker.index, found or hits, MAX_NEAREST)
        return replace(answer, nearest=cards)

    def _cited(
        self,
        answer: PolicyAnswer,
        ranker: Ranker,
        hits: Sequence[Hit],
        day: date,
        today: date,
    ) -> PolicyAnswer:
        """Give ``answer`` the citations for ``hits`` and the status that follows from them."""
        index = ranker.index
        known = cite(self._database, index, hits, today)
        holding = [
            citation
            for citation, hit in known
            if (index.document(hit.row).holds_on(day) if day != today else citation.in_force)
            is not False
        ]
        if not known:
            return answer
        if not holding:
            lapsed = tuple(citation for citation, _ in known)
            return replace(answer, status="outdated", citations=lapsed)
        own = answer.region in (None, NATIONAL) or any(c.region != NATIONAL for c in holding)
        regions = tuple(dict.fromkeys(c.region for c in holding if c.region != NATIONAL))
        if answer.region is None and len(regions) > LOCAL_RULES:
            return replace(answer, status="which_region", regions=regions)
        return replace(
            answer, status="answered", citations=tuple(holding[:LOCAL_RULES]), own_rule=own
        )

    def _current(self) -> Ranker:
        version = current_version(self._settings)
        ranker = self._ranker
        if ranker is not None and ranker.index.version == version:
            return ranker
        with self._lock:
            version = current_version(self._settings)
            if self._ranker is None or self._ranker.index.version != version:
                self._ranker = self._load(version)
            return self._ranker

    def _reranker(self) -> Reranker | None:
        if self._rereader is None and self._settings.reranker:
            self._rereader = load_reranker(self._settings.reranker)
        return self._rereader

    def _load(self, version: str | None) -> Ranker:
        for _ in range(3):  # another process may make yet another version current meanwhile
            if version is None:
                version = rebuild_index(self._database, self._settings)
            try:
                index = load_index(self._settings, version)
                return Ranker(index, reranker=self._reranker())
            except IndexDamaged:
                following = current_version(self._settings)
                version = following if following != version else None
        raise IndexDamaged(version)


def _hits(ranker: Ranker, query: Query, place: str | None, day: date) -> list[Hit]:
    """Return the hits that hold in ``place``, those that hold on ``day`` first."""
    index = ranker.index
    allowed = None
    if place is not None:
        allowed = index.rows_of(
            not document.region or covers(document.region, place) for document in index.documents
        )
    hits = ranker.rank(query, allowed=allowed)
    over = {hit.row for hit in hits if not index.document(hit.row).holds_on(day)}
    hits = sorted(hits, key=lambda hit: -(hit.score - LAPSED_BEHIND * (hit.row in over)))
    return numbers_first(query, hits)
