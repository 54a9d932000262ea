"""The policy room's front: ask a question, get the official sentence with its source."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from knowledge.answering.answers import PolicyAnswer
from knowledge.answering.citations import cite, nearest
from knowledge.answering.confidence import confidence as how_likely
from knowledge.answering.confidence import numbers_first
from knowledge.answering.guide_search import GuideHit, GuideSearch
from knowledge.answering.hits import Hit
from knowledge.answering.query import Query, read_query
from knowledge.answering.ranking import Ranker, read_weights, whole_unit
from knowledge.answering.reach import allowed_rows, own_rows
from knowledge.answering.regulations import left_to_regulation
from knowledge.answering.rereading import Rereader, rereader
from knowledge.answering.selection import CITATIONS, LOCAL_RULES, choose
from knowledge.answering.trial import Trial, candidates
from knowledge.index.builder import (
    current_version,
    is_provisional,
    is_up_to_date,
    load_index,
    rebuild_index,
)
from knowledge.index.completion import Completion
from knowledge.index.search import Index, IndexDamaged
from language.places import NATIONAL, to_code
from store.clock import to_shanghai
from store.database import Database
from store.service import Service
from store.settings import Settings

MAX_NEAREST = 2
# Probability from which an answer is given (``docs/policy-answers.md`` has the curve).
ANSWER_AT = 0.5
OCCASION_BEHIND = 1.0  # what is for a passing occasion, where nobody asks about that
LAPSED_BEHIND = 2.0  # what no longer holds gives way to what does and fits nearly as well


@dataclass(frozen=True)
class _Opened:
    """One index version, ready to answer from."""

    ranker: Ranker
    guides: GuideSearch


@dataclass(frozen=True)
class _Found:
    """What a search gives: ``hits`` best first, how likely they answer, which to cite.

    ``silent`` is a guide that the question is about but that does not state what is asked.
    """

    hits: Sequence[Hit]
    confidence: float
    chosen: Sequence[Hit]
    silent: str | None = None


class PolicyAnswerer(Service):
    """Answers policy questions from the stored documents; safe to share between threads.

    The index loads on the first question (or ``warm``) and again whenever another process
    has made a new version current; a missing or damaged one is rebuilt from the database.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        super().__init__(database)
        self._settings = settings
        self._opened: _Opened | None = None
        self._rereaders: dict[str, Rereader | None] = {}
        self._completion = Completion(database, settings)
        self._lock = threading.Lock()

    @classmethod
    def over(cls, database: Database, settings: Settings) -> Self:
        """Make the answerer; the index is opened at the first question."""
        return cls(database, settings)

    def warm(self, *, soon: bool = False) -> None:
        """Load encoder and index now; rebuild the index when documents have changed since.

        ``soon``: answer from the n-grams alone while the encoder still has much to read.
        """
        if not is_up_to_date(self._database, self._settings):
            rebuild_index(self._database, self._settings, soon=soon)
        ranker = self._current().ranker
        ranker.rank(read_query("预约", ranker.index.text.terms.rarity))

    def answer(self, question: str, *, region: str | None = None, now: datetime) -> PolicyAnswer:
        """Answer ``question`` as of ``now`` (aware).

        ``region`` (code or name) is where the asker is; a region that the question names
        counts more, the service's own region (settings) less.
        """
        opened = self._current()
        ranker, index = opened.ranker, opened.ranker.index
        query = read_query(question, ranker.index.text.terms.rarity)
        place = self._place(query, region)
        today = to_shanghai(now).date()
        then = query.as_of if query.as_of and query.as_of < today else None
        found = _find(opened, query, place, then or today)
        answer = PolicyAnswer("not_covered", (), (), found.confidence, region=place, as_of=then)
        if found.confidence >= ANSWER_AT:
            answer = self._cited(answer, ranker, found.chosen, then or today, today)
        if answer.status == "not_covered":
            answer = replace(answer, regulation=left_to_regulation(ranker, query))
        if answer.citations and answer.status == "answered":
            return answer
        anywhere = found.hits if place is None else ranker.rank(query)
        ids = [index.document(hit.row).doc_id for hit in anywhere or found.hits]
        near = [found.silent, *ids] if found.silent else ids
        return replace(answer, nearest=nearest(self._database, near, MAX_NEAREST))

    def try_out(self, question: str, *, region: str | None = None, now: datetime) -> Trial:
        """Return what ``answer`` gives, and what was found for it."""
        opened = self._current()
        query = read_query(question, opened.ranker.index.text.terms.rarity)
        found = _find(opened, query, self._place(query, region), to_shanghai(now).date())
        answer = self.answer(question, region=region, now=now)
        return Trial(answer, candidates(opened.ranker, found.hits))

    def _place(self, query: Query, region: str | None) -> str | None:
        return query.place or to_code(region) or to_code(self._settings.region)

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

    def _current(self) -> _Opened:
        version = current_version(self._settings)
        opened = self._opened
        if opened is not None and opened.ranker.index.version == version:
            return opened
        with self._lock:
            version = current_version(self._settings)
            if self._opened is None or self._opened.ranker.index.version != version:
                self._opened = self._load(version)
            return self._opened

    def _rereader(self, kind: str) -> Rereader | None:
        """Return what reads again beside an encoder of this kind; made once."""
        if kind not in self._rereaders:
            self._rereaders[kind] = rereader(self._settings, read_weights(kind).likeness)
        return self._rereaders[kind]

    def _load(self, version: str | None) -> _Opened:
        damaged = None
        for _ in range(3):  # another process may make yet another version current meanwhile
            if version is None:
                version = rebuild_index(self._database, self._settings, damaged=damaged, soon=True)
            try:
                index = load_index(self._settings, version)
                if is_provisional(self._settings, version):
                    self._completion.start()
                ranker = Ranker(index, rereader=self._rereader(index.encoder.kind))
                return _Opened(ranker, GuideSearch(index))
            except IndexDamaged:
                damaged, following = version, current_version(self._settings)
                version = following if following != damaged else None
        raise IndexDamaged(damaged)


def _find(opened: _Opened, query: Query, place: str | None, day: date) -> _Found:
    """Search the documents that hold in ``place``, those that hold on ``day`` first."""
    ranker, index = opened.ranker, opened.ranker.index
    allowed = allowed_rows(index, query, place)
    guides = opened.guides.find(query.text, allowed=allowed)
    hits = ranker.rank(query, allowed=allowed)
    if guides:  # which guide and which of its fields is for their own search to say
        hits = [hit for hit in hits if index.document(hit.row).kind != "guide"]
    if ranker.gives_way(query):
        hits = [hit for hit in hits if not index.document(hit.row).taught]
    hits = numbers_first(query, _in_force_first(index, query, hits, day))
    hits, confidence = _judged(ranker, query, hits)
    if guides and guides[0].probability >= max(ANSWER_AT, confidence):
        return _by_guides(index, guides, hits)
    found = _Found(hits, confidence, choose(ranker, hits, place) if hits else ())
    return _own_rule_first(ranker, query, found, day)


def _in_force_first(index: Index, query: Query, hits: Sequence[Hit], day: date) -> list[Hit]:
    """Put behind what does not hold, and what is for an occasion that nobody asks about."""

    def behind(hit: Hit) -> float:
        document = index.document(hit.row)
        passing = document.occasion and not query.is_about(document.occasion)
        return LAPSED_BEHIND * (not document.holds_on(day)) + OCCASION_BEHIND * bool(passing)

    return sorted(hits, key=lambda hit: behind(hit) - hit.score)


def _own_rule_first(ranker: Ranker, query: Query, found: _Found, day: date) -> _Found:
    """Put first the own rule of the place that the question names, wherever it was found.

    Among the laws of the country it is easily not one of the nearest: it is searched for alone.
    """
    index, place = ranker.index, query.place
    if place is None or place == NATIONAL:
        return found
    own = own_rows(index, place)
    if not own.any() or any(own[hit.row] for hit in found.chosen):
        return found
    hits = _in_force_first(index, query, ranker.rank(query, allowed=own), day)
    confidence = how_likely(ranker, query, numbers_first(query, hits))
    if confidence < ANSWER_AT:
        return found
    national = found.chosen if found.confidence >= ANSWER_AT else ()
    chosen = (*choose(ranker, hits, place)[:1], *national)
    return _Found([*hits, *found.hits], max(confidence, found.confidence), chosen)


def _judged(ranker: Ranker, query: Query, hits: list[Hit]) -> tuple[list[Hit], float]:
    """Return how likely the hits answer; those of other documents where the first do not.

    Of a taught document it is known what it does not answer: others may.
    """
    confidence = how_likely(ranker, query, hits)
    if confidence < ANSWER_AT and hits and ranker.index.document(hits[0].row).taught:
        others = [hit for hit in hits if not ranker.index.document(hit.row).taught]
        instead = how_likely(ranker, query, others)
        if instead >= ANSWER_AT:
            return others, instead
    return hits, confidence


def _by_guides(index: Index, guides: Sequence[GuideHit], hits: Sequence[Hit]) -> _Found:
    first = guides[0]
    if first.row is None:
        return _Found(hits, 0.0, (), silent=index.documents[first.owner].doc_id)
    lines = [guide.row for guide in guides if guide.row is not None]
    whole = [whole_unit(index, row) for row in lines[:CITATIONS]]
    return _Found(hits, first.probability, whole)
