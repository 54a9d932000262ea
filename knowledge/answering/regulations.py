"""Regulations that the laws leave a matter to: which one a question needs, by its words.

The laws say that there is leave with pay, the State Council's regulation says how many days. Who
asks for the days is not answered by the law, and not by silence either: the regulation is named.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.answering.answers import Citation
from knowledge.documents.identity import family_of
from language.places import NATIONAL
from language.terms import normalise

TABLE = Path(__file__).parent / "data" / "regulations.tsv"
_ANYTHING = "-"
_CONGRESS = "全国人民代表大会"


@dataclass(frozen=True)
class Regulation:
    """A regulation by its name; ``first`` is whether a city should add it before others.

    A question needs it when it has one of the words ``about`` and one of ``asks`` (none: whatever
    is asked), all normalised.
    """

    name: str
    first: bool
    about: tuple[str, ...]
    asks: tuple[str, ...]

    def needed_for(self, question: str) -> bool:
        """Tell whether a normalised question needs this regulation."""
        about = any(word in question for word in self.about)
        return about and (not self.asks or any(word in question for word in self.asks))


def left_to_regulation(
    question: str, citations: Sequence[Citation], missing: Collection[str]
) -> str:
    """Return the first of the ``missing`` regulations that a normalised question needs; or "".

    Also "" where something else than a law of the congress answers: a city's own rule may say
    what the regulation says.
    """
    if any(not _is_law(citation) for citation in citations):
        return ""
    needed = (one.name for one in _table() if one.needed_for(question))
    return next((name for name in needed if name in missing), "")


def missing_regulations(titles: Iterable[str], *, first: bool = False) -> tuple[str, ...]:
    """Return the regulations that none of the documents' ``titles`` names, in the table's order.

    ``first``: only those that every city should add. A notice that brings a regulation, and a
    province's rules on the same matter, have its name in theirs.
    """
    stored = "\n".join(family_of("statute", title) for title in titles)
    return tuple(
        one.name
        for one in _table()
        if (one.first or not first) and family_of("statute", one.name) not in stored
    )


def _is_law(citation: Citation) -> bool:
    made = citation.issuer.startswith(_CONGRESS)
    return citation.kind == "statute" and citation.region == NATIONAL and made


@cache
def _table() -> tuple[Regulation, ...]:
    lines = TABLE.read_text("utf-8").splitlines()
    return tuple(_regulation(line) for line in lines if not line.startswith("#"))


def _regulation(line: str) -> Regulation:
    name, first, about, asks = line.split("\t")
    words = () if asks == _ANYTHING else tuple(map(normalise, asks.split(" ")))
    return Regulation(name, first == "yes", tuple(map(normalise, about.split(" "))), words)
