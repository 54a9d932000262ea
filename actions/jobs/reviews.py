"""What vetting (招聘信息审核) is to postings: an ad goes in, a decision with findings comes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

PASS: Literal["pass"] = "pass"  # noqa: S105
REVIEW: Literal["review"] = "review"
REJECT: Literal["reject"] = "reject"


class Finding(Protocol):
    """What is wrong with an ad: ``category`` of DESIGN section 8, the words, what to do."""

    @property
    def category(self) -> str:
        """Stable name, ``gender`` or ``fee`` for example."""

    @property
    def span(self) -> str:
        """The words of the ad."""

    @property
    def advice(self) -> str:
        """One sentence for whoever wrote it."""


class Review(Protocol):
    """A decision, ``pass``, ``review`` or ``reject``, and what it rests on."""

    @property
    def decision(self) -> str:
        """The decision."""

    @property
    def findings(self) -> Sequence[Finding]:
        """The findings; empty where it passed."""


@dataclass(frozen=True)
class Ad:
    """An ad as its readers see it; ``salary`` as it is stated, "" where nothing is."""

    title: str
    employer: str
    city: str
    salary: str
    text: str


class Vetter(Protocol):
    """Whoever vets ads; safe to share between threads."""

    def vet(self, ad: Ad) -> Review:
        """Return the decision on an ad."""


@dataclass(frozen=True)
class Passed:
    """An ad in which nothing was found."""

    decision: str = PASS
    findings: tuple[Finding, ...] = ()


class Unvetted:
    """Where no vetting is plugged in, every ad passes: whoever hands it in answers for it."""

    def vet(self, ad: Ad) -> Review:
        """Pass."""
        del ad
        return Passed()
