"""Ranking: which units, and which of their sentences, answer a question.

Candidates come from four searches (terms and vectors, of the units and of the ways people
ask for them); the best of them are read closely. What each signal weighs was learnt
(``knowledge/training/ranking.py``) and stands in ``data/ranking-*.json``. Plain functions over
an Index; nothing here reads a clock or a database.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.asked_for import fit
from knowledge.answering.coverage import Coverage
from knowledge.answering.hits import Hit, Signals
from knowledge.answering.lexicon import holds_number, lexicon
from knowledge.answering.query import Query, matter_terms
from knowledge.answering.rereading import LikenessWeight, Rereader
from knowledge.index.contents import ABSENT
from knowledge.index.search import Index
from knowledge.index.units import KEPT
from knowledge.index.views import View
from language.mandarin import in_mandarin
from language.terms import normalise, terms

WEIGHTS = Path(__file__).parent / "data"
"""``ranking-KIND.json`` for each kind of encoder: their cosines differ."""
ASKED_LATELY = 64  # questions whose vectors are kept
CANDIDATES = 16  # from each search
READ_CLOSELY = 8
# How near (0-2) people must ask of a taught document, and how much nearer of others they must not.
NEAR_TAUGHT, OF_OTHERS = 0.5, 0.09
VOTES = 3  # ways of asking that speak for their unit together
VOICE = 0.2  # so much nearer, a way of asking has e times the say in whether anything here answers
QUOTE_LENGTH = 240  # characters; further sentences are taken only below this
SURE = 0.9  # that the sentence which answers is in the quote
BARE = 16  # characters: a sentence this short is a heading, its text follows
HEADING = 0.85  # matter found only in the headings
TITLE = 0.5  # matter found only in the document's title
SIGNALS = ("terms", "official", "cosine", "asked", "asked_cosine", "alike", "meant", "voted")
OF_UNIT = ("coverage", "missed", "titled", "quoted", "fit", "nearest_sentence")
FEATURES = (*SIGNALS, *OF_UNIT, "preamble", "closing")
OF_SENTENCE = ("share", "cosine", "named", "bare")


@dataclass(frozen=True)
class _SampleQuestionView:
    terms: frozenset[str]
    weight: float
    official: frozenset[str]


@dataclass(frozen=True)
class _Near:
    """A known question near to the one asked, and the unit that it belongs to."""

    number: int
    row: int
    alike: float
    cosine: float
    score: float

    @property
    def near(self) -> float:
        return self.alike + self.cosine


@dataclass(frozen=True)
class Elsewhere:
    """The ``statute`` not here that people ask most like a question about; "" for none.

    ``near``: how near they ask (0-2), ``nearer``: how much nearer than about what is here,
    ``share``: of all that is asked like it, how much no document here answers.
    """

    statute: str = ""
    near: float = 0.0
    nearer: float = 0.0
    share: float = 0.0


@dataclass(frozen=True)
class Weights:
    """What signals, features and sentences' features weigh, in log-odds.

    Orders: SIGNALS, FEATURES, OF_SENTENCE; ``likeness`` where it was learnt with this encoder.
    """

    signals: NDArray[np.float32]
    features: NDArray[np.float32]
    sentence: NDArray[np.float32]
    likeness: LikenessWeight | None = None


class Ranker:
    """Ranks the units of one index for questions; safe to share between threads."""

    def __init__(
        self, index: Index, weights: Weights | None = None, rereader: Rereader | None = None
    ) -> None:
        self.index = index
        self.weights = weights or read_weights(index.encoder.kind)
        self._rereader = rereader
        # A question is ranked, judged, and where it is refused ranked again without its place.
        self._vectors = lru_cache(ASKED_LATELY)(lambda text: index.encoder.queries([text]))
        self._nearest = lru_cache(ASKED_LATELY)(self._make_nearest)
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
        vectors = self._vectors(query.matter)
        found = self._candidates(query, vectors, allowed, without)
        if not found:  # of a place that no document near the question is for
            return []
        rows = sorted(found)
        cheap = np.array([found[row].values() for row in rows]) @ self.weights.signals
        rows = [rows[at] for at in np.argsort(-cheap, kind="stable")[:READ_CLOSELY]]
        coverage = Coverage(query)
        hits = [self._hit(query, coverage, vectors, row, found[row]) for row in rows]
        if self._rereader is not None:
            hits = self._rereader.read_again(self.index, query, hits)
        return sorted(hits, key=lambda hit: (-hit.score, hit.row))

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
        self._by_sample_questions(query, found, without)
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
        found: dict[int, Signals],
        without: frozenset[int],
    ) -> None:
        """Add what the nearest ways of asking say of the units they belong to."""
        most = self.index.asked.terms.most(query.terms) or 1.0
        votes: dict[int, list[float]] = {}
        for near in self._nearest(query.matter, query.terms, without):
            known, row = self._sample_question(near.number), near.row
            if row == ABSENT:
                continue
            signals = found.setdefault(row, Signals())
            if signals.sample < 0 or near.near > signals.alike + signals.asked_cosine:
                signals.alike, signals.asked_cosine = near.alike, near.cosine
                signals.sample, signals.asked = near.number, min(1.0, near.score / most)
            signals.meant = max(signals.meant, _dice(query.meant, known.official))
            votes.setdefault(row, []).append(near.near)
        for row, cast in votes.items():
            found[row].voted = sum(sorted(cast)[-VOTES:]) / (2 * VOTES)

    def elsewhere(
        self, query: Query, without: frozenset[int] = frozenset(), *, but: str = ""
    ) -> Elsewhere:
        """Return the statute not here that people ask most like this, and how much so.

        ``but``: a statute that does not count.
        """
        if not query.slots:
            return Elsewhere()
        here, there, statute = 0.0, 0.0, ""
        found = [
            (near, self.index.sample_questions[near.number].statute)
            for near in self._nearest(query.matter, query.terms, without)
        ]
        found = [(near, name) for near, name in found if not name or name != but]
        for near, name in found:
            if near.row != ABSENT:
                here = max(here, near.near)
            elif near.near > there:
                there, statute = near.near, name
        votes = [(near.row, math.exp(near.near / VOICE)) for near, _ in found]
        absent = sum(vote for row, vote in votes if row == ABSENT)
        share = absent / sum(vote for _, vote in votes) if votes else 0.0
        return Elsewhere(statute, there, there - here, share)

    def gives_way(self, query: Query) -> bool:
        """Tell whether taught documents leave a question to the others in the library.

        Of them it is known how people ask: who asks in no such way, or rather like people do about
        others, asks about others.
        """
        if not query.slots or all(document.taught for document in self.index.documents):
            return False
        taught, others = 0.0, 0.0
        for near in self._nearest(query.matter, query.terms, frozenset()):
            if near.row != ABSENT and self.index.document(near.row).taught:
                taught = max(taught, near.near)
            else:
                others = max(others, near.near)
        return taught < NEAR_TAUGHT or others - taught >= OF_OTHERS

    def _make_nearest(
        self, matter: str, asked_terms: tuple[str, ...], without: frozenset[int]
    ) -> tuple["_Near", ...]:
        asked = self.index.asked
        if not self.index.sample_questions:
            return ()
        scores = asked.terms.scores(asked_terms)
        near = asked.vectors.nearest(self._vectors(matter), CANDIDATES)
        own = frozenset(asked_terms)
        weight = asked.terms.most(own)
        found = []
        for number in {*near, *asked.terms.best(scores, CANDIDATES)} - without:
            known = self._sample_question(number)
            alike = 2 * asked.terms.most(own & known.terms) / (weight + known.weight or 1.0)
            row = self.index.sample_questions[number].row
            found.append(_Near(number, row, alike, near.get(number, 0.0), float(scores[number])))
        return tuple(found)

    def _make_sample_question(self, number: int) -> "_SampleQuestionView":
        text = in_mandarin(normalise(self.index.sample_questions[number].text))
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
        return Hit(row, score, features, start, end, number, of_sentences, signals.sample)

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
        likeness=LikenessWeight(**data["likeness"]) if "likeness" in data else None,
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
