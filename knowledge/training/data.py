"""What the encoder learns from: the folder of public data, and what the project wrote itself.

Public data are read from the path given and never kept: STARD's questions (MIT), DRCD
(CC BY-SA 3.0), CMRC 2018 (CC BY-SA 4.0), articles of law (no copyright).
"""

import csv
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.answering.lexicon import lexicon
from knowledge.parsing.reader import ParsedDocument, parse

KNOWLEDGE = Path(__file__).resolve().parents[1]
OWN = KNOWLEDGE / "training" / "data"
SAMPLE_QUESTIONS = KNOWLEDGE / "documents" / "shipped_questions"
DIGESTS = KNOWLEDGE / "documents" / "digests"
_BRACKETED = re.compile(r"[（(].*?[)）]")
_CITED = re.compile(
    r"(?:《(?:中华人民共和国)?(?P<law>[^》]{2,40})》|(?P<named>(?:(?!本)[\u4e00-\u9fff]){2,12}法)"
    r"|本(?:法|条例|解释|规定|办法|细则))"
    r"(?P<number>第[一二三四五六七八九十百千]+条(?:之[一二三])?)"
)
_UNSAID = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Article:
    """One article of a statute; ``law`` as the file names it, with its date."""

    law: str
    number: str
    text: str

    @property
    def name(self) -> str:
        """The law's name without date."""
        return _BRACKETED.sub("", self.law)


@dataclass(frozen=True)
class Question:
    """A question and the passages that answer it; ``id`` decides which split it is in."""

    id: str
    text: str
    answers: tuple[str, ...]


def read_stard(folder: Path) -> list[Question]:
    """Return STARD's questions by laypeople, each with the articles that answer it."""
    rows = _json_lines((folder / "stard_train.jsonl").read_text("utf-8").splitlines())
    return [
        Question(str(row["query_id"]), row["question"], tuple(row["articles"].values()))
        for row in rows
    ]


def read_articles(folder: Path) -> list[Article]:
    """Return the articles of national law."""
    with gzip.open(folder / "law_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        return [Article(row["law"], row["article"], row["text"]) for row in _json_lines(file)]


def read_comprehension(folder: Path) -> list[Question]:
    """Return DRCD's and CMRC's questions, each with the paragraph that answers it."""
    found: list[Question] = []
    for name in ("drcd_dev", "drcd_test", "cmrc2018_trial"):
        content = json.loads((folder / f"{name}.json").read_text("utf-8"))
        paragraphs = (part for entry in content["data"] for part in entry["paragraphs"])
        found.extend(
            Question(asked["id"], asked["question"], (part["context"],))
            for part in paragraphs
            for asked in part["qas"]
        )
    return found


def read_pairs(articles: Iterable[Article]) -> list[Question]:
    """Return the project's own questions on articles of law; ValueError names an unknown one."""
    texts = {(article.law, article.number): article.text for article in articles}
    found = []
    for path in sorted(OWN.glob("pairs*.tsv")):
        for number, (law, article, question) in _table(path):
            if (law, article) not in texts:
                raise ValueError(f"{path.name}, line {number}: no article {law} {article}")
            found.append(Question(f"{path.name}:{number}", question, (texts[law, article],)))
    return found


def read_citations(articles: Sequence[Article]) -> list[Question]:
    """Return articles that cite others, each as a question that the cited one answers."""
    by_place = {(_bare(article.law), article.number): article.text for article in articles}
    laws = {law for law, _ in by_place}
    found = []
    for article in articles:
        cited = set()
        for match in _CITED.finditer(article.text):
            named = match["law"] or match["named"]
            law = _known_law(named, laws) if named else _bare(article.law)
            cited.add(by_place.get((law, match["number"]), article.text))
        cited.discard(article.text)
        if cited:
            place = f"{article.law} {article.number}"
            found.append(Question(place, article.text, tuple(sorted(cited))))
    return found


def read_phrases() -> list[Question]:
    """Return the lexicon's colloquial words, each answered by its official terms."""
    return [Question(words, words, official) for words, official in lexicon().say.items()]


def siblings(questions: Iterable[Question]) -> list[Question]:
    """Return the questions whose answers others ask for too, answered by those others."""
    groups: dict[tuple[str, ...], list[Question]] = {}
    for asked in questions:
        groups.setdefault(asked.answers, []).append(asked)
    return [
        Question(
            asked.id, asked.text, tuple(sorted({other.text for other in group} - {asked.text}))
        )
        for group in groups.values()
        for asked in group
        if len({other.text for other in group}) > 1
    ]


def read_sample_questions(policies: Path) -> list[Question]:
    """Return the shipped asks, each with its section in the digest and in the original."""
    by_place: dict[tuple[str, str], list[str]] = {}
    for path in sorted((*DIGESTS.glob("*.md"), *policies.glob("*.txt"))):
        document = parse(path.read_bytes(), path.suffix)
        for name in (document.metadata.doc_no, document.metadata.title):
            for key, text in sections(document):
                by_place.setdefault((_folded(name), key), []).append(text)
    return [
        ask
        for path in sorted(SAMPLE_QUESTIONS.glob("*.tsv"))
        for ask in _sample_questions(path, by_place)
    ]


def _sample_questions(path: Path, sections: dict[tuple[str, str], list[str]]) -> Iterator[Question]:
    document = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("@document"):
            document = _folded(line.removeprefix("@document"))
    for number, (keys, _, ask) in _table(path):
        answers = {text for key in keys.split("|") for text in sections.get((document, key), ())}
        if not answers:
            raise ValueError(f"{path.name}, line {number}: no section {keys}")
        yield Question(f"{path.name}:{number}", ask, tuple(sorted(answers)))


def sections(document: ParsedDocument) -> Iterator[tuple[str, str]]:
    """Yield (key, text below its headings) of every unit."""
    for unit in document.units:
        text = document.text[unit.start : unit.end]
        yield unit.key, "\n".join((*unit.path[:-1], text))


def _table(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, cells in enumerate(rows, 1):
            if not cells or cells[0].startswith(("#", "@")):
                continue
            if len(cells) != 3:
                raise ValueError(f"{path.name}, line {number}: three columns expected")
            yield number, cells


def _bare(law: str) -> str:
    return _BRACKETED.sub("", law).removeprefix("中华人民共和国")


def _known_law(words: str, laws: set[str]) -> str:
    """Return the longest end of ``words`` that is a law's name."""
    return next((words[at:] for at in range(len(words)) if words[at:] in laws), "")


def _json_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in lines)


def _folded(name: str) -> str:
    return _UNSAID.sub("", name)


def stories() -> tuple[list[str], list[str]]:
    """Return clauses that people tell before what they ask, and behind it."""
    before, behind = (
        (OWN / "stories.txt").read_text("utf-8").split("@before\n")[1].split("@behind\n")
    )
    return before.splitlines(), behind.splitlines()
