"""How people say it and how documents say it: ``data/lexicon.tsv``, read once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).parent / "data" / "lexicon.tsv"
KINDS = frozenset(("say", "ask", "count"))
_NUMBER = re.compile(
    r"\d|[一二三四五六七八九十百千万两半][个年月周天日次倍元块分岁小时种类]|不收费|免费|免收|不收取"
)


# 「好几个月」「这几天」 state a number of no interest, they do not ask for one.
_NOT_ASKED = "好这那前过了近头十零"


@dataclass(frozen=True)
class Lexicon:
    """Colloquial words with their official terms, question words, number words.

    Each kind is also one pattern, longest words first: a question is read once for each.
    """

    say: dict[str, tuple[str, ...]]
    said: re.Pattern[str]
    asking: re.Pattern[str]
    counting: re.Pattern[str]

    def asks_number(self, question: str) -> bool:
        """Tell whether only a number answers the (normalised) question."""
        return self.counting.search(question) is not None

    def without_question_words(self, question: str) -> str:
        """Return the matter of a question: its question words blanked."""
        return self.asking.sub(lambda found: " " * len(found[0]), question)

    def spoken(self, question: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return spans of colloquial words with their official terms, from left to right."""
        return [
            (found.start(), found.end(), self.say[found[0]])
            for found in self.said.finditer(question)
        ]


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
    return Lexicon(
        say,
        said=_any_of(say),
        asking=_any_of(words["ask"]),
        counting=re.compile(rf"(?<![{_NOT_ASKED}])(?:{_any_of(words['count']).pattern})"),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
