"""How well passages are found for STARD's held-out questions, as a Markdown table.

``python -m knowledge.training.measure --data DIR`` measures the shipped encoder beside BM25.
"""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.lexicon import lexicon
from knowledge.training.corpus import Corpus, Scores, Sparse
from knowledge.training.data import Question, read_articles, read_pairs, read_stard
from knowledge.training.splits import is_held_out
from language.encoder.loading import load_encoder
from language.terms import normalise

DEPTH = 10
WEIGHTS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0)
OFFICIAL = 0.6  # official words weigh less than those typed: they are a guess
_RRF = 60
_RESAMPLES = 2_000

Ranks = NDArray[np.int64]
Vectors = NDArray[np.float32]


class Reader(Protocol):
    """What makes vectors of passages and of questions."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per passage."""

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per question."""


@dataclass(frozen=True)
class Task:
    """Questions over a corpus with the rows that answer each."""

    name: str
    questions: list[str]
    answers: list[list[int]]
    texts: list[str]


def fused(sparse: Scores, cosines: Scores, weight: float) -> Scores:
    """Return BM25 brought to at most one, plus ``weight`` times the cosine."""
    top: Scores = sparse.max(axis=-1, keepdims=True)
    return sparse / np.maximum(top, 1e-9) + weight * cosines


def by_rank(sparse: Scores, cosines: Scores) -> Scores:
    """Return the reciprocal rank fusion of both (Cormack, Clarke & Büttcher 2009)."""
    places = [(-scores).argsort(kind="stable").argsort() for scores in (sparse, cosines)]
    found: Scores = np.sum([1 / (_RRF + 1 + place) for place in places], axis=0)
    return found


def rank_of(scores: Scores, answers: Sequence[int]) -> int:
    """Return the place of the first answer, from 1; of equal scores the earlier row is first."""
    own = scores[list(answers)]
    best = int(np.asarray(answers)[own == own.max()].min())
    return 1 + int((scores > own.max()).sum()) + int((scores[:best] == own.max()).sum())


def figures(ranks: Ranks) -> dict[str, float]:
    """Return hit@1, hit@5, hit@10 and mrr@10."""
    found = {f"hit@{depth}": float((ranks <= depth).mean()) for depth in (1, 5, DEPTH)}
    found["mrr@10"] = float(_reciprocal(ranks).mean())
    return found


class Search:
    """Both sides of the search over one task, question by question."""

    def __init__(self, task: Task, encoder: Reader) -> None:
        self.task = task
        self._sparse = Sparse(task.texts)
        self._encoder = encoder
        self._passages = encoder.passages([normalise(text) for text in task.texts])

    def ranks(self, weight: float) -> dict[str, Ranks]:
        """Return every way's ranks; ``weight`` of the cosine in the fusions by score."""
        found: dict[str, list[int]] = {}
        for question, answers in zip(self.task.questions, self.task.answers, strict=True):
            for way, scores in self._ways(question, weight).items():
                found.setdefault(way, []).append(rank_of(scores, answers))
        return {way: np.array(ranks) for way, ranks in found.items()}

    def _ways(self, question: str, weight: float) -> dict[str, Scores]:
        sparse = self._sparse.scores(question)
        cosines = self._cosines(question)
        official = official_words(question)
        wider = self._sparse.scores(question, [(official, OFFICIAL)]) if official else sparse
        spelt = question + " " + official
        both = np.maximum(cosines, self._cosines(spelt))
        return {
            "bm25s, characters": sparse,
            "bm25s, with lexicon": wider,
            "dense": cosines,
            "dense, with lexicon": both,
            "fused by rank": by_rank(sparse, cosines),
            "fused by score": fused(sparse, cosines, weight),
            "fused by score, lexicon in bm25s": fused(wider, cosines, weight),
            "fused by score, with lexicon": fused(wider, both, weight),
        }

    def best_weight(self) -> float:
        """Return the weight of WEIGHTS with the highest hit@5 + mrr@10."""
        gained = dict.fromkeys(WEIGHTS, 0.0)
        for question, answers in zip(self.task.questions, self.task.answers, strict=True):
            sparse = self._sparse.scores(question)
            cosines = self._cosines(question)
            for weight in WEIGHTS:
                rank = rank_of(fused(sparse, cosines, weight), answers)
                gained[weight] += (rank <= 5) + (1 / rank if rank <= DEPTH else 0.0)
        return max(gained, key=lambda weight: gained[weight])

    def _cosines(self, question: str) -> Scores:
        found: Scores = self._passages @ self._encoder.queries([normalise(question)])[0]
        return found


def official_words(question: str) -> str:
    """Return the official terms for the colloquial words of a question."""
    spoken = lexicon().spoken(normalise(question))
    return " ".join(dict.fromkeys(term for _, _, group in spoken for term in group))


def table(name: str, ranks: dict[str, Ranks], seed: int = 0) -> str:
    """Return a Markdown table with 95% bootstrap intervals of the gain over the first way."""
    first = next(iter(ranks.values()))
    head = ["", "hit@1", "hit@5", "hit@10", "mrr@10", "hit@5 gained (95%)"]
    lines = [f"{name}, n = {len(first)}", "", _row(head), _row(["---"] * len(head))]
    chance = np.random.default_rng(seed)
    samples = chance.integers(len(first), size=(_RESAMPLES, len(first)))
    for way, found in ranks.items():
        gain = (found <= 5).astype(float) - (first <= 5)
        low, high = np.percentile(gain[samples].mean(axis=1), [2.5, 97.5])
        cells = [f"{value:.3f}" for value in figures(found).values()]
        gained = f"{gain.mean():+.3f} ({low:+.3f} to {high:+.3f})" if found is not first else "–"
        lines.append(_row([way, *cells, gained]))
    return "\n".join(lines)


def tasks(data: Path, chosen: Callable[[Question], bool]) -> tuple[Task, Task]:
    """Return the task over STARD's articles, and that over all articles of law beside them."""
    stard, articles = read_stard(data), read_articles(data)
    corpus = Corpus()
    every = corpus.answers(stard)
    pairs = [(a.text, rows) for a, rows in zip(stard, every, strict=True) if chosen(a)]
    questions, answers = [text for text, _ in pairs], [rows for _, rows in pairs]
    own = Task("STARD's articles", questions, answers, list(corpus.texts))
    for article in articles:
        corpus.add(article.text)
    return own, Task("All articles of law", questions, answers, corpus.texts)


def is_learnt(asked: Question) -> bool:
    """Tell whether a question may be learnt from, and used to choose by."""
    return not is_held_out(asked)


def unseen(data: Path) -> NDArray[np.bool_]:
    """Tell of each held-out question whether none of its articles is asked for in training."""
    stard = read_stard(data)
    learnt = [asked for asked in stard if not is_held_out(asked)]
    learnt += read_pairs(read_articles(data))
    known = {"".join(text.split()) for asked in learnt for text in asked.answers}
    held_out = (asked for asked in stard if is_held_out(asked))
    return np.array(
        [not any("".join(t.split()) in known for t in asked.answers) for asked in held_out]
    )


def report(data: Path, encoder: Reader, weight: float, *, everything: bool = True) -> str:
    """Return the tables for an encoder; ``everything``: over all articles of law, too."""
    own, big = tasks(data, is_held_out)
    parts = [f"Weight of the cosine: {weight:g} (chosen on the training questions)."]
    ranks = Search(own, encoder).ranks(weight)
    parts.append(table(f"{own.name} ({len(own.texts):,})", ranks))
    new = unseen(data)
    of_new = {way: found[new] for way, found in ranks.items()}
    parts.append(table(f"{own.name}, none of the answers seen in training", of_new))
    if everything:
        ranks = Search(big, encoder).ranks(weight)
        parts.append(table(f"{big.name} ({len(big.texts):,})", ranks))
    return "\n\n".join(parts)


def _reciprocal(ranks: Ranks) -> NDArray[np.float64]:
    return np.where(ranks <= DEPTH, 1.0 / ranks, 0.0)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of public data")
    options.add_argument("--encoder", default="", help="empty: the shipped one")
    options.add_argument("--weight", type=float, help="of the cosine; else chosen")
    options.add_argument("--few", action="store_true", help="among STARD's articles only")
    given = options.parse_args()
    encoder = load_encoder(given.encoder)
    weight = given.weight or Search(tasks(given.data, is_learnt)[0], encoder).best_weight()
    print(report(given.data, encoder, weight, everything=not given.few))


if __name__ == "__main__":
    _main()
