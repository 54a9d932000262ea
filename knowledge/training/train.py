"""From data to a module: first inverse cloze over all passages, then questions."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from knowledge.training.corpus import Corpus, Sparse, best_rows
from knowledge.training.data import (
    Question,
    read_articles,
    read_citations,
    read_comprehension,
    read_pairs,
    read_phrases,
    read_sample_questions,
    read_stard,
    siblings,
)
from knowledge.training.examples import Asked, Bag, Batch, Cloze, Spread, decoys_of
from knowledge.training.initial import Start, start
from knowledge.training.learner import Learner, Recipe
from language.encoder.ngrams import CharacterNgrams

_WARM_UP = 50  # steps
_LAST_CLOZE_PACE = 0.3
_CONSIDERED = 60  # passages that BM25 puts first, for decoys
_Say = Callable[[str], None]


@dataclass(frozen=True)
class Material:
    """All data read: STARD's questions apart, since a part of them is held out."""

    corpus: Corpus
    stard: list[Question]
    pairs: list[Question]
    asks: list[Question]
    comprehension: list[Question]
    citations: list[Question]
    phrases: list[Question]


def gather(data: Path, policies: Path) -> Material:
    """Read all data; STARD's articles are the first rows of the corpus."""
    articles, corpus = read_articles(data), Corpus()
    stard, comprehension, asks = (
        read_stard(data),
        read_comprehension(data),
        read_sample_questions(policies),
    )
    corpus.answers(stard)
    for article in articles:
        corpus.add(article.text, article.name)
    corpus.answers((*comprehension, *asks))
    citations, phrases = read_citations(articles), read_phrases()
    return Material(corpus, stard, read_pairs(articles), asks, comprehension, citations, phrases)


def begin(material: Material, questions: Sequence[Question], recipe: Recipe) -> Start:
    """Return vocabulary and first vectors; ``questions`` as words that people use."""
    asked = [asked.text for asked in (*questions, *material.pairs, *material.asks)]
    asked += [asked.text for asked in material.comprehension]
    corpus = material.corpus.texts
    return start(corpus, asked, recipe.vocabulary, recipe.dimensions, recipe.seed)


class Training:
    """One training: cloze first, then questions; ``learner`` may be looked at in between."""

    def __init__(self, material: Material, first: Start, recipe: Recipe) -> None:
        torch.set_num_threads(1)
        self._material, self._recipe, self._first = material, recipe, first
        self._chance = np.random.default_rng(recipe.seed)
        self._rows = {gram: row for row, gram in enumerate(first.vocabulary)}
        self._cloze = Cloze(material.corpus, self._rows, recipe.cloze_size, self._chance)
        self._sparse = Sparse(material.corpus.texts)
        self._known_decoys: dict[str, list[int]] = {}
        self.learner = Learner(first, recipe)

    def learn_cloze(self, say: _Say) -> None:
        """Learn from the passages alone."""
        total = self._recipe.cloze_passes * self._cloze.per_pass
        began, losses = time.monotonic(), []
        for number, batch in enumerate(islice(self._cloze.batches(), total)):
            pace = min(1.0, (number + 1) / _WARM_UP)
            pace *= 1 - (1 - _LAST_CLOZE_PACE) * number / total
            losses.append(self.learner.step(batch, pace))
            if (number + 1) % self._cloze.per_pass == 0:
                say(f"cloze {number + 1}/{total}: {_mean(losses)}, {_since(began)}")
                losses.clear()

    def learn_questions(self, stard: Sequence[Question], say: _Say) -> None:
        """Learn from questions; ``stard`` are those of STARD that may be learnt from."""
        recipe = self._recipe
        groups = self._groups(stard)
        began = time.monotonic()
        for number in range(recipe.passes):
            batches = list(self._mixed(groups))
            losses = []
            for at, chosen in enumerate(self._chance.permutation(len(batches))):
                pace = 1 - (number + at / len(batches)) / recipe.passes
                losses.append(self.learner.step(batches[int(chosen)], pace))
            say(f"questions {number + 1}/{recipe.passes}: {_mean(losses)}, {_since(began)}")

    def resume(self, learner: Learner, recipe: Recipe) -> None:
        """Go on from ``learner`` by another recipe, with chance as at the beginning."""
        self._recipe, self.learner = recipe, learner
        self._chance.bit_generator.state = np.random.default_rng(recipe.seed).bit_generator.state
        learner.follow(recipe)

    def module(self) -> CharacterNgrams:
        """Return what has been learnt, as it ships."""
        return CharacterNgrams.of_vectors(self._first.vocabulary, self.learner.result())

    def _groups(self, stard: Sequence[Question]) -> list[Asked]:
        recipe, material = self._recipe, self._material
        pairs = material.pairs if recipe.pairs else []
        asks = material.asks if recipe.asks else []
        alike = siblings((*stard, *pairs, *asks))
        groups = [
            self._asked(stard),
            self._asked(pairs),
            self._asked(asks),
            self._alike(alike, recipe.alike_share),
            self._alike(material.phrases, recipe.phrases_share),
            self._asked(material.citations, recipe.citations_share, decoys=False),
            self._asked(material.comprehension, recipe.comprehension_share, decoys=False),
        ]
        return [group for group in groups if group.questions and group.share]

    def _mixed(self, groups: Sequence[Asked]) -> Iterator[Batch]:
        recipe = self._recipe
        for group in groups:
            yield from group.batches(recipe.size, recipe.hard, self._chance)
        yield from islice(self._cloze.batches(), round(recipe.cloze_share * self._cloze.per_pass))

    def _asked(
        self, questions: Sequence[Question], share: float = 1.0, *, decoys: bool = True
    ) -> Asked:
        """Return questions on passages of the corpus."""
        answers = self._material.corpus.answers(questions)
        found = [
            self._decoys(asked.text, rows) if decoys else []
            for asked, rows in zip(questions, answers, strict=True)
        ]
        return Asked(self._bags(questions), answers, found, self._cloze.whole, share)

    def _alike(self, questions: Sequence[Question], share: float) -> Asked:
        """Return questions whose answers are no passages: other wordings of themselves."""
        wordings = Corpus()
        answers = wordings.answers(questions)
        bags = [Spread(text, self._rows).part() for text in wordings.texts]
        return Asked(
            self._bags(questions), answers, [[] for _ in questions], bags.__getitem__, share
        )

    def _bags(self, questions: Sequence[Question]) -> list[Bag]:
        return [Spread(asked.text, self._rows).part() for asked in questions]

    def _decoys(self, question: str, answers: Sequence[int]) -> list[int]:
        found = self._known_decoys.get(question)
        if found is None:
            ranked = best_rows(self._sparse.scores(question), _CONSIDERED).tolist()
            found = decoys_of(answers, ranked, self._material.corpus)
            self._known_decoys[question] = found
        return found


def _mean(losses: Sequence[float]) -> str:
    return f"loss {np.mean(losses):.3f}"


def _since(began: float) -> str:
    return f"{time.monotonic() - began:.0f} s"
