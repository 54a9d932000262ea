"""Which laws are installed with every set-up, which of their articles, and why."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).parent / "laws.tsv"
_ALL = "-"


@dataclass(frozen=True)
class ListedLaw:
    """A law by its short name; ``articles`` are inclusive spans of numbers, none for all."""

    name: str
    articles: tuple[tuple[int, int], ...]
    reason: str

    def takes(self, number: int) -> bool:
        """Tell whether an article is among those taken."""
        spans = self.articles
        return not spans or any(first <= number <= last for first, last in spans)


@cache
def listed_laws() -> tuple[ListedLaw, ...]:
    """Return the list, in the order in which it is shown."""
    lines = LIST.read_text("utf-8").splitlines()
    return tuple(_listed(line) for line in lines if not line.startswith("#"))


def listed_law(name: str) -> ListedLaw:
    """Return what the list says of a law; one that is not in it is taken whole."""
    return next((law for law in listed_laws() if law.name == name), ListedLaw(name, (), ""))


def _listed(line: str) -> ListedLaw:
    name, articles, reason = line.split("\t")
    spans = [] if articles == _ALL else [span.split("-") for span in articles.split(" ")]
    return ListedLaw(name, tuple((int(span[0]), int(span[-1])) for span in spans), reason)
