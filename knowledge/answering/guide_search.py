"""The search of service guides: which guide a question names, and which of its lines answers.

All guides of a province have the same fields in nearly the same words, so likeness of words
finds the item and rules (``guide_questions``) the field. Ranking units by likeness alone put
the right line first for 18 of 55 questions, this for 46.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.coverage import Coverage
from knowledge.answering.guide_names import guide_names, spoken_doing
from knowledge.answering.guide_questions import GuideQuestion, read_guide_question
from knowledge.answering.query import Query, read_query
from knowledge.index.search import Index
from language.terms import normalise, terms

READ_CLOSELY = 8  # guides by vector, and as many by words
CONDITIONS = 0.6  # matter found only in the conditions
# What speaks for a guide: the share of the question that its names cover, what its conditions
# add, the share of a name that the question holds, and cosines of names and conditions.
WEIGHTS = {"named": 1.0, "added": 0.3, "held": 0.5, "near_name": 1.0, "near_conditions": 0.3}
EVEN = 1.27  # score at which a guide is as likely meant as not
STEEP = 8.0
NEARLY = 0.15  # guides whose scores are this close are both meant


@dataclass(frozen=True)
class GuideHit:
    """A guide that a question names: ``owner`` is the document's number in the index.

    ``row`` is the unit that answers; None where the guide does not state what is asked.
    """

    owner: int
    row: int | None
    field: str
    score: float
    probability: float


@dataclass(frozen=True)
class _Guide:
    owner: int
    rows: dict[str, int]
    names: tuple[frozenset[str], ...]
    named: frozenset[str]
    conditions: frozenset[str]


class GuideSearch:
    """Finds the guide and the field that answer; made from one index, never changed."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._guides: list[_Guide] = []
        spoken: list[str] = []
        whose: list[int] = []
        for owner, rows in _rows_of_guides(index).items():
            names = self._names_of(owner, rows)
            whose.extend([len(self._guides)] * len(names))
            spoken.extend(names)
            self._guides.append(self._guide(owner, rows, names))
        self._named_by: dict[str, list[int]] = {}
        for number, guide in enumerate(self._guides):
            for term in guide.named:
                self._named_by.setdefault(term, []).append(number)
        self._rarest = _rarity(0, len(self._guides))
        self._rarities = {
            term: _rarity(len(seen), len(self._guides)) for term, seen in self._named_by.items()
        }
        self._whole = {name: self._weight(name) for guide in self._guides for name in guide.names}
        self._whose = np.array(whose, dtype=np.int64)
        # A guide that states no conditions is near by its title.
        conditions = [
            self._text(guide.rows.get("conditions")) or index.documents[guide.owner].title
            for guide in self._guides
        ]
        self._names = index.encoder.passages(spoken)
        self._conditions = index.encoder.passages(conditions)

    def find(self, question: str, *, allowed: NDArray[np.bool_] | None = None) -> list[GuideHit]:
        """Return the guides that ``question`` is about, likeliest first, and all nearly as likely.

        Empty where the question asks for no field of a guide. ``allowed`` (one flag a row)
        keeps others out.
        """
        asked = read_guide_question(normalise(question))
        if asked is None or not self._guides:
            return []
        query = read_query(asked.matter, self._rarity)
        scores = self._scores(query, self._open(allowed)) if query.slots else {}
        best = max(scores.values(), default=0.0)
        meant = [number for number, score in scores.items() if score >= best - NEARLY]
        meant.sort(key=lambda number: (-scores[number], number))
        return [self._hit(self._guides[number], asked, scores[number]) for number in meant]

    def _hit(self, guide: _Guide, asked: GuideQuestion, score: float) -> GuideHit:
        probability = 1 / (1 + math.exp(-STEEP * (score - EVEN)))
        return GuideHit(guide.owner, guide.rows.get(asked.field), asked.field, score, probability)

    def _open(self, allowed: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
        """Return for each guide whether it may answer."""
        if allowed is None:
            return np.ones(len(self._guides), dtype=np.bool_)
        flags: NDArray[np.bool_] = allowed[[min(guide.rows.values()) for guide in self._guides]]
        return flags

    def _scores(self, query: Query, wanted: NDArray[np.bool_]) -> dict[int, float]:
        vector = self._index.encoder.queries([query.matter])[0]
        near_name = np.full(len(self._guides), -1.0, dtype=np.float32)
        np.maximum.at(near_name, self._whose, self._names @ vector)
        near_conditions = self._conditions @ vector
        coverage = Coverage(query)
        own = frozenset((*query.terms, *query.official))
        scores = {}
        for number in self._likely(own, near_name, wanted):
            guide = self._guides[number]
            by_name = coverage.profile(guide.named)
            by_conditions = tuple(CONDITIONS * one for one in coverage.profile(guide.conditions))
            named = coverage.share(by_name)
            signals = {
                "named": named,
                "added": coverage.share(by_name, by_conditions) - named,
                "held": self._held(guide, own),
                "near_name": float(near_name[number]),
                "near_conditions": float(near_conditions[number]),
            }
            scores[number] = sum(WEIGHTS[name] * value for name, value in signals.items())
        return scores

    def _likely(
        self, own: frozenset[str], near_name: NDArray[np.float32], wanted: NDArray[np.bool_]
    ) -> list[int]:
        """Return the guides to read closely: near by vector, or by the words of their names."""
        shared = np.zeros(len(self._guides))
        for term in own & self._named_by.keys():
            shared[self._named_by[term]] += self._rarity(term)
        closest: set[int] = set()
        for measure in (near_name, shared):
            order = np.argsort(-np.where(wanted, measure, -np.inf), kind="stable")
            closest.update(order[:READ_CLOSELY].tolist())
        return sorted(number for number in closest if wanted[number])

    def _held(self, guide: _Guide, own: frozenset[str]) -> float:
        """Return the share that the question holds of the guide's name it holds most of."""
        shares = (
            self._weight(name & own) / self._whole[name] for name in guide.names if name & own
        )
        return max(shares, default=0.0)

    def _weight(self, found: frozenset[str]) -> float:
        return sum(map(self._rarity, found))

    def _rarity(self, term: str) -> float:
        return self._rarities.get(term, self._rarest)

    def _names_of(self, owner: int, rows: dict[str, int]) -> list[str]:
        document = self._index.documents[owner]
        names = guide_names(document.title, self._text(rows.get("about")), document.region)
        return list(dict.fromkeys((*names, *map(spoken_doing, names))))

    def _guide(self, owner: int, rows: dict[str, int], names: list[str]) -> _Guide:
        found = tuple(frozenset(terms(normalise(name))) for name in names)
        return _Guide(
            owner=owner,
            rows=rows,
            names=found,
            named=frozenset().union(*found),
            conditions=frozenset(terms(normalise(self._text(rows.get("conditions"))))),
        )

    def _text(self, row: int | None) -> str:
        return self._index.unit(row).text if row is not None else ""


def _rarity(seen: int, total: int) -> float:
    """Return the inverse document frequency of a term, as BM25 has it."""
    return math.log(1 + (total - seen + 0.5) / (seen + 0.5))


def _rows_of_guides(index: Index) -> dict[int, dict[str, int]]:
    """Return for each guide (the document's number) which row holds which field."""
    guides = {number for number, one in enumerate(index.documents) if one.kind == "guide"}
    rows: dict[int, dict[str, int]] = {}
    for row in np.flatnonzero(np.isin(index.store.owners, list(guides))).tolist():
        unit = index.store.read(row)
        rows.setdefault(unit.owner, {})[unit.key] = row
    return rows
