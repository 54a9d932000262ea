"""Ranking: which units, and which of their sentences, answer a question.

Candidates come from four searches (terms and vectors, of the units and of the ways people
ask for them); the best of them are read closely. What each signal weighs was learnt
(``knowledge/training/ranking.py``) and stands in ``data/ranking-*.json``. Plain functions over
an Index; nothing here reads a clock or a database.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.asked_for import fit
from knowledge.answering.coverage import Coverage
from knowledge.answering.lexicon import holds_number, lexicon
from knowledge.answering.query import Query, matter_terms
from knowledge.index.search import Index
from knowledge.index.units import KEPT
from knowledge.index.views import View
from language.encoder.loading import Reranker
from language.terms import normalise, terms

WEIGHTS = Path(__file__).parent / "data"
"""``ranking-KIND.json`` for each kind of encoder: their cosines differ."""
CANDIDATES = 16  # from each search
READ_CLOSELY = 8
VOTES = 3  # ways of asking that speak for their unit together
QUOTE_LENGTH = 240  # characters; further sentences are taken only below this
SURE = 0.9  # that the sentence which answers is in the quote
BARE = 16  # characters: a sentence this short is a heading, its text follows
REREAD = 8.0  # log-odds between a cross-encoder's surest no and its surest yes
HEADING = 0.85  # matter found only in the headings
TITLE = 0.5  # matter found only in the document's title
SIGNALS = ("terms", "official", "cosine", "asked", "asked_cosine", "alike", "meant", "voted")
OF_UNIT = ("coverage", "missed", "titled", "quoted", "fit", "nearest_sentence")
FEATURES = (*SIGNALS, *OF_UNIT, "preamble", "closing")
OF_SENTENCE = ("share", "cosine", "named", "bare")


@dataclass
class Signals:
    """What the searches say of one unit, each 0–1.

    ``terms`` and ``official``: BM25 of the question's and of the official words, as a share
    of the most that could be; ``cosine``: of the vectors; ``asked``, ``asked_cosine``: the
    same of the nearest sample question (``sample``, its number; -1 none), ``alike`` how many
    terms the two questions share (Dice, weighed by rarity), ``meant`` the same of the official
    words that both stand for, ``voted`` the mean nearness of the nearest few.
    """

    terms: float = 0.0
    official: float = 0.0
    cosine: float = 0.0
    asked: float = 0.0
    asked_cosine: float = 0.0
    alike: float = 0.0
    meant: float = 0.0
    voted: float = 0.0
    sample: int = -1

    def values(self) -> tuple[float, ...]:
        """Return the figures in the order of SIGNALS."""
        of_text = (self.terms, self.official, self.cosine)
        return (*of_text, self.asked, self.asked_cosine, self.alike, self.meant, self.voted)


@dataclass(frozen=True)
class Hit:
    """A unit with its score, its features (order: FEATURES) and the span of the best quote.

    ``start`` and ``end`` are offsets into the unit's text; ``of_sentences`` what spoke for
    each of its sentences (OF_SENTENCE).
    """

    row: int
    score: float
    features: tuple[float, ...]
    start: int
    end: int
    has_number: bool
    of_sentences: NDArray[np.float32]
    reread: float | None = None  # what a cross-encoder says, where one is set


@dataclass(frozen=True)
class _SampleQuestionView:
    terms: frozenset[str]
    weight: float
    official: frozenset[str]


@dataclass(frozen=True)
class Weights:
    """What signals, features and sentences' features weigh, in log-odds.

    Orders: SIGNALS, FEATURES, OF_SENTENCE.
    """

    signals: NDArray[np.float32]
    features: NDArray[np.float32]
    sentence: NDArray[np.float32]


class Ranker:
    """Ranks the units of one index for questions; safe to share between threads."""

    def __init__(
        self, index: Index, weights: Weights | None = None, reranker: Reranker | None = None
    ) -> None:
        self.index = index
        self.weights = weights or read_weights(index.encoder.kind)
        self._reranker = reranker
        self._title = lru_cache(KEPT)(self._make_title)
        self._sample_question = lru_cache(KEPT)(self._make_sample_question)

    def rank(
        self,
        query: Query,
        *,
        allowed: NDArray[np.bool_] | None = None,
        without: frozenset[int] = frozenset(),
    ) -> list[Hit]:
        """Return the hits for a question, best first.

        ``allowed`` (one flag a row) keeps others out; ``without`` are numbers of sample questions
        that count as absent (to learn weights from one without its help).
        """
        if not query.slots or not len(self.index.store):
            return []
        vectors = self.index.encoder.queries([query.matter])
        found = self._candidates(query, vectors, allowed, without)
        rows = sorted(found)
        cheap = np.array([found[row].values() for row in rows]) @ self.weights.signals
        rows = [rows[at] for at in np.argsort(-cheap, kind="stable")[:READ_CLOSELY]]
        coverage = Coverage(query)
        hits = [self._hit(query, coverage, vectors, row, found[row]) for row in rows]
        if self._reranker is not None:
            hits = self._read_again(self._reranker, query, hits)
        return sorted(hits, key=lambda hit: (-hit.score, hit.row))

    def _read_again(self, reranker: Reranker, query: Query, hits: list[Hit]) -> list[Hit]:
        """Let a cross-encoder judge each hit; half of what it says counts."""
        texts = [self.index.unit(hit.row).text for hit in hits]
        judged = reranker.scores(query.matter, texts)
        return [
            replace(hit, reread=share, score=hit.score + REREAD * (share - 0.5))
            for hit, share in zip(hits, judged, strict=True)
        ]

    def quoted_terms(self, hit: Hit) -> frozenset[str]:
        """Return the search terms of the hit's quote."""
        return frozenset(terms(normalise(self.index.unit(hit.row).text[hit.start : hit.end])))

    def _candidates(
        self,
        query: Query,
        vectors: NDArray[np.float32],
        allowed: NDArray[np.bool_] | None,
        without: frozenset[int],
    ) -> dict[int, Signals]:
        found: dict[int, Signals] = {}
        self._by_sample_questions(query, vectors, found, without)
        text = self.index.text
        wanted = CANDIDATES if allowed is None else 4 * CANDIDATES
        near = text.vectors.nearest(vectors, wanted)
        scores = text.terms.scores(query.terms)
        official = text.terms.scores(query.official) if query.official else None
        together = scores if official is None else scores + 0.6 * official
        if allowed is not None:
            together = together * allowed
        for row in (*near, *text.terms.best(together, CANDIDATES)):
            found.setdefault(row, Signals())
        most = text.terms.most(query.terms) or 1.0
        most_official = text.terms.most(query.official) or 1.0
        kept = {}
        for row, signals in found.items():
            if allowed is not None and not allowed[row]:
                continue
            signals.terms = min(1.0, float(scores[row]) / most)
            if official is not None:
                signals.official = min(1.0, float(official[row]) / most_official)
            signals.cosine = near.get(row, 0.0)
            kept[row] = signals
        return kept

    def _by_sample_questions(
        self,
        query: Query,
        vectors: NDArray[np.float32],
        found: dict[int, Signals],
        without: frozenset[int],
    ) -> None:
        """Add what the nearest ways of asking say of the units they belong to."""
        asked = self.index.asked
        if not self.index.sample_questions:
            return
        scores = asked.terms.scores(query.terms)
        near = asked.vectors.nearest(vectors, CANDIDATES)
        most = asked.terms.most(query.terms) or 1.0
        own = frozenset(query.terms)
        weight = asked.terms.most(own)
        votes: dict[int, list[float]] = {}
        for number in {*near, *asked.terms.best(scores, CANDIDATES)} - without:
            known = self._sample_question(number)
            alike = 2 * asked.terms.most(own & known.terms) / (weight + known.weight or 1.0)
            cosine = near.get(number, 0.0)
            row = self.index.sample_questions[number].row
            signals = found.setdefault(row, Signals())
            near_as = alike + cosine
            if signals.sample < 0 or near_as > signals.alike + signals.asked_cosine:
                signals.alike, signals.asked_cosine, signals.sample = alike, cosine, number
                signals.asked = min(1.0, float(scores[number]) / most)
            signals.meant = max(signals.meant, _dice(query.meant, known.official))
            votes.setdefault(row, []).append(near_as)
        for row, cast in votes.items():
            found[row].voted = sum(sorted(cast)[-VOTES:]) / (2 * VOTES)

    def _make_sample_question(self, number: int) -> "_SampleQuestionView":
        text = normalise(self.index.sample_questions[number].text)
        found = frozenset(matter_terms(text))
        official = frozenset(term for *_, group in lexicon().spoken(text) for term in group)
        return _SampleQuestionView(found, self.index.asked.terms.most(found), official)

    def _make_title(self, owner: int) -> str:
        return normalise(self.index.documents[owner].title)

    def _hit(
        self,
        query: Query,
        coverage: Coverage,
        vectors: NDArray[np.float32],
        row: int,
        signals: Signals,
    ) -> Hit:
        view = self.index.views.view(row)
        unit = self.index.unit(row)
        alone = [coverage.profile(text) for text in view.sentences]
        heading = _scaled(coverage.profile(view.heading), HEADING)
        titled = coverage.profile(self._title(unit.owner))
        title = _scaled(titled, TITLE)
        shares = [coverage.share(profile) for profile in alone]
        cosines = view.vectors @ vectors[0]
        of_sentences = self.of_sentences(row, signals, shares, cosines)
        start, end = _quote(view, of_sentences @ self.weights.sentence)
        features = (
            *signals.values(),
            coverage.share(heading, title, *alone),
            coverage.missed(heading, titled, *alone),
            coverage.share(titled),
            max(shares),
            fit(query.text, unit.text[start:end]),
            float(cosines.max()),
            float(unit.kind == "preamble"),
            float(unit.kind == "closing"),
        )
        score = float(self.weights.features @ features)
        number = holds_number(unit.text[start:end])
        return Hit(row, score, features, start, end, number, of_sentences)

    def of_sentences(
        self, row: int, signals: Signals, shares: Sequence[float], cosines: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Return what speaks for each sentence (order: OF_SENTENCE), one row a sentence."""
        view = self.index.views.view(row)
        text = self.index.unit(row).text
        about = self.index.sample_questions[signals.sample].about if signals.sample >= 0 else ()
        trust = max(signals.alike, signals.asked_cosine)
        return np.array(
            [
                (share, cosine, trust * _named(about, text[start:end]), end - start < BARE)
                for (start, end), share, cosine in zip(view.spans, shares, cosines, strict=True)
            ],
            dtype=np.float32,
        )


def whole_unit(index: Index, row: int) -> Hit:
    """Return a hit that quotes all of a unit and was found by other means than ranking."""
    spans = index.views.view(row).spans
    nothing = np.zeros((len(spans), len(OF_SENTENCE)), dtype=np.float32)
    number = holds_number(index.unit(row).text)
    return Hit(row, 0.0, (0.0,) * len(FEATURES), spans[0][0], spans[-1][1], number, nothing)


def learnt(kind: str) -> dict[str, dict[str, float]]:
    """Return what was learnt with one kind of encoder, as it is written."""
    data: dict[str, dict[str, float]] = json.loads(
        (WEIGHTS / f"ranking-{kind}.json").read_text("utf-8")
    )
    return data


@cache
def read_weights(kind: str) -> Weights:
    """Return the learnt weights."""
    data = learnt(kind)
    return Weights(
        signals=_weights(data["signals"], SIGNALS),
        features=_weights(data["features"], FEATURES),
        sentence=_weights(data["sentence"], OF_SENTENCE),
    )


def _weights(data: Mapping[str, float], names: Sequence[str]) -> NDArray[np.float32]:
    return np.array([data[name] for name in names], dtype=np.float32)


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)


def _named(about: Sequence[str], text: str) -> float:
    return sum(term in text for term in about) / len(about) if about else 0.0


def _scaled(profile: tuple[float, ...], factor: float) -> tuple[float, ...]:
    return tuple(share * factor for share in profile)


def _quote(view: View, scores: NDArray[np.float32]) -> tuple[int, int]:
    """Return the span of the best sentence, with neighbours until it is surely in it.

    Scores are log-odds: their softmax is how likely each sentence is the one that answers.
    """
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    first = last = int(scores.argmax())
    while True:
        start, end = view.spans[first][0], view.spans[last][1]
        bare = end - start < BARE and last + 1 < len(scores)
        if shares[first : last + 1].sum() >= SURE and not bare:
            return start, end
        beside = [at for at in (first - 1, last + 1) if 0 <= at < len(scores)]
        at = last + 1 if bare else max(beside, key=lambda at: shares[at])
        one, other = min(first, at), max(last, at)
        if view.spans[other][1] - view.spans[one][0] > QUOTE_LENGTH and not bare:
            return start, end
        first, last = one, other
