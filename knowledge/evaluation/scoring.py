"""Whether an answer hits what a labelled question wants."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from knowledge.answering.answers import Citation, PolicyAnswer
from knowledge.documents.repository import Document, get_document
from knowledge.evaluation.baseline import Baseline
from store.database import Database

SEARCHED_KINDS = frozenset(("item", "preamble", "closing"))
SHOWN = 3


@dataclass(frozen=True)
class Gold:
    """Words that answer a question: of a document of the folder, white space ignored."""

    doc_id: str
    quote: str


@dataclass(frozen=True)
class Scored:
    """One question, its answer and the verdict.

    ``hits`` tells of each citation whether it hits, ``baseline_hits`` the same of what
    ``Baseline`` finds; ``verbatim`` counts the quotes that stand in the stored text.
    """

    line: Mapping[str, Any]
    gold: tuple[Gold, ...]
    answer: PolicyAnswer
    hits: tuple[bool, ...]
    baseline_hits: tuple[bool, ...]
    verbatim: int
    milliseconds: float

    @property
    def answerable(self) -> bool:
        """Whether the question has an answer."""
        return bool(self.line["answerable"])

    @property
    def style(self) -> str:
        """How the question is worded, as its line says."""
        return str(self.line.get("style") or "unstated")

    @property
    def refused(self) -> bool:
        """Whether the answer is that no document covers the question."""
        return self.answer.status == "not_covered"

    @property
    def right(self) -> bool:
        """Whether the first citation hits."""
        return any(self.hits[:1])

    @property
    def error(self) -> str | None:
        """What is wrong with the answer; None when nothing is."""
        if not self.answerable:
            return None if self.refused else "answered_unanswerable"
        if self.refused:
            return "refused_answerable"
        return None if self.right else "wrong_quote"


class Folder:
    """The ingested documents of an evaluation, read once; ``names`` maps file names to ids."""

    def __init__(self, database: Database, names: Mapping[str, str], on: date) -> None:
        self.names = names
        self._documents = {
            doc_id: document
            for doc_id in sorted(set(names.values()))
            if (document := get_document(database, doc_id, on=on)) is not None
        }

    def document(self, doc_id: str) -> Document:
        """Return a document of the folder; raise KeyError for any other id."""
        return self._documents[doc_id]

    def gold(self, line: Mapping[str, Any]) -> tuple[Gold, ...]:
        """Return the line's gold entries, those of absent files left out."""
        entries = [entry for entry in line["gold"] if entry["doc"] in self.names]
        return tuple(Gold(self.names[entry["doc"]], entry["quote"]) for entry in entries)

    def baseline(self) -> Baseline:
        """Return the baseline over the units that the answers are searched in, too."""
        return Baseline(
            [
                (document.doc_id, document.text[unit.start : unit.end])
                for document in self._documents.values()
                for unit in document.units
                if unit.kind in SEARCHED_KINDS
            ]
        )

    def place(self, doc_id: str, quote: str) -> tuple[str, str]:
        """Return the title and the section (an unnumbered one's number) that hold ``quote``."""
        document = self.document(doc_id)
        for unit in document.units:
            if _bare(quote) in _bare(document.text[unit.start : unit.end]):
                return document.title, unit.section or f"#{unit.number}"
        return document.title, ""


def score(
    line: Mapping[str, Any],
    answer: PolicyAnswer,
    milliseconds: float,
    folder: Folder,
    baseline: Baseline,
) -> Scored:
    """Hold ``answer`` against what ``line`` wants."""
    gold = folder.gold(line)
    return Scored(
        line=line,
        gold=gold,
        answer=answer,
        hits=tuple(
            any(is_hit(citation, wanted.doc_id, wanted.quote) for wanted in gold)
            for citation in answer.citations
        ),
        baseline_hits=tuple(
            any(doc_id == wanted.doc_id and overlap(text, wanted.quote) for wanted in gold)
            for doc_id, text in baseline.best(line["question"], SHOWN)
        ),
        verbatim=sum(
            citation.quote in folder.document(citation.doc_id).text for citation in answer.citations
        ),
        milliseconds=milliseconds,
    )


def is_hit(citation: Citation, doc_id: str, gold: str) -> bool:
    """Tell whether a citation hits: the document, and half of the shorter quote in common."""
    return citation.doc_id == doc_id and overlap(citation.quote, gold)


def overlap(quote: str, gold: str) -> bool:
    """Tell whether two quotes share half of the shorter one, white space ignored."""
    found, wanted = _bare(quote), _bare(gold)
    shorter = min(len(found), len(wanted))
    if not shorter:
        return False
    matcher = SequenceMatcher(None, found, wanted, autojunk=False)
    common = matcher.find_longest_match(0, len(found), 0, len(wanted)).size
    return common * 2 >= shorter


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
