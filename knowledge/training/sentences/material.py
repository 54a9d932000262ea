"""What the sentence encoder learns from: groups of questions, each with its passages.

Half of our own asks and half of the city's documents are left to the ranking, whose weights must
be learnt from what the encoder has not seen (``knowledge.training.splits.half_of``).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.parsing.reader import parse
from knowledge.training.corpus import Corpus, Sparse, best_rows
from knowledge.training.data import (
    OWN,
    Article,
    Question,
    read_articles,
    read_comprehension,
    read_pairs,
    read_sample_questions,
    read_stard,
    sections,
)
from knowledge.training.examples import decoys_of
from knowledge.training.splits import TAUGHT_PART, half_of, is_held_out

_CLAUSE_END = re.compile("[。；;]")
_CLAUSE = range(8, 61)  # characters of a clause that can be asked with
_CLOZES = 2_000
_CONSIDERED, _DECOYS = 40, 16  # passages BM25 puts first, and how many of them are used
_NOWHERE = "-"


@dataclass(frozen=True)
class Group:
    """Questions of one source; ``passes`` over them are taken in a training.

    ``answers`` and ``decoys`` are rows of the corpus: passages that answer, and passages that
    BM25 takes for answers. Without decoys a question has only its batch's other passages.
    """

    name: str
    questions: list[str]
    answers: list[list[int]]
    decoys: list[list[int]]
    passes: float


@dataclass(frozen=True)
class Material:
    """All groups over one corpus of passages."""

    texts: list[str]
    groups: list[Group]


def gather(data: Path, policies: Path, *, hard: bool = True) -> Material:
    """Read all data; ``hard`` looks for decoys."""
    articles, corpus = read_articles(data), Corpus()
    asks = [each for each in read_sample_questions(policies) if _is_taught(each.text)]
    stard = [each for each in read_stard(data) if not is_held_out(each)]
    sources: list[tuple[str, Sequence[Question], float, bool]] = [
        ("STARD", stard, 3.0, True),
        ("our questions on articles", read_pairs(articles), 1.5, True),
        ("our asks on the notices", asks, 0.7, True),
        ("our questions on a city's documents", list(_city(data)), 3.0, True),
        ("DRCD and CMRC 2018", read_comprehension(data), 0.1, False),
        ("clauses of articles, as cloze", list(_clozes(articles)), 0.5, False),
    ]
    for article in articles:
        corpus.add(article.text, article.name)
    answers = [corpus.answers(questions) for _, questions, _, _ in sources]
    sparse = Sparse(corpus.texts) if hard else None
    groups = []
    for (name, questions, passes, decoyed), rows in zip(sources, answers, strict=True):
        texts = [each.text for each in questions]
        decoys: list[list[int]] = [[] for _ in texts]
        if sparse is not None and decoyed:
            decoys = [_decoys(*each, sparse, corpus) for each in zip(texts, rows, strict=True)]
        groups.append(Group(name, texts, rows, decoys, passes))
    return Material(corpus.texts, groups)


def _city(data: Path) -> Iterator[Question]:
    """Yield our questions on the taught half of a city's documents, title and text as passage."""
    lines = (OWN / "city.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    units = {}
    for name in sorted({row[0] for row in rows} - {_NOWHERE}):
        if _is_taught(name):
            path = data / "city_documents" / name
            document = parse(path.read_bytes(), path.suffix)
            for key, text in sections(document):
                units[name, key] = f"{document.metadata.title}\n{text}"
    for number, (name, key, text) in enumerate(rows):
        if (name, key) in units:
            yield Question(f"city:{number}", text, (units[name, key],))


def _clozes(articles: Sequence[Article]) -> Iterator[Question]:
    """Yield clauses of articles, each answered by its law's name and the rest of its article."""
    chance = np.random.default_rng(5)
    made = 0
    for row in chance.permutation(len(articles)):
        article = articles[row]
        clauses = [part for part in _CLAUSE_END.split(article.text) if len(part) in _CLAUSE]
        if len(clauses) < 2:
            continue
        clause = clauses[int(chance.integers(len(clauses)))]
        rest = f"{article.name}\n{article.text.replace(clause, '')}"
        yield Question(f"cloze:{row}", clause, (rest,))
        made += 1
        if made == _CLOZES:
            return


def _decoys(question: str, answers: Sequence[int], sparse: Sparse, corpus: Corpus) -> list[int]:
    ranked = best_rows(sparse.scores(question), _CONSIDERED).tolist()
    return decoys_of(answers, ranked, corpus)[:_DECOYS]


def _is_taught(name: str) -> bool:
    return half_of(name) == TAUGHT_PART
