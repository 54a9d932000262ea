"""How people say it and how documents say it: ``data/lexicon.tsv``, read once."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "data" / "lexicon.tsv"
KINDS = frozenset(("say", "ask", "count"))
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万两半][个年月周天日次倍元块分岁小时种类]")


@dataclass(frozen=True)
class Lexicon:
    """Colloquial words with their official terms, question words, number words."""

    say: dict[str, tuple[str, ...]]
    ask: tuple[str, ...]
    count: tuple[str, ...]

    def asks_number(self, question: str) -> bool:
        """Tell whether only a number answers the (normalised) question."""
        return any(words in question for words in self.count)

    def without_question_words(self, question: str) -> str:
        """Return the matter of a question: its question words blanked, longest first."""
        for words in self.ask:
            question = question.replace(words, " " * len(words))
        return question

    def spoken(self, question: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return spans of colloquial words with their official terms; they may overlap."""
        found: list[tuple[int, int, tuple[str, ...]]] = []
        for words, official in self.say.items():
            at = question.find(words)
            if at >= 0:
                found.append((at, at + len(words), official))
        return found


def holds_number(text: str) -> bool:
    """Tell whether a sentence states any number or amount."""
    return _NUMBER.search(text) is not None


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; raise ValueError naming the line that is not well-formed."""
    say: dict[str, tuple[str, ...]] = {}
    words: dict[str, list[str]] = {"ask": [], "count": []}
    for number, line in enumerate(LEXICON.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        kind, *cells = line.split("\t")
        if kind not in KINDS or len(cells) != (2 if kind == "say" else 1):
            raise ValueError(f"{LEXICON.name}, line {number}: {line!r}")
        if kind == "say":
            say[cells[0]] = tuple(cells[1].split())
        else:
            words[kind].append(cells[0])
    longest_first = sorted(words["ask"], key=len, reverse=True)
    return Lexicon(say, tuple(longest_first), tuple(words["count"]))
