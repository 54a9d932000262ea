"""The held-out questions over the five notices: well-formed, verbatim, and truly held out."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from rapidfuzz import fuzz, process

from knowledge.parsing.reader import ParsedDocument, parse

ROOT = Path(__file__).parents[3]
QUESTIONS = ROOT / "tests" / "evaluation" / "policy_notices.jsonl"
LINES: list[dict[str, Any]] = [
    json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()
]
DIGESTS = ROOT / "knowledge" / "digests"
ASKS = ROOT / "knowledge" / "documents" / "shipped_questions"
TRAINING = ROOT / "knowledge" / "training" / "data"
ALIKE = 75  # rapidfuzz ratio, 0 to 100, from which a taught line gives a question away
SEARCHED = ("item", "preamble", "closing")
REGIONS = (None, "110000", "310000", "440000", "530000")


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


def words_only(text: str) -> str:
    return re.sub(r"\W+", "", text)


def bigrams(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def taught_texts() -> dict[str, str]:
    """Every question that the product is taught, and the file it stands in.

    Of a shipped ask its last column counts: the official terms before it are no question.
    """
    texts: dict[str, str] = {}
    for path in (*sorted(ASKS.glob("*.t*")), *sorted(TRAINING.glob("*.t*"))):
        for line in path.read_text("utf-8").splitlines():
            cells = line.split("\t")
            if not line.startswith(("#", "@")):
                texts |= dict.fromkeys(cells[-1:] if path.parent == ASKS else cells, path.name)
    return texts


def parsed(paths: Iterable[Path]) -> dict[str, ParsedDocument]:
    return {path.name: parse(path.read_bytes(), path.suffix) for path in sorted(paths)}


@pytest.fixture(scope="module")
def notices(shared: Path) -> dict[str, ParsedDocument]:
    return parsed(shared.glob("policies/*.txt"))


def answering_units(document: ParsedDocument, quote: str) -> list[str]:
    """The searched units, white space removed, that hold ``quote``."""
    units = [bare(document.text[u.start : u.end]) for u in document.units if u.kind in SEARCHED]
    return [unit for unit in units if bare(quote) in unit]


def test_every_line_is_well_formed_and_asked_once() -> None:
    for line in LINES:
        assert set(line) == {"id", "style", "question", "region", "answerable", "gold"}, line
        assert line["style"] in ("official", "keyword", "colloquial"), line
        assert line["region"] in REGIONS, line
        assert bool(line["gold"]) is line["answerable"], line
        assert line["question"] == line["question"].strip() != "", line
        assert all(set(gold) == {"doc", "quote"} for gold in line["gold"]), line
        assert all(4 <= len(gold["quote"]) <= 30 for gold in line["gold"]), line
    assert len({line["id"] for line in LINES}) == len(LINES)
    assert len({words_only(line["question"]) for line in LINES}) == len(LINES)


def test_each_style_is_asked_often_enough() -> None:
    answerable = Counter(line["style"] for line in LINES if line["answerable"])
    assert len(LINES) >= 190
    assert answerable["official"] + answerable["keyword"] >= 40
    assert answerable["colloquial"] >= 100
    assert sum(not line["answerable"] for line in LINES) >= 50
    asked_of = {gold["doc"] for line in LINES for gold in line["gold"]}
    assert sum(name.endswith(".txt") for name in asked_of) == 5
    assert asked_of >= {path.name for path in DIGESTS.glob("*.md")}


def assert_quotes_stand_in_one_unit(documents: dict[str, ParsedDocument]) -> None:
    entries = [(line["id"], gold) for line in LINES for gold in line["gold"]]
    ours = [entry for entry in entries if entry[1]["doc"] in documents]
    assert {gold["doc"] for _, gold in ours} == set(documents)
    for name, gold in ours:
        found = answering_units(documents[gold["doc"]], gold["quote"])
        assert len(found) == 1, (name, gold)


@pytest.mark.shared
def test_every_quote_of_a_notice_stands_in_one_searched_unit(
    notices: dict[str, ParsedDocument],
) -> None:
    assert_quotes_stand_in_one_unit(notices)


def test_every_quote_of_a_digest_stands_in_one_searched_unit() -> None:
    assert_quotes_stand_in_one_unit(parsed(DIGESTS.glob("*.md")))


@pytest.mark.shared
def test_colloquial_questions_share_almost_no_words_with_their_answers(
    notices: dict[str, ParsedDocument],
) -> None:
    shares = []
    for line in LINES:
        if line["answerable"] and line["style"] == "colloquial":
            asked = bigrams(words_only(line["question"]))
            units = [
                unit
                for gold in line["gold"]
                if gold["doc"] in notices
                for unit in answering_units(notices[gold["doc"]], gold["quote"])
            ]
            shares.append(max(len(asked & bigrams(unit)) / len(asked) for unit in units))
    print(f"bigrams of a colloquial question found in its answer: mean {mean(shares):.3f}")
    assert mean(shares) <= 0.05
    assert max(shares) <= 0.35


def test_no_question_was_taught() -> None:
    taught = list(taught_texts().items())
    assert taught
    alike = process.cdist(
        [words_only(line["question"]) for line in LINES],
        [words_only(text) for text, _ in taught],
        scorer=fuzz.ratio,
        score_cutoff=ALIKE,
    )
    clashes = [
        f"{taught[column][1]} teaches 「{taught[column][0]}」: {LINES[row]['id']} asks it"
        for row, column in zip(*alike.nonzero(), strict=True)
    ]
    assert not clashes, "\n".join(clashes)
