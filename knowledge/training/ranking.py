"""Learn what each ranking signal weighs: ``python -m knowledge.training.ranking``.

The questions are our own: every shipped way of asking is asked again while it, and at random
some of its neighbours, count as absent; the right unit is the one it belongs to. Questions
that no notice answers, and asks whose unit is hidden, teach when to refuse. No evaluation
file is read. Prints what cross-validation over units measures, and writes
``knowledge/data/ranking.json``.
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from knowledge.index import load_index, rebuild_index
from knowledge.ingest import ingest
from knowledge.query import read_query
from knowledge.ranking import FEATURES, OF_SENTENCE, SIGNALS, WEIGHTS, Hit, Ranker
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

SEED = 20
LEFT = (1.0, 1.0, 0.5, 0.2)  # shares of a unit's other asks that stay, in turn
FOLDS = 5
UNCOVERED = Path(__file__).parent / "data" / "uncovered.txt"

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """One question with its hits: which is right (-1: none), and which sentence of it (-1)."""

    group: int
    hits: tuple[Hit, ...]
    right: int
    sentence: int = -1


def ask_again(ranker: Ranker) -> Iterator[Asked]:
    """Ask every ask of the index in its own document, some of its neighbours absent."""
    index = ranker.index
    chance = random.Random(SEED)  # noqa: S311
    by_row: dict[int, list[int]] = {}
    for number, ask in enumerate(index.asks):
        by_row.setdefault(ask.row, []).append(number)
    for number, ask in enumerate(index.asks):
        left = LEFT[number % len(LEFT)]
        gone = frozenset(n for n in by_row[ask.row] if chance.random() >= left) | {number}
        query = read_query(ask.text, index.text.terms.rarity)
        own = index.store.owners == index.store.owners[ask.row]
        hits = tuple(ranker.rank(query, allowed=own, without=gone))
        rows = [hit.row for hit in hits]
        right = rows.index(ask.row) if ask.row in rows else -1
        yield Asked(ask.row, hits, right, _meant(ranker, ask.row, ask.about))


def ask_hidden(ranker: Ranker) -> Iterator[Asked]:
    """Ask every ask again in its own document without the unit that answers it."""
    index = ranker.index
    for number, ask in enumerate(index.asks):
        query = read_query(ask.text, index.text.terms.rarity)
        others = index.store.owners == index.store.owners[ask.row]
        others[ask.row] = False
        yield Asked(ask.row, tuple(ranker.rank(query, allowed=others)), -1)
        del number


def ask_uncovered(ranker: Ranker) -> Iterator[Asked]:
    """Ask what no notice answers."""
    lines = UNCOVERED.read_text("utf-8").splitlines()
    for number, line in enumerate(filter(None, lines)):
        query = read_query(line, ranker.index.text.terms.rarity)
        yield Asked(-number - 1, tuple(ranker.rank(query)), -1)


def _meant(ranker: Ranker, row: int, about: Sequence[str]) -> int:
    """Return the only sentence of a unit that has most of the terms ``about``; -1 for none."""
    text = ranker.index.unit(row).text
    found = [
        sum(term in text[start:end] for term in about)
        for start, end in ranker.index.views.view(row).spans
    ]
    best = max(found)
    return found.index(best) if best and found.count(best) == 1 and len(found) > 1 else -1


def pairwise(asked: Sequence[Asked], width: int) -> tuple[Matrix, Matrix, Matrix]:
    """Return differences right minus wrong (and back) of the first ``width`` features."""
    rows, labels, groups = [], [], []
    for one in asked:
        if one.right < 0:
            continue
        good = np.array(one.hits[one.right].features[:width])
        for number, hit in enumerate(one.hits):
            if number != one.right:
                gap = good - np.array(hit.features[:width])
                rows += [gap, -gap]
                labels += [1, 0]
                groups += [one.group] * 2
    return np.array(rows), np.array(labels), np.array(groups)


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


def first_right(asked: Sequence[Asked], weights: Matrix) -> tuple[float, float]:
    """Return hit@1 and hit@3 of ``asked`` when scored by ``weights``."""
    ranks = []
    for one in asked:
        scores = [float(weights @ hit.features) for hit in one.hits]
        ranks.append(sum(score > scores[one.right] for score in scores) if one.right >= 0 else 99)
    return float(np.mean([rank < 1 for rank in ranks])), float(np.mean([r < 3 for r in ranks]))


def cross_validated(asked: Sequence[Asked]) -> tuple[float, float]:
    """Return hit@1 and hit@3 with weights learnt on other units."""
    groups = np.array([one.group for one in asked])
    found = []
    for train, test in GroupKFold(FOLDS).split(groups, groups=groups):
        rows, labels, _ = pairwise([asked[n] for n in train], len(FEATURES))
        found.append(first_right([asked[n] for n in test], learn(rows, labels)))
    one, three = np.mean(found, axis=0)
    return float(one), float(three)


def judged(
    asked: Sequence[Asked], unanswerable: Sequence[Asked], weights: Matrix
) -> tuple[Matrix, Matrix, Matrix, Matrix]:
    """Return features of each question's best hit, whether it is right, weight and group."""
    rows, labels, masses, groups = [], [], [], []
    for one, mass in [*((a, 1.0) for a in asked), *((a, 1.5) for a in unanswerable)]:
        if not one.hits:
            continue
        scores = [float(weights @ hit.features) for hit in one.hits]
        best = int(np.argmax(scores))
        rows.append(one.hits[best].features)
        labels.append(float(best == one.right))
        masses.append(mass)
        groups.append(one.group)
    return np.array(rows), np.array(labels), np.array(masses), np.array(groups)


def open_library(folders: Sequence[Path]) -> tuple[Ranker, tempfile.TemporaryDirectory[str]]:
    """Index the documents of ``folders`` in a scratch database."""
    scratch = tempfile.TemporaryDirectory(prefix="zhida-ranking-")
    settings = Settings(var_dir=Path(scratch.name), database_url="")
    database = Database(settings.database)
    upgrade(database)
    ingest(database, settings, folders, now=datetime.now(UTC))
    ranker = Ranker(load_index(settings, rebuild_index(database, settings)))
    database.close()
    return ranker, scratch


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=Path, required=True, help="the notices as ingested")
    arguments = parser.parse_args()
    ranker, scratch = open_library([arguments.policies])
    with scratch:
        asked = list(ask_again(ranker))
        hidden = [*ask_hidden(ranker), *ask_uncovered(ranker)]
        uncovered = list(ask_uncovered(ranker))
    del hidden
    rows, labels, _ = pairwise(asked, len(FEATURES))
    features = learn(rows, labels)
    signals = learn(*pairwise(asked, len(SIGNALS))[:2])
    of_sentence = learn(*sentences(asked))
    one, three = cross_validated(asked)
    print(f"asks {len(asked)}: hit@1 {one:.3f}, hit@3 {three:.3f} (cross-validated)")
    rows, right, masses, _ = judged(asked, uncovered, features)
    model = LogisticRegression(C=1.0, max_iter=1000).fit(rows, right, sample_weight=masses)
    guess = model.predict_proba(rows)[:, 1]
    report(guess, right, len(asked))
    write(signals, features, of_sentence, model.coef_[0], float(model.intercept_[0]))


def report(guess: Matrix, right: Matrix, answerable: int) -> None:
    """Print what each threshold would refuse and let pass."""
    for at in (0.3, 0.4, 0.5, 0.6, 0.7):
        given = guess >= at
        print(
            f"at {at}: answered {np.mean(given[:answerable]):.3f} of the answerable, "
            f"right {np.mean(right[given]) if given.any() else 0:.3f} of what is answered, "
            f"refused {1 - np.mean(given[answerable:]):.3f} of the uncovered"
        )


def write(
    signals: Matrix, features: Matrix, of_sentence: Matrix, probability: Matrix, intercept: float
) -> None:
    """Write the weights, scaled so that scores are of the order of one."""
    data = {
        "signals": _named(SIGNALS, signals),
        "features": _named(FEATURES, features),
        "sentence": _named(OF_SENTENCE, of_sentence),
        "probability": {**_named(FEATURES, probability), "intercept": round(intercept, 4)},
    }
    WEIGHTS.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def _named(names: Sequence[str], values: Matrix) -> Mapping[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


if __name__ == "__main__":
    main()
