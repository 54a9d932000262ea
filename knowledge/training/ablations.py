"""What each part of the recipe is worth, measured on folds of the training questions.

``python -m knowledge.training.ablations --data DIR --policies DIR [--only NAME…] [--folds N]``
asks the first N of three folds, each of a model that has learnt from the other two. Held-out
questions are not looked at: the recipe and the weight of the cosine are chosen by this table.
"""

import argparse
import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.training.corpus import Scores, Sparse
from knowledge.training.learner import Learner, Recipe
from knowledge.training.measure import WEIGHTS, Task, figures, fused, rank_of, tasks
from knowledge.training.splits import fold, is_held_out
from knowledge.training.train import Material, Training, begin, gather

FOLDS = 3
VARIATIONS: dict[str, dict[str, Any]] = {
    "the recipe": {},
    "no pairs of our own": {"pairs": False},
    "no asks": {"asks": False},
    "no asks, no pairs": {"asks": False, "pairs": False},
    "no cloze beside the questions": {"cloze_share": 0.0},
    "more cloze beside the questions": {"cloze_share": 0.3},
    "no decoys": {"hard": 0},
    "6 decoys": {"hard": 6},
    "with questions of DRCD and CMRC": {"comprehension_share": 0.15},
    "with citations": {"citations_share": 0.3},
    "questions of one article alike": {"alike_share": 1.0},
    "lexicon as pairs": {"phrases_share": 1.0},
    "half the rate": {"rate": 1e-3},
    "twice the rate": {"rate": 4e-3},
    "dropout 0.4": {"dropout": 0.4},
    "16 passes": {"passes": 16},
    "temperature 0.1": {"temperature": 0.1},
    "no cloze passes": {"cloze_passes": 0},
    "8 cloze passes": {"cloze_passes": 8},
    "128 dimensions": {"dimensions": 128},
    "384 dimensions, 42,000 n-grams": {"dimensions": 384, "vocabulary": 42_000},
    "another seed": {"seed": 8},
}


class Ablations:
    """Trains variations on folds; what variations share is made once."""

    def __init__(self, material: Material, task: Task, folds: int = FOLDS) -> None:
        self._material, self._task, self._folds = material, task, folds
        self._learnt_from = [asked for asked in material.stard if not is_held_out(asked)]
        sparse = Sparse(task.texts)
        self._sparse = np.stack([sparse.scores(question) for question in task.questions])
        self._asked = np.array([fold(asked, FOLDS) < folds for asked in self._learnt_from])
        self._after_cloze = cache(self._learn_cloze)

    def rows(self, variations: dict[str, dict[str, Any]]) -> Iterator[str]:
        """Yield the lines of a Markdown table."""
        yield f"n = {self._asked.sum()}"
        yield ""
        yield "| | dense hit@5 | dense mrr@10 | fused hit@5 | fused mrr@10 | weight |"
        yield "| --- | --- | --- | --- | --- | --- |"
        alone = self._figures(self._sparse)
        yield f"| bm25s, characters | – | – | {alone['hit@5']:.3f} | {alone['mrr@10']:.3f} | 0 |"
        for name, changes in variations.items():
            cosines = self.cosines(replace(Recipe(), **changes))
            dense = self._figures(cosines)
            both = {
                weight: self._figures(fused(self._sparse, cosines, weight)) for weight in WEIGHTS
            }
            weight = max(both, key=lambda key: both[key]["hit@5"] + both[key]["mrr@10"])
            found = (dense["hit@5"], dense["mrr@10"], both[weight]["hit@5"], both[weight]["mrr@10"])
            cells = " | ".join(f"{value:.3f}" for value in found)
            yield f"| {name} | {cells} | {weight:g} |"

    def cosines(self, recipe: Recipe) -> Scores:
        """Return (questions, passages) cosines, each question's by a model that never saw it."""
        found = np.zeros_like(self._sparse)
        for number in range(self._folds):
            folds = [fold(asked, FOLDS) for asked in self._learnt_from]
            own = [row for row, place in enumerate(folds) if place == number]
            rest = [
                asked
                for asked, place in zip(self._learnt_from, folds, strict=True)
                if place != number
            ]
            training, learnt = self._after_cloze(
                recipe.seed, recipe.dimensions, recipe.vocabulary, recipe.cloze_passes
            )
            training.resume(copy.deepcopy(learnt), recipe)
            training.learn_questions(rest, lambda _: None)
            module = training.module()
            questions = module.vectors([self._task.questions[row] for row in own])
            found[own] = questions @ module.vectors(self._task.texts).T
        return found

    def _learn_cloze(
        self, seed: int, dimensions: int, vocabulary: int, cloze_passes: int
    ) -> tuple[Training, Learner]:
        recipe = Recipe(
            seed=seed, dimensions=dimensions, vocabulary=vocabulary, cloze_passes=cloze_passes
        )
        first = begin(self._material, self._learnt_from, recipe)
        training = Training(self._material, first, recipe)
        training.learn_cloze(lambda _: None)
        return training, training.learner

    def _figures(self, scores: Scores) -> dict[str, float]:
        answers = self._task.answers
        ranks = [rank_of(row, own) for row, own in zip(scores, answers, strict=True)]
        return figures(np.array(ranks)[self._asked])


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of public data")
    options.add_argument("--policies", type=Path, required=True, help="folder of the notices")
    options.add_argument("--only", nargs="*", choices=list(VARIATIONS), default=list(VARIATIONS))
    options.add_argument("--folds", type=int, choices=range(1, FOLDS + 1), default=FOLDS)
    given = options.parse_args()
    own, _ = tasks(given.data, lambda asked: not is_held_out(asked))
    ablations = Ablations(gather(given.data, given.policies), own, given.folds)
    for line in ablations.rows({name: VARIATIONS[name] for name in given.only}):
        print(line, flush=True)


if __name__ == "__main__":
    _main()
