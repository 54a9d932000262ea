"""The lexicon: words enough, each of one meaning, and official terms that documents use."""

import gzip
import json
from pathlib import Path

import pytest

from knowledge.answering.lexicon import LEXICON, lexicon
from language.terms import normalise

SHORT = {"厂", "寄"}  # nothing else is meant by them in a question to an office


def words_of(kind: str) -> list[str]:
    lines = LEXICON.read_text("utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line.startswith(f"{kind}\t")]


def test_no_word_stands_twice() -> None:
    for kind in ("say", "ask", "count"):
        words = words_of(kind)
        assert len(words) == len(set(words))


def test_words_of_speech_are_many_and_stand_for_one_to_four_terms() -> None:
    say = lexicon().say
    assert len(say) >= 600
    assert all(1 <= len(official) <= 4 for official in say.values())
    assert {word for word in say if len(word) < 2} <= SHORT


def test_words_are_written_as_questions_are_normalised() -> None:
    """A word in capitals or in full width would never be found."""
    for kind in ("say", "ask", "count"):
        assert [word for word in words_of(kind) if normalise(word) != word] == []


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("产假到底是多少天", True),
        ("失业金最多能领几个月", True),
        ("多大年龄算童工", True),
        ("低于最低工资怎么办", False),
        ("残疾人比例不够怎么处理", False),
        ("招聘会还办不办", False),
    ],
)
def test_only_an_amount_asks_for_a_number(question: str, number: bool) -> None:
    assert lexicon().asks_number(question) is number


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("被公司炒鱿鱼了", "解除劳动合同"),
        ("老赖不还钱", "失信被执行人"),
        ("离了婚孩子归谁", "直接抚养"),
        ("能在家办吗", "不见面"),
        ("不要女的公平吗", "就业歧视"),
    ],
)
def test_everyday_words_lead_to_official_terms(question: str, term: str) -> None:
    assert term in {one for _, _, terms in lexicon().spoken(question) for one in terms}


@pytest.mark.shared
def test_official_terms_are_words_of_documents(shared: Path) -> None:
    with gzip.open(shared / "data" / "law_articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    notices = (shared / "policies").glob("*.txt")
    texts += [notice.read_text("utf-8", errors="replace") for notice in notices]
    corpus = "\n".join(texts)
    terms = {term for official in lexicon().say.values() for term in official}
    assert {term for term in terms if term not in corpus} == set()
