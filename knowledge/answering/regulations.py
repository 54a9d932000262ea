"""Regulations that the laws leave a matter to, and which of them a city should add first.

The laws say that there is leave with pay, the State Council's regulation says how many days. Who
asks for the days is not answered by the law, and not by silence either: the regulation is named.
It is known by the questions that people ask about it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.answering.query import Query
from knowledge.answering.ranking import Ranker
from knowledge.documents.identity import family_of

TABLE = Path(__file__).parent / "data" / "regulations.tsv"
# A question this near (0-2) to one about a statute that is not here, and so much nearer than to
# any about what is here, is that statute's.
NEAR, NEARER = 0.65, 0.06
LOCAL, NOWHERE = "各地的规定", "别处"  # as the ways of asking are filed


@dataclass(frozen=True)
class Regulation:
    """A regulation by its name; ``first`` is whether a city should add it before others."""

    name: str
    first: bool


def left_to_regulation(ranker: Ranker, query: Query) -> str:
    """Return the statute, not among the documents, that answers what these do not.

    LOCAL for what each province or city sets for itself; "" where no statute is known to say it.
    """
    found = ranker.elsewhere(query)
    known = found.near >= NEAR and found.nearer >= NEARER and found.statute != NOWHERE
    return found.statute if known else ""


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


@cache
def _table() -> tuple[Regulation, ...]:
    lines = TABLE.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(Regulation(name, first == "yes") for name, first in rows)
