"""Examples to learn from: batches of questions against passages, as rows of n-grams.

Two kinds. An inverse cloze (Lee, Chang & Toutanova 2019) asks with one clause of an article
for the rest of it; a question asks for its passage, beside passages that BM25 takes for it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.training.corpus import Corpus
from language.terms import normalise

Bag = NDArray[np.int64]  # rows of a text's n-grams
_CLAUSE_END = re.compile(r"[。；;！？!?，,：:\n]")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")
_UNKNOWN = -1
# How laypeople wrap the matter of a question: a clause of law asked so is nearer to theirs.
_WRAPPERS = re.findall(
    r"\w+",
    "怎么办 如何处理 可以吗 合法吗 是什么 有哪些 应该怎么做 需要承担什么责任 是否有效 能不能 "
    "怎么算 需要什么条件 谁来承担 有什么规定 请问 我想问一下 怎么处理 要赔偿吗 多久 如何认定 "
    "什么情况下 行不行 犯法吗 什么意思 是否可以 可不可以 该怎么办呢 应该找谁 怎么维权",
)


@dataclass(frozen=True)
class Batch:
    """``passages[i]`` answers ``questions[i]``; more passages answer none.

    ``also`` (questions, passages) is true where a passage that is not the question's own
    answers it too: it is no counter-example.
    """

    questions: list[Bag]
    passages: list[Bag]
    also: NDArray[np.bool_]


class Spread:
    """A text's n-grams by place, so that any part of it is cut without reading it again."""

    def __init__(self, text: str, rows: dict[str, int]) -> None:
        self.text = normalise(text)
        self._singles = np.array([rows.get(char, _UNKNOWN) for char in self.text], dtype=np.int64)
        pairs = [rows.get(one + other, _UNKNOWN) for one, other in pairwise(self.text)]
        self._pairs = np.array([*pairs, _UNKNOWN], dtype=np.int64)[: len(self.text)]
        for word in _WORD.finditer(self.text):
            start, end = word.span()
            self._singles[start:end] = self._pairs[start:end] = _UNKNOWN
            self._singles[start] = rows.get(word[0], _UNKNOWN)

    def part(self, start: int = 0, end: int | None = None) -> Bag:
        """Return the known n-grams within ``text[start:end]``."""
        stop = len(self.text) if end is None else max(start, min(end, len(self.text)))
        found = np.concatenate(
            (self._singles[start:stop], self._pairs[start : max(start, stop - 1)])
        )
        known: Bag = found[found != _UNKNOWN]
        return known

    def clauses(self) -> list[tuple[int, int]]:
        """Return the spans between punctuation marks."""
        cuts = [0, *(mark.end() for mark in _CLAUSE_END.finditer(self.text)), len(self.text)]
        return [(start, end) for start, end in pairwise(cuts) if start < end]


class Cloze:
    """Endless inverse-cloze batches over the passages of a corpus."""

    WINDOW = 120  # characters of the rest on each side
    SHORTEST, LONGEST = 6, 40
    KEPT = 0.1  # how often the clause stays in the passage: the same words still mean the same
    NAMED = 0.3  # how often the law's name stands in the passage
    WRAPPED = 0.4  # how often the clause is asked as people ask

    def __init__(
        self, corpus: Corpus, rows: dict[str, int], size: int, chance: np.random.Generator
    ) -> None:
        self._spread = [Spread(text, rows) for text in corpus.texts]
        self._clauses = [text.clauses() for text in self._spread]
        bags = {name: Spread(name, rows).part() for name in set(corpus.names)}
        self._names = [bags[name] for name in corpus.names]
        self._wrappers = [Spread(text, rows).part() for text in _WRAPPERS]
        self._size, self._chance = size, chance
        self.per_pass = len(corpus) // size

    def whole(self, row: int) -> Bag:
        """Return all n-grams of a passage."""
        return self._spread[row].part(0, 400)

    def batches(self) -> Iterator[Batch]:
        """Yield batches, every passage once in each pass; never ends."""
        questions: list[Bag] = []
        passages: list[Bag] = []
        while True:
            for row in self._chance.permutation(len(self._spread)):
                question, passage = self._cut(int(row))
                if len(question) < 4 or len(passage) < 8:
                    continue
                questions.append(question)
                passages.append(passage)
                if len(questions) == self._size:
                    yield Batch(questions, passages, np.zeros((self._size, self._size), bool))
                    questions, passages = [], []

    def _cut(self, row: int) -> tuple[Bag, Bag]:
        text, chance = self._spread[row], self._chance
        start, end = self._clause(row)
        question = text.part(start, end)
        around = (max(0, start - self.WINDOW), start), (end, end + self.WINDOW)
        rest = [text.part(*span) for span in around]
        if chance.random() < self.KEPT:
            rest.append(question)
        if chance.random() < self.NAMED:
            rest.append(self._names[row])
        if chance.random() < self.WRAPPED:
            wrapper = self._wrappers[chance.integers(len(self._wrappers))]
            question = np.concatenate((wrapper, question))
        return question, np.concatenate(rest)

    def _clause(self, row: int) -> tuple[int, int]:
        """Return a clause, lengthened by those after it when short, cut when long."""
        clauses, chance = self._clauses[row], self._chance
        first = int(chance.integers(len(clauses)))
        start, end = clauses[first]
        for _, later in clauses[first + 1 :]:
            if end - start >= self.SHORTEST:
                break
            end = later
        if end - start > self.LONGEST:
            start = int(chance.integers(start, end - 25))
            end = start + int(chance.integers(10, 25))
        return start, end


@dataclass(frozen=True)
class Asked:
    """Questions of one source: n-grams, rows that answer, rows that only look so.

    ``passage`` gives a row's n-grams; ``share`` of the questions is taken in each pass.
    """

    questions: list[Bag]
    answers: list[list[int]]
    decoys: list[list[int]]
    passage: Callable[[int], Bag]
    share: float = 1.0

    def batches(self, size: int, hard: int, chance: np.random.Generator) -> Iterator[Batch]:
        """Yield batches of about ``size`` questions, each with ``hard`` decoys of its own."""
        taken = round(self.share * len(self.questions))
        order = chance.permutation(len(self.questions))[:taken]
        for chosen in np.array_split(order, max(1, round(taken / size))):
            own = [int(chance.choice(self.answers[row])) for row in chosen]
            decoys = [
                int(decoy)
                for row in chosen
                for decoy in (chance.choice(self.decoys[row], hard) if self.decoys[row] else ())
            ]
            columns = own + decoys
            also = [[column in self.answers[row] for column in columns] for row in chosen]
            yield Batch(
                [self.questions[row] for row in chosen],
                [self.passage(column) for column in columns],
                np.asarray(also) & ~np.eye(len(chosen), len(columns), dtype=bool),
            )


def decoys_of(answers: Sequence[int], ranked: Sequence[int], corpus: Corpus) -> list[int]:
    """Return rows of ``ranked`` that do not answer: no answer, and no other wording of one.

    Laws repeat each other: a passage that shares most of its pairs with an answer counts as
    one.
    """
    pairs = [_pairs(corpus.texts[row]) for row in answers]
    return [
        row
        for row in ranked
        if row not in answers
        and all(len(own & _pairs(corpus.texts[row])) < 0.5 * len(own) for own in pairs)
    ]


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
