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
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from knowledge.answering.confidence import OF_TAUGHT, OF_TEXT, numbers_first, text_values
from knowledge.answering.query import Query, read_query
from knowledge.answering.ranking import FEATURES, OF_SENTENCE, SIGNALS, WEIGHTS, Hit, Ranker
from knowledge.documents.sample_questions import unanswered
from knowledge.index.builder import load_index, rebuild_index
from knowledge.index.scope import learn_scope, sayings
from knowledge.ingest import ingest
from knowledge.training.data import OWN
from knowledge.training.splits import ASKED_PART, half_of
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

SEED = 20
LEFT = (1.0, 1.0, 0.5, 0.2)  # shares of a unit's other asks that stay, in turn
FOLDS = 5
SAME_RULE = 0.6  # cosine of units of two documents from which both may be right
CITY_QUESTIONS = OWN / "city.tsv"
NOWHERE = "-"
ANSWERED = 2.0  # questions about an untaught document that it answers, for each it does not
CITY = 1_000_000  # groups of the city's units are counted from here, to be none of the notices'

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """One question with its hits: which is right (-1: none), and which sentence of it (-1).

    ``group`` is the row of the right unit, below zero where no document answers.
    """

    query: Query
    group: int
    hits: tuple[Hit, ...]
    right: int
    sentence: int = -1


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
        if half_of(ask.text) != ASKED_PART:
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
    """Ask about documents that nobody taught; ``names`` are their ids by the names of files.

    Those that the encoder has learnt from are left out.
    """
    index = ranker.index
    by_key = {
        (index.document(row).doc_id, index.unit(row).key): row for row in range(len(index.store))
    }
    for number, (file, key, text) in enumerate(city_questions()):
        if file != NOWHERE and half_of(file) != ASKED_PART:
            continue
        query = read_query(text, index.text.terms.rarity)
        hits = tuple(ranker.rank(query))
        if file == NOWHERE:
            yield Asked(query, -CITY - number, hits, -1)
        elif (row := by_key.get((names[file], key))) is not None:
            rows = [hit.row for hit in hits]
            yield Asked(query, CITY + row, hits, rows.index(row) if row in rows else -1)


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


def judge(
    name: str, asked: Sequence[Asked], weights: Matrix, said: Sequence[str] | None = None
) -> tuple[Matrix, float]:
    """Learn when documents answer; print what each threshold refuses; return the model.

    ``said``: the taught documents' own words; None for documents that are not taught.
    """
    kept = [(one, hits) for one in asked if (hits := ordered(one, weights))]
    if said is None:
        rows = np.array([text_values(hits) for _, hits in kept])
    else:
        of_scope = scopes([one for one, _ in kept], said)
        rows = np.column_stack([[hits[0].features for _, hits in kept], of_scope])
    answered = np.array([one.group >= 0 for one, _ in kept])
    groups = [one.group for one, _ in kept]
    model = LogisticRegression(C=1.0, max_iter=1000, class_weight="balanced")
    guess = cross_val_predict(
        model, rows, answered, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    print(f"{name}: n {len(rows)}, area under the curve {roc_auc_score(answered, guess):.3f}")
    for at in (0.3, 0.4, 0.5, 0.6, 0.7):
        refused = guess < at
        print(
            f"  at {at}: refused {np.mean(refused[answered]):.3f} of the answered, "
            f"{np.mean(refused[~answered]):.3f} of the unanswered"
        )
    model.fit(rows, answered)
    return model.coef_[0], float(model.intercept_[0])


def open_library(
    paths: Sequence[Path], encoder: str
) -> tuple[Ranker, dict[str, str], tempfile.TemporaryDirectory[str]]:
    """Index the documents of ``paths`` in a scratch database; return their ids by file, too."""
    scratch = tempfile.TemporaryDirectory(prefix="zhida-ranking-")
    settings = Settings(var_dir=Path(scratch.name), database_url="", encoder=encoder)
    database = Database(settings.database)
    upgrade(database)
    results = ingest(database, settings, paths, now=datetime.now(UTC))
    names = {result.path.name: result.doc_id for result in results if result.doc_id}
    ranker = Ranker(load_index(settings, rebuild_index(database, settings)))
    database.close()
    return ranker, names, scratch


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=Path, required=True, help="the notices as ingested")
    parser.add_argument("--city", type=Path, required=True, help="the documents of a city")
    parser.add_argument("--encoder", default="", help="a model that has learnt from part 0 only")
    arguments = parser.parse_args()
    ranker, _names, scratch = open_library([arguments.policies], arguments.encoder)
    with scratch:
        asked = list(ask_again(ranker))
        refused = list(ask_unanswered(ranker))
        said = sayings(ranker.index.store, ranker.index.documents)
        untaught = [*ask_again(ranker, taught=False), *ask_unanswered(ranker, taught=False)]
    files = dict.fromkeys(file for file, _, _ in city_questions() if file != NOWHERE)
    ranker, names, scratch = open_library(
        [arguments.city / file for file in files], arguments.encoder
    )
    with scratch:
        city = list(ask_city(ranker, names))
        kind = ranker.index.encoder.kind
    # The city's questions are few, its kinds of documents are most: they count as often.
    both = [*asked, *city * max(1, round(len(asked) / len(city)))]
    features = learn(*pairwise(both, len(FEATURES)))
    signals = learn(*pairwise(both, len(SIGNALS)))
    of_sentence = learn(*sentences(asked))
    for name, some in (("asks", asked), ("city", [one for one in city if one.group >= 0])):
        one, three = cross_validated(some)
        print(f"{name} {len(some)}: hit@1 {one:.3f}, hit@3 {three:.3f} (over other units)")
    judged = judge("taught", [*asked, *refused], features, said)
    judge("untaught notices", untaught, features)
    alone = judge("city", city, features)
    data = {
        "signals": _named(SIGNALS, signals),
        "features": _named(FEATURES, features),
        "sentence": _named(OF_SENTENCE, of_sentence),
        "taught": _judging(OF_TAUGHT, *judged),
        "untaught": _judging(OF_TEXT, alone[0], alone[1] + math.log(ANSWERED)),
    }
    (WEIGHTS / f"ranking-{kind}.json").write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _judging(names: Sequence[str], weights: Matrix, intercept: float) -> Mapping[str, float]:
    return {**_named(names, weights), "intercept": round(intercept, 4)}


def _named(names: Sequence[str], values: Matrix) -> Mapping[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
