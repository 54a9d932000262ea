"""Ranking: how well a unit, and which of its sentences, answers a question.

The measure is coverage: the share of the question's matter, weighed by how rare it is, that
the text covers. Plain functions over an Index; nothing here reads a clock or a database.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import mul

from knowledge.index import Index, UnitView
from knowledge.lexicon import holds_number, lexicon
from knowledge.regions import Place, covers, find_places
from knowledge.text import MAX_QUESTION, STOP, normalise, terms

CANDIDATES = 16
QUOTE_LENGTH = 170  # characters; a second sentence is taken only below this
SINGLE = 0.3  # a character alone covers its place this much, a pair wholly
SPOKEN = 0.85  # an official term covers the colloquial words it stands for this much
HEADING = 0.85  # matter found only in the headings
TITLE = 0.5  # matter found only in the document's title


Profile = tuple[float, ...]  # one share (0–1) for each slot of a query


@dataclass(frozen=True)
class Query:
    """A question taken apart. ``slots``: its characters' weights, terms and official terms."""

    text: str
    place: str | None
    wants_number: bool
    terms: tuple[str, ...]
    official: tuple[str, ...]
    slots: tuple["Slot", ...]
    weight: float
    weights: tuple[float, ...]
    vocabulary: frozenset[str]
    profiles: dict[frozenset[str], Profile] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Slot:
    """One character of the question's matter."""

    weight: float
    single: str
    pairs: tuple[str, ...]
    official: tuple[tuple[str, ...], ...]  # pairs of every official term that may stand here


@dataclass(frozen=True)
class Hit:
    """A unit with its score, coverage (0–1), cosine, and the span of the best quote."""

    row: int
    score: float
    coverage: float
    quote_coverage: float
    cosine: float
    start: int
    end: int
    has_number: bool


def read_query(question: str, index: Index) -> Query:
    """Take a question apart: place, matter, official words for colloquial ones."""
    text = normalise(question[:MAX_QUESTION])
    places = find_places(text)
    bare = _blank(text, places)
    words = lexicon()
    matter = words.without_question_words(bare)
    spoken = words.spoken(bare)
    official = tuple(dict.fromkeys(term for _, _, group in spoken for term in group))
    slots = _slots(matter, spoken, index)
    return Query(
        text=text,
        place=places[-1].code if places else None,
        wants_number=words.asks_number(text),
        terms=tuple(terms(matter)),
        official=official,
        slots=slots,
        weight=sum(slot.weight for slot in slots),
        weights=tuple(slot.weight for slot in slots),
        vocabulary=frozenset(term for slot in slots for term in _terms_of(slot)),
    )


def rank(query: Query, index: Index, region: str | None) -> list[Hit]:
    """Return the hits for a question, best first; ``region`` None lets all regions answer.

    With a region, only what holds there may answer, its own rule before the national one.
    """
    if not query.slots or not index.units:
        return []
    cosines = dict(index.nearest_vectors(_spellings(query), CANDIDATES))
    scores = index.term_scores(query.terms)
    if query.official:
        scores = scores + 0.6 * index.term_scores(terms(" ".join(query.official)))
    best = scores.argsort()[::-1][:CANDIDATES].tolist()
    rows = {row for row in best if scores[row] > 0} | cosines.keys()
    top = float(scores.max()) or 1.0
    hits = []
    for row in rows:
        place = index.documents[index.units[row].doc_id].region
        if region is not None and place and not covers(place, region):
            continue
        nearness = 0.0 if region is None or not place else 0.04 * (place != "100000")
        hits.append(_hit(query, index, row, cosines.get(row, 0.0), scores[row] / top, nearness))
    return sorted(hits, key=lambda hit: (-hit.score, hit.row))


def _blank(text: str, places: Sequence[Place]) -> str:
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def _spellings(query: Query) -> list[str]:
    spellings = [query.text]
    if query.official:
        spellings.append(" ".join((query.text, *query.official)))
    return spellings


def _slots(
    matter: str, spoken: Sequence[tuple[int, int, tuple[str, ...]]], index: Index
) -> tuple[Slot, ...]:
    total = len(index.units) + 1
    slots: list[Slot] = []
    for at, char in enumerate(matter):
        stands_for = tuple(
            tuple(_pairs(term))
            for start, end, group in spoken
            if start <= at < end
            for term in group
        )
        if not char.isalnum() or (char in STOP and not stands_for):
            continue
        around = (matter[max(0, at - 1) : at + 1], matter[at : at + 2])
        pairs = tuple(pair for pair in around if len(pair) == 2 and pair.isalnum())
        # A word of one character among function words (「钱」) is matter like any other.
        weight = min(_rarity(term, index, total) for term in (pairs or (char,)))
        for official in stands_for:  # a colloquial word is as rare as what it stands for
            common = sum(_rarity(pair, index, total) for pair in official) / len(official)
            weight = min(weight, common)
        slots.append(Slot(weight, char, pairs, stands_for))
    return tuple(slots)


def _terms_of(slot: Slot) -> Iterator[str]:
    yield slot.single
    yield from slot.pairs
    for pairs in slot.official:
        yield from pairs


def _rarity(term: str, index: Index, total: int) -> float:
    return math.log(1 + total / (1 + index.frequency.get(term, 0)))


def _pairs(term: str) -> list[str]:
    return [term[at : at + 2] for at in range(len(term) - 1)] or [term]


def _covered(slot: Slot, found: frozenset[str]) -> float:
    best = 0.0
    if any(pair in found for pair in slot.pairs):
        best = 1.0
    elif slot.single in found:
        best = SINGLE
    for pairs in slot.official:
        share = sum(pair in found for pair in pairs) / len(pairs)
        best = max(best, SPOKEN * share if share > 0.6 else 0.0)
    return best


def _profile(query: Query, found: frozenset[str]) -> Profile:
    """Return how far ``found`` covers each slot (0–1)."""
    known = found & query.vocabulary
    profile = query.profiles.get(known)
    if profile is None:  # most sentences share one of a few sets
        profile = query.profiles[known] = tuple(_covered(slot, known) for slot in query.slots)
    return profile


def _coverage(query: Query, *profiles: Profile) -> float:
    """Return the weighed share of the slots that the profiles cover together."""
    if not query.weight:
        return 0.0
    together = tuple(map(max, *profiles)) if len(profiles) > 1 else profiles[0]
    gained: float = sum(map(mul, query.weights, together))
    return gained / query.weight


def _scaled(profile: Profile, factor: float) -> Profile:
    return tuple(share * factor for share in profile)


def _hit(
    query: Query, index: Index, row: int, cosine: float, sparse: float, nearness: float
) -> Hit:
    view = index.view(row)
    alone = [_profile(query, found) for found in view.sentence_terms]
    heading = _scaled(_profile(query, view.heading_terms), HEADING)
    title = _scaled(_profile(query, view.title_terms), TITLE)
    unit = _coverage(query, heading, title, *alone)
    first, last, quoted = _best_sentences(query, view, alone)
    start, end = view.sentences[first][0], view.sentences[last][1]
    text = index.documents[index.units[row].doc_id].text[start:end]
    kind = index.units[row].kind
    score = 0.5 * unit + 0.3 * quoted + 0.15 * max(cosine, 0.0) + 0.15 * sparse + nearness
    score -= 0.1 if kind == "preamble" else 0.0
    return Hit(row, score, unit, quoted, cosine, start, end, holds_number(text))


def _best_sentences(
    query: Query, view: UnitView, alone: Sequence[Profile]
) -> tuple[int, int, float]:
    """Return the numbers of the first and last sentence to quote, and their coverage."""
    shares = [_coverage(query, profile) for profile in alone]
    best = max(range(len(shares)), key=lambda number: (shares[number], -number))
    chosen = (best, best, shares[best])
    start, end = view.sentences[best]
    for first, last in ((best, best + 1), (best - 1, best)):
        if first < 0 or last >= len(shares):
            continue
        length = view.sentences[last][1] - view.sentences[first][0]
        gained = _coverage(query, alone[first], alone[last])
        bare_heading = end - start < 16 and first == best
        if (gained > chosen[2] + 0.08 and length <= QUOTE_LENGTH) or bare_heading:
            chosen = (first, last, max(gained, chosen[2]))
    return chosen
