"""What the service of jobs takes and gives. Pay is whole yuan per month, places have codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from actions.jobs.reviews import Finding

JOB, GIG = "job", "gig"
"""Kinds of postings: a job 岗位, and work by the day or hour 零工."""


@dataclass(frozen=True)
class JobWish:
    """What work is wanted; what is None was not said. ``text`` are the person's own words.

    Several trades are joined by 、; ``about`` are further words of what it is about. ``places``
    are what ``place`` stands for where that is not one code: codes, or names of
    ``language.geography.areas``; ``only``: nowhere else. ``needs`` are names of conditions of
    work, schooling and years of work (``conditions``, ``requirements``), or mere words;
    ``not_…`` is what no posting that is shown may be or state. ``groups`` are the priority
    groups that the person has declared. ``kind`` is JOB or GIG, ``on`` the day of a gig.

    There is no field for age, sex, origin, health or the like: nothing may rank by them.
    """

    text: str = ""
    trade: str | None = None
    about: str = ""
    place: str | None = None
    places: tuple[str, ...] = ()
    only: bool = False
    salary_min: int | None = None
    needs: tuple[str, ...] = ()
    not_trades: tuple[str, ...] = ()
    not_places: tuple[str, ...] = ()
    not_needs: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    kind: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class JobMatch:
    """A posting in a list, with DESIGN section 4's fields.

    ``city`` and ``district`` are names for people. ``score`` is 0–100 and counts only what
    both sides stated; ``reasons`` says what fitted, ``unknown`` what the posting leaves open.
    ``gig_pay`` is what a gig pays by the day or the hour, "" of a job.
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
    gig_pay: str = ""


@dataclass(frozen=True)
class JobPage:
    """A page of matches out of ``total``.

    ``relaxed`` names the parts of the wish that had to be loosened to find any: ``place``,
    ``salary_min``, ``trade``; empty when the wish was met as it was said. ``loosening`` tells,
    where it was not met, how many postings each part alone would give if it were given up;
    ``inside`` how many lie in the very place, where others of its city follow.
    """

    total: int
    jobs: tuple[JobMatch, ...]
    relaxed: tuple[str, ...]
    loosening: Mapping[str, int] = field(default_factory=dict)
    inside: int | None = None


@dataclass(frozen=True)
class GigTime:
    """When a gig is: days ``[first_on, last_on]``, minutes of the day; what it pays, in yuan."""

    first_on: date
    last_on: date
    starts: int | None = None
    ends: int | None = None
    day_pay: int | None = None
    hour_pay: int | None = None


@dataclass(frozen=True)
class NewPosting:
    """A posting to hand in; shown on the days ``[published_on, expires_on)``.

    ``city``, ``district`` and ``places`` are GB/T 2260 codes. See ``tables.PostingRow`` for the
    rest. Numbers of persons in ``contact`` and ``description`` go into the vault.
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
    kind: str = JOB
    category: str = ""
    places: tuple[str, ...] = ()
    street: str = ""
    pay_unit: str = ""
    pay_months: int | None = None
    education: int | None = None
    experience_min: int | None = None
    experience_max: int | None = None
    employment: str = ""
    contract: str = ""
    tags: tuple[str, ...] = ()
    urgent: bool = False
    remote_interview: bool = False
    employer_kind: str = ""
    employer_size: str = ""
    source: str = ""
    source_key: str = ""
    gig: GigTime | None = None


@dataclass(frozen=True)
class Posting:
    """One posting in full. ``place`` is the GB/T 2260 code of its district or city.

    Numbers of persons in ``contact`` and ``description`` are masked.
    """

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
    kind: str = JOB
    education: int | None = None
    experience_min: int | None = None
    experience_max: int | None = None
    facts: tuple[str, ...] = ()
    employment: str = ""
    street: str = ""
    urgent: bool = False
    remote_interview: bool = False
    gig: GigTime | None = None


@dataclass(frozen=True)
class HandedIn:
    """What became of a posting that was handed in: its id, its state, what vetting found."""

    id: str
    status: str
    findings: tuple[Finding, ...] = ()
