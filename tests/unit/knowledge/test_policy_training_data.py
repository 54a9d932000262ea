"""The question–article pairs that train the encoder are sound: form, articles, own wording."""

import gzip
import json
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAIRS = ROOT / "knowledge" / "training" / "data" / "pairs.tsv"

Pair = tuple[str, str, str]  # law, article, question


@cache
def pairs() -> tuple[Pair, ...]:
    """Return the pairs; a line that has not three cells fails here."""
    found: list[Pair] = []
    for line in PAIRS.read_text("utf-8").splitlines():
        law, article, question = line.split("\t")
        found.append((law, article, question))
    return tuple(found)


@pytest.fixture(scope="module")
def articles(shared: Path) -> dict[tuple[str, str], str]:
    texts: dict[tuple[str, str], str] = {}
    with gzip.open(shared / "data" / "law_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            texts.setdefault((one["law"], one["article"]), one["text"])
    return texts


def bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def test_there_are_enough_pairs_over_enough_articles() -> None:
    assert len(pairs()) >= 1200
    assert len({pair[:2] for pair in pairs()}) >= 900


def test_a_question_is_a_trimmed_line_of_six_to_forty_characters() -> None:
    assert all(6 <= len(question) <= 40 for _, _, question in pairs())
    assert all(cell == cell.strip() for pair in pairs() for cell in pair)


def test_no_question_stands_twice() -> None:
    questions = [question.rstrip("？?。") for _, _, question in pairs()]
    assert len(set(questions)) == len(questions)


def test_no_article_has_more_than_three_questions() -> None:
    asked = [pair[:2] for pair in pairs()]
    assert max(map(asked.count, set(asked))) <= 3


@pytest.mark.shared
def test_every_article_exists(articles: dict[tuple[str, str], str]) -> None:
    assert [pair for pair in pairs() if pair[:2] not in articles] == []


@pytest.mark.shared
def test_questions_are_in_other_words_than_the_articles(
    articles: dict[tuple[str, str], str],
) -> None:
    """Pairs that share their words would teach the encoder what BM25 already knows."""
    shares = []
    for law, article, question in pairs():
        own = bigrams(question)
        shares.append(len(own & bigrams(articles[law, article])) / len(own))
    assert sum(shares) / len(shares) < 0.2
    assert max(shares) < 0.75
