"""Learn what each ranking signal weighs: ``python -m knowledge.training.ranking``.

The questions are our own. Shipped ways of asking are asked again while they, and at random some
of their neighbours, count as absent; the right unit is the one they belong to. Documents as a city
has them are asked about without any way of asking (``data/city.tsv``: file, unit, question; "-"
where none of them answers), since that is how most documents come. Questions that nothing answers
teach when to refuse. No evaluation file is read.

Weights must be learnt from questions that the encoder has not learnt from, or they would trust
it too much: ``python -m knowledge.training --part 0 --out FOLDER`` makes an encoder of half of
the asks, and ``--encoder FOLDER`` here asks the other half. Prints what cross-validation over
units measures, and writes ``knowledge/answering/data/ranking-KIND.json``.
"""

import argparse
import json
import math
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from knowledge.answering.confidence import OF_TAUGHT, OF_TEXT, is_asked, numbers_first, text_values
from knowledge.answering.hits import Hit
from knowledge.answering.query import Query, read_query
from knowledge.answering.ranking import FEATURES, OF_SENTENCE, SIGNALS, WEIGHTS, Ranker
from knowledge.answering.rereading import LikenessWeight, rereader
from knowledge.documents.sample_questions import unanswered
from knowledge.index.builder import load_index, rebuild_index
from knowledge.index.contents import ABSENT
from knowledge.index.scope import learn_scope, sayings
from knowledge.ingest import DIGESTS, ingest
from knowledge.laws.catalogue import listed_laws
from knowledge.laws.library import bring_laws
from knowledge.training.data import OWN, stories
from knowledge.training.splits import ASKED_PART, half_of
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

SEED = 20
STRENGTH = 0.05  # inverse of a judgement's regularisation
LEFT = (1.0, 1.0, 0.5, 0.2)  # shares of a unit's other asks that stay, in turn
FOLDS = 5
SAME_RULE = 0.6  # cosine of units of two documents from which both may be right
CITY_QUESTIONS = OWN / "city.tsv"
NOWHERE = "-"
ANSWERED = 2.0  # questions about an untaught document that it answers, for each it does not
PAIRS = OWN / "pairs.tsv"
LAWS = 2_000_000
CITY = 1_000_000  # groups of the city's units are counted from here, to be none of the notices'

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """One question with its hits: which is right (-1: none), and which sentence of it (-1).

    ``group`` is the row of the right unit, below zero where no document answers; ``without`` are
    the sample questions that counted as absent.
    """

    query: Query
    group: int
    hits: tuple[Hit, ...]
    right: int
    sentence: int = -1
    without: frozenset[int] = frozenset()


def ask_again(ranker: Ranker, *, taught: bool = True) -> Iterator[Asked]:
    """Ask the asks that the encoder has not seen, in all documents.

    Units of other documents that say the same are left out. Not ``taught``: no way of asking
    is known at all.
    """
    index = ranker.index
    chance = random.Random(SEED)  # noqa: S311
    vectors = np.stack([index.text.vectors.vector(row) for row in range(len(index.store))])
    by_row: dict[int, list[int]] = {}
    by_text: dict[str, list[int]] = {}
    for number, ask in enumerate(index.sample_questions):
        by_row.setdefault(ask.row, []).append(number)
        by_text.setdefault(ask.text, []).append(number)
    everything = frozenset(range(len(index.sample_questions)))
    for number, ask in enumerate(index.sample_questions):
        if not _is_taught(ranker, ask.row) or half_of(ask.text) != ASKED_PART:
            continue
        left = LEFT[number % len(LEFT)]
        gone = {n for n in by_row[ask.row] if chance.random() >= left} | set(by_text[ask.text])
        query = read_query(ask.text, index.text.terms.rarity)
        found = ranker.rank(query, without=frozenset(gone) if taught else everything)
        alike = vectors @ vectors[ask.row] >= SAME_RULE
        alike &= index.store.owners != index.store.owners[ask.row]
        hits = tuple(hit for hit in found if not alike[hit.row])
        rows = [hit.row for hit in hits]
        right = rows.index(ask.row) if ask.row in rows else -1
        yield Asked(query, ask.row, hits, right, _meant(ranker, ask.row, ask.about))


def ask_unanswered(ranker: Ranker, *, taught: bool = True) -> Iterator[Asked]:
    """Ask what no notice answers."""
    index = ranker.index
    without = frozenset() if taught else frozenset(range(len(index.sample_questions)))
    for number, text in enumerate(unanswered()):
        query = read_query(text, index.text.terms.rarity)
        yield Asked(query, -number - 1, tuple(ranker.rank(query, without=without)), -1)


def ask_city(ranker: Ranker, names: Mapping[str, str]) -> Iterator[Asked]:
    """Ask about documents as a city has them; ``names`` are their ids by the names of files.

    No way of asking counts as known. Half of them the encoder has learnt from: among these 0.715
    of the right units come first, among the others 0.682.
    """
    index = ranker.index
    by_key = {
        (index.document(row).doc_id, index.unit(row).key): row for row in range(len(index.store))
    }
    asks = list(enumerate(index.sample_questions))
    of_these = {number for number, ask in asks if ask.row != ABSENT}
    by_text: dict[str, set[int]] = {}
    for number, ask in asks:
        by_text.setdefault(ask.text, set()).add(number)
    for number, (file, key, text) in enumerate(city_questions()):
        query = read_query(text, index.text.terms.rarity)
        without = frozenset(of_these | by_text.get(text, set()))
        hits = tuple(ranker.rank(query, without=without))
        if file == NOWHERE:
            yield Asked(query, -CITY - number, hits, -1, without=without)
        elif (row := by_key.get((names[file], key))) is not None:
            rows = [hit.row for hit in hits]
            right = rows.index(row) if row in rows else -1
            yield Asked(query, CITY + row, hits, right, without=without)


def ask_laws(ranker: Ranker) -> Iterator[Asked]:
    """Ask what articles of law answer, and what only regulations do that are not here.

    As in ``ask_again``; what the n-grams have learnt from is left out. Every other one is told as a
    story, as people in need do.
    """
    index = ranker.index
    before, behind = stories()
    seen = {line.split("\t")[2] for line in PAIRS.read_text("utf-8").splitlines()}
    chance = random.Random(SEED)  # noqa: S311
    by_row: dict[int, list[int]] = {}
    by_text: dict[str, list[int]] = {}
    for number, ask in enumerate(index.sample_questions):
        by_row.setdefault(ask.row, []).append(number)
        by_text.setdefault(ask.text, []).append(number)
    for number, ask in enumerate(index.sample_questions):
        same = by_text[ask.text]
        if ask.text in seen or number != same[0] or _is_taught(ranker, ask.row):
            continue
        left = LEFT[number % len(LEFT)]
        siblings = by_row[ask.row] if ask.row != ABSENT else ()
        gone = frozenset({n for n in siblings if chance.random() >= left} | set(same))
        told = (chance.choice(before), ask.text, *chance.sample(behind, 2)) if number % 2 else ()
        query = read_query("，".join(told) or ask.text, index.text.terms.rarity)
        hits = tuple(ranker.rank(query, without=gone))
        rows = [hit.row for hit in hits]
        right = [rows.index(row) for n in same if (row := index.sample_questions[n].row) in rows]
        group = -LAWS - number if ask.row == ABSENT else LAWS + ask.row
        yield Asked(query, group, hits, min(right, default=-1), without=gone)


def _is_taught(ranker: Ranker, row: int) -> bool:
    return row != ABSENT and ranker.index.document(row).taught


def city_questions() -> list[tuple[str, str, str]]:
    """Return (name of file, key of unit, question) of the city's documents."""
    lines = CITY_QUESTIONS.read_text("utf-8").splitlines()
    return [(file, key, text) for file, key, text in (line.split("\t") for line in lines)]


def _meant(ranker: Ranker, row: int, about: Sequence[str]) -> int:
    """Return the only sentence of a unit that has most of the terms ``about``; -1 for none."""
    text = ranker.index.unit(row).text
    spans = ranker.index.views.view(row).spans
    found = [sum(term in text[start:end] for term in about) for start, end in spans]
    best = max(found)
    return found.index(best) if best and found.count(best) == 1 and len(found) > 1 else -1


def pairwise(asked: Sequence[Asked], width: int) -> tuple[Matrix, Matrix]:
    """Return differences right minus wrong (and back) of the first ``width`` features."""
    rows, labels = [], []
    for one in asked:
        if one.right < 0:
            continue
        good = np.array(one.hits[one.right].features[:width])
        for number, hit in enumerate(one.hits):
            if number != one.right:
                gap = good - np.array(hit.features[:width])
                rows += [gap, -gap]
                labels += [1, 0]
    return np.array(rows), np.array(labels)


def sentences(asked: Sequence[Asked]) -> tuple[Matrix, Matrix]:
    """Return differences between the meant sentence and the others of its unit."""
    rows, labels = [], []
    for one in asked:
        if one.right < 0 or one.sentence < 0:
            continue
        values = one.hits[one.right].of_sentences
        for number in range(len(values)):
            if number != one.sentence:
                gap = values[one.sentence] - values[number]
                rows += [gap, -gap]
                labels += [1, 0]
    return np.array(rows), np.array(labels)


def learn(rows: Matrix, labels: Matrix) -> Matrix:
    """Return the weights of a logistic model without intercept."""
    model = LogisticRegression(fit_intercept=False, C=1.0, max_iter=1000).fit(rows, labels)
    weights: Matrix = model.coef_[0]
    return weights


def cross_validated(asked: Sequence[Asked]) -> tuple[float, float]:
    """Return hit@1 and hit@3 with weights learnt on other units."""
    groups = np.array([one.group for one in asked])
    ranks: list[int] = []  # a question whose right unit was not found counts as below all
    for train, test in GroupKFold(FOLDS).split(groups, groups=groups):
        weights = learn(*pairwise([asked[n] for n in train], len(FEATURES)))
        for one in (asked[n] for n in test):
            scores = [float(weights @ hit.features) for hit in one.hits]
            right = scores[one.right] if one.right >= 0 else np.inf
            ranks.append(
                sum(score > right for score in scores) if one.right >= 0 else len(FEATURES)
            )
    return float(np.mean(np.array(ranks) < 1)), float(np.mean(np.array(ranks) < 3))


def ordered(one: Asked, weights: Matrix) -> list[Hit]:
    """Return the hits as ``weights`` score them, in the order an answer would take them."""
    scored = [replace(hit, score=float(weights @ hit.features)) for hit in one.hits]
    return numbers_first(one.query, sorted(scored, key=lambda hit: -hit.score))


def scopes(asked: Sequence[Asked], said: Sequence[str]) -> Matrix:
    """Return for every question what a scope says that has not learnt from it or its unit.

    ``said`` are the documents' own words, which are known whatever is asked.
    """
    groups = np.array([one.group for one in asked])
    texts = [one.query.text for one in asked]
    answered = groups >= 0
    found = np.zeros(len(asked))
    for train, test in GroupKFold(FOLDS).split(groups, groups=groups):
        scope = learn_scope(
            [*(texts[n] for n in train if answered[n]), *said],
            [texts[n] for n in train if not answered[n]],
        )
        found[test] = [scope.log_odds(texts[n]) for n in test]
    return found


def judge_taught(
    asked: Sequence[Asked], weights: Matrix, said: Sequence[str]
) -> tuple[Matrix, float]:
    """Learn when taught documents answer; ``said`` are their own words."""
    kept = [(one, hits) for one in asked if (hits := ordered(one, weights))]
    of_scope = scopes([one for one, _ in kept], said)
    rows = np.column_stack([[hits[0].features for _, hits in kept], of_scope])
    return _judge("taught", rows, [one.group for one, _ in kept])


def judge_text(
    name: str, ranker: Ranker, asked: Sequence[Asked], weights: Matrix, *, known: bool = False
) -> tuple[Matrix, float]:
    """Learn when other documents answer; ``known``: of units near to a known question."""
    kept = [(one, hits) for one in asked if (hits := ordered(one, weights))]
    kept = [(one, hits) for one, hits in kept if is_asked(hits[0]) or not known]
    rows = [text_values(ranker, one.query, hits, one.without) for one, hits in kept]
    return _judge(name, np.array(rows), [one.group for one, _ in kept])


def _judge(name: str, rows: Matrix, groups: Sequence[int]) -> tuple[Matrix, float]:
    """Return a model's weights and intercept; print what each threshold refuses.

    Answered and unanswered questions count as much.
    """
    answered = np.array(groups) >= 0
    spread = rows.std(axis=0) + 1e-9
    scaled = rows / spread
    model = LogisticRegression(C=STRENGTH, max_iter=3000, class_weight="balanced")
    guess = cross_val_predict(
        model, scaled, answered, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    print(f"{name}: n {len(rows)}, area under the curve {roc_auc_score(answered, guess):.3f}")
    for at in (0.3, 0.4, 0.5, 0.6, 0.7):
        refused = guess < at
        print(
            f"  at {at}: refused {np.mean(refused[answered]):.3f} of the answered, "
            f"{np.mean(refused[~answered]):.3f} of the unanswered"
        )
    model.fit(scaled, answered)
    return model.coef_[0] / spread, float(model.intercept_[0])


def open_library(
    paths: Sequence[Path],
    encoder: str,
    *,
    laws: bool = False,
    likeness: LikenessWeight | None = None,
) -> tuple[Ranker, dict[str, str], tempfile.TemporaryDirectory[str]]:
    """Index the documents of ``paths`` in a scratch database; return their ids by file, too.

    ``laws``: with the packaged ones; ``likeness``: the units found are compared token by token.
    """
    scratch = tempfile.TemporaryDirectory(prefix="zhida-ranking-")
    settings = Settings(var_dir=Path(scratch.name), database_url="", encoder=encoder)
    database = Database(settings.database)
    upgrade(database)
    results = ingest(database, settings, paths, now=datetime.now(UTC)) if paths else []
    if laws:
        bring_laws(database, settings, [law.name for law in listed_laws()], now=datetime.now(UTC))
    names = {result.path.name: result.doc_id for result in results if result.doc_id}
    index = load_index(settings, rebuild_index(database, settings))
    ranker = Ranker(index, rereader=rereader(settings, likeness))
    database.close()
    return ranker, names, scratch


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=Path, required=True, help="the notices as ingested")
    parser.add_argument("--city", type=Path, required=True, help="the documents of a city")
    parser.add_argument("--encoder", default="", help="a model that has learnt from part 0 only")
    arguments = parser.parse_args()
    with ExitStack() as open_ones:

        def opened(paths: Sequence[Path], *, laws: bool = False) -> tuple[Ranker, dict[str, str]]:
            ranker, names, scratch = open_library(paths, arguments.encoder, laws=laws)
            open_ones.enter_context(scratch)
            return ranker, names

        notices, _ = opened([arguments.policies])
        asked, refused = list(ask_again(notices)), list(ask_unanswered(notices))
        files = dict.fromkeys(file for file, _, _ in city_questions() if file != NOWHERE)
        cities, names = opened([arguments.city / file for file in files])
        city = list(ask_city(cities, names))
        library, _ = opened([DIGESTS], laws=True)
        laws = list(ask_laws(library))
        kind = cities.index.encoder.kind
        # The city's questions are few, its kinds of documents are most: they count as often.
        both = [*asked, *city * max(1, round(len(asked) / len(city)))]
        features = learn(*pairwise(both, len(FEATURES)))
        signals = learn(*pairwise(both, len(SIGNALS)))
        of_sentence = learn(*sentences(asked))
        for name, some in (("asks", asked), ("city", city), ("laws", laws)):
            one, three = cross_validated([each for each in some if each.group >= 0])
            print(f"{name} {len(some)}: hit@1 {one:.3f}, hit@3 {three:.3f} (over other units)")
        said = sayings(notices.index.store, notices.index.documents)
        taught = judge_taught([*asked, *refused], features, said)
        text = judge_text("untaught", cities, city, features)
        known = judge_text("asked", library, laws, features, known=True)
    data = {
        "signals": _named(SIGNALS, signals),
        "features": _named(FEATURES, features),
        "sentence": _named(OF_SENTENCE, of_sentence),
        "taught": _judging(OF_TAUGHT, *taught),
        "asked": _judging(OF_TEXT, *known),
        "untaught": _judging(OF_TEXT, text[0], text[1] + math.log(ANSWERED)),
    }
    (WEIGHTS / f"ranking-{kind}.json").write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _judging(names: Sequence[str], weights: Matrix, intercept: float) -> Mapping[str, float]:
    return {**_named(names, weights), "intercept": round(intercept, 4)}


def _named(names: Sequence[str], values: Matrix) -> Mapping[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
