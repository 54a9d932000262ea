"""What the service of jobs takes and gives. Pay is whole yuan per month, places have codes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class JobWish:
    """What work is wanted; what is None was not said. ``text`` are the person's own words.

    Several trades are joined by 、. Of each of ``needs`` a posting must state one wording;
    ``not_`` is what no posting that is shown may be or state.
    """

    text: str = ""
    trade: str | None = None
    place: str | None = None
    salary_min: int | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    not_trades: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class JobMatch:
    """A posting in a list, with DESIGN section 4's fields.

    ``city`` and ``district`` are names for people. ``score`` is 0–100 and counts only what
    both sides stated; ``reasons`` says what fitted, ``unknown`` what the posting leaves open.
    """

    id: str
    title: str
    employer: str
    city: str
    district: str | None
    salary_min: int | None
    salary_max: int | None
    score: int
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class JobPage:
    """A page of matches out of ``total``.

    ``relaxed`` names the parts of the wish that had to be loosened to find any: ``place``,
    ``salary_min``, ``trade``; empty when the wish was met as it was said.
    """

    total: int
    jobs: tuple[JobMatch, ...]
    relaxed: tuple[str, ...]


@dataclass(frozen=True)
class NewPosting:
    """A posting to publish; shown on the days ``[published_on, expires_on)``.

    ``city`` and ``district`` are GB/T 2260 codes, ``contact`` is masked by who hands it in.
    """

    employer: str
    title: str
    trade: str
    city: str
    district: str | None
    salary_min: int | None
    salary_max: int | None
    salary_text: str
    headcount: int
    benefits: tuple[str, ...]
    description: str
    contact: str
    published_on: date
    expires_on: date
    is_demo: bool = False


@dataclass(frozen=True)
class Posting:
    """One posting in full. ``place`` is the GB/T 2260 code of its district or city."""

    id: str
    title: str
    employer: str
    trade: str
    place: str
    city: str
    district: str | None
    salary_min: int | None
    salary_max: int | None
    salary_text: str
    headcount: int
    benefits: tuple[str, ...]
    description: str
    contact: str
    is_demo: bool
    published_on: date
    expires_on: date
