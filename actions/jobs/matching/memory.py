"""All published postings in this process's memory, as columns: what a search filters and ranks on.

A row a posting, in the order of their ids. One thread at a time: see ``feed.Feed``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from actions.jobs.conditions import CONDITIONS, EMPLOYERS, EMPLOYMENT, NOT
from actions.jobs.matching.groups import GROUPS
from actions.jobs.matching.names import Names

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

UNKNOWN = -1
"""In every whole-number column: the posting does not say."""

NO_STREET = 0
"""The number of no street at all."""

FACTS = (
    *(one.name for one in CONDITIONS),
    *(NOT + one.name for one in CONDITIONS if one.contrary),
    *EMPLOYMENT,
    *EMPLOYERS,
    *GROUPS,
)
"""What a posting may state, by the number of its bit."""

_BIT = {fact: number for number, fact in enumerate(FACTS)}
_WORDS = (len(FACTS) + 63) // 64
_FIRST_SIZE = 256


@dataclass(frozen=True)
class Stored:
    """A posting as the feed reads it; ``live`` is whether its state lets it be found."""

    id: int
    live: bool
    published_on: date
    expires_on: date
    kind: int
    city: str
    district: str | None
    places: str
    street: str
    pay_min: int | None
    pay_max: int | None
    title: str
    category: str
    trade: str
    tags: str
    employer: str
    education: int | None
    experience_min: int | None
    experience_max: int | None
    facts: str
    urgent: bool
    text: str
    first_on: date | None = None
    last_on: date | None = None


class Texts:
    """Distinct texts by number."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return a text's number, given to it now if it is new."""
        number = self._numbers.setdefault(text, len(self.all))
        if number == len(self.all):
            self.all.append(text)
        return number

    def find(self, text: str) -> int | None:
        """Return a text's number, None where it has none."""
        return self._numbers.get(text)

    def holding(self, word: str) -> Mask:
        """Return which texts hold a word, however it is written."""
        return np.fromiter((word in text for text in self.all), dtype=bool, count=len(self.all))


class Memory:
    """The columns; ``ids`` are sorted, what is over or gone stays as a row that is not live."""

    def __init__(self) -> None:
        self.names = Names()
        self.texts, self.tags, self.employers, self.streets = Texts(), Texts(), Texts(), Texts()
        self.streets.number("")
        self.size = 0
        self._ids = np.zeros(_FIRST_SIZE, dtype=np.int64)
        self._live = np.zeros(_FIRST_SIZE, dtype=bool)
        self._urgent = np.zeros(_FIRST_SIZE, dtype=bool)
        self._facts = np.zeros((_FIRST_SIZE, _WORDS), dtype=np.uint64)
        self._values = self._readers()
        self._columns = {name: np.zeros(_FIRST_SIZE, dtype=np.int32) for name in self._values}
        self._packed: dict[str, NDArray[np.uint64]] = {}
        self._more: dict[int, tuple[int, ...]] = {}
        self._of_city: dict[int, Rows] = {}

    def _readers(self) -> dict[str, Callable[[Stored], int | None]]:
        """Return how each column of whole numbers is read off a posting; None is unknown."""
        names = self.names
        return {
            "published_on": lambda one: one.published_on.toordinal(),
            "expires_on": lambda one: one.expires_on.toordinal(),
            "city": lambda one: int(one.city),
            "district": lambda one: int(one.district) if one.district else None,
            "street": lambda one: self.streets.number(one.street),
            "pay_min": lambda one: one.pay_min,
            "pay_max": lambda one: one.pay_max,
            "title": lambda one: names.number(one.title),
            "category": lambda one: names.number(one.category) if one.category else None,
            "trade": lambda one: names.number(one.trade) if one.trade else None,
            "tags": lambda one: self.tags.number(one.tags),
            "employer": lambda one: self.employers.number(one.employer),
            "education": lambda one: one.education,
            "experience_min": lambda one: one.experience_min,
            "experience_max": lambda one: one.experience_max,
            "text": lambda one: self.texts.number(one.text),
            "kind": lambda one: one.kind,
            "first_on": lambda one: one.first_on.toordinal() if one.first_on else None,
            "last_on": lambda one: one.last_on.toordinal() if one.last_on else None,
        }

    @property
    def ids(self) -> Rows:
        """The postings' row numbers in the database."""
        return self._ids[: self.size]

    @property
    def live(self) -> Mask:
        """Which may be found, their days apart."""
        return self._live[: self.size]

    @property
    def urgent(self) -> Mask:
        """Which say that they are urgent."""
        return self._urgent[: self.size]

    def column(self, name: str) -> NDArray[np.int32]:
        """Return a column of whole numbers, UNKNOWN where a posting says nothing."""
        return self._columns[name][: self.size]

    def put(self, postings: Sequence[Stored]) -> None:
        """Take in postings, new or changed, in the order of their ids."""
        if not postings:
            return
        self._of_city.clear()
        if not self.size or postings[0].id > self._ids[self.size - 1]:
            self._append(postings)
            return
        for posting in postings:
            row = self._row(posting.id)
            self._set(slice(row, row + 1), [posting])

    def _append(self, postings: Sequence[Stored]) -> None:
        first, self.size = self.size, self.size + len(postings)
        self._grow(self.size)
        self._ids[first : self.size] = [one.id for one in postings]
        self._set(slice(first, self.size), postings)

    def in_city(self, code: int) -> Rows:
        """Return the rows of postings with a place in a prefecture or municipality."""
        known = self._of_city.get(code)
        if known is None:
            here = np.flatnonzero(self.column("city") == code)
            also = [row for row, places in self._more.items() if code in places]
            known = np.union1d(here, np.array(also, dtype=np.int64)) if also else here
            self._of_city[code] = known
        return known

    def further_places(self, rows: Rows) -> Iterable[tuple[int, tuple[int, ...]]]:
        """Yield position and further places of those of ``rows`` that have any."""
        if not self._more:
            return
        for position, row in enumerate(rows):
            more = self._more.get(int(row))
            if more:
                yield position, more

    def states(self, rows: Rows, facts: Sequence[str]) -> Mask:
        """Return which of ``rows`` state any of ``facts``."""
        wanted = _bits(facts)
        held = np.zeros(len(rows), dtype=bool)
        for word in range(_WORDS):
            if wanted[word]:
                held |= (self._facts[rows, word] & wanted[word]) != 0
        return held

    def _row(self, posting_id: int) -> int:
        at = int(np.searchsorted(self.ids, posting_id))
        if at < self.size and self._ids[at] == posting_id:
            return at
        self._grow(self.size + 1)
        if at < self.size:
            self._open(at)
        self._ids[at] = posting_id
        self.size += 1
        return at

    def _open(self, at: int) -> None:
        """Make room in the middle: ids are given before they are committed."""
        columns = [self._ids, self._live, self._urgent, self._facts, *self._columns.values()]
        for column in columns:
            column[at + 1 : self.size + 1] = column[at : self.size].copy()
        self._more = {row + (row >= at): places for row, places in self._more.items()}

    def _set(self, rows: slice, postings: Sequence[Stored]) -> None:
        """Write postings into neighbouring rows, column by column."""
        self._live[rows] = [one.live for one in postings]
        self._urgent[rows] = [one.urgent for one in postings]
        self._facts[rows] = [self._packed_facts(one.facts) for one in postings]
        for name, value in self._values.items():
            self._columns[name][rows] = [
                UNKNOWN if (number := value(one)) is None else number for one in postings
            ]
        for row, one in enumerate(postings, rows.start):
            self._more.pop(row, None)
            if one.places:
                self._more[row] = tuple(int(code) for code in one.places.split())

    def _packed_facts(self, facts: str) -> NDArray[np.uint64]:
        known = self._packed.get(facts)
        if known is None:
            known = self._packed[facts] = _bits(facts.split())
        return known

    def _grow(self, wanted: int) -> None:
        size = len(self._ids)
        if wanted <= size:
            return
        more = max(size * 2, wanted)
        self._ids = np.resize(self._ids, more)
        self._live, self._urgent = np.resize(self._live, more), np.resize(self._urgent, more)
        facts = np.zeros((more, _WORDS), dtype=np.uint64)
        facts[:size] = self._facts
        self._facts = facts
        for name, column in self._columns.items():
            self._columns[name] = np.resize(column, more)


def _bits(facts: Sequence[str]) -> NDArray[np.uint64]:
    bits = np.zeros(_WORDS, dtype=np.uint64)
    for fact in facts:
        number = _BIT.get(fact)
        if number is not None:
            bits[number // 64] |= np.uint64(1 << (number % 64))
    return bits
