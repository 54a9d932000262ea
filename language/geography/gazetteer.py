"""Provinces, prefectures and counties by GB/T 2260 code, and the names that mean them.

Read at first use from the location dictionary that jionlp (Apache-2.0) brings along, some
60 ms; nothing of it is copied here, and jionlp itself, which takes a third of a second and
prints a banner, is not imported.
"""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from language.geography.areas import clear_areas
from language.geography.former_places import FORMER_PLACES
from language.geography.place_words import (
    BIG_CITIES,
    BIGGEST,
    EVERYDAY_WORDS,
    NO_PLACES,
    OTHER_NAMES,
)
from language.names import NameIndex

_CITY_RANK = {code: rank for rank, code in enumerate(BIG_CITIES)}


@dataclass(frozen=True)
class Entry:
    """A place: ``depth`` 0 province or municipality, 1 prefecture, 2 county or district."""

    code: str
    name: str
    short: str
    depth: int


@dataclass(frozen=True)
class Meaning:
    """The codes a name may mean, the likeliest first.

    ``anywhere`` in a text, ``behind_city`` right behind the city it is in (武汉青山). Without
    any, the name is a phrase that begins with a place and means none (兰州拉面).
    """

    anywhere: tuple[str, ...] = ()
    behind_city: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """The places by code, and the names that mean them."""

    entries: dict[str, Entry]
    names: NameIndex[Meaning]


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer; ModuleNotFoundError where jionlp is not installed."""
    entries = {entry.code: entry for entry in _read()}
    parts = {name: area.districts[0] for name, area in clear_areas().items()}
    anywhere: dict[str, set[str]] = {
        name: {code} for name, code in (parts | FORMER_PLACES | OTHER_NAMES).items()
    }
    behind_city: dict[str, set[str]] = {}
    for entry in entries.values():
        for name in {entry.name, entry.short}:
            if len(name) > 1:
                kind = anywhere if _is_clear(name, entry) else behind_city
                kind.setdefault(name, set()).add(entry.code)

    def ranked(name: str, codes: set[str]) -> tuple[str, ...]:
        return tuple(sorted(codes, key=lambda code: _rank(name, entries[code])))

    names = dict.fromkeys(NO_PLACES, Meaning())
    for name in anywhere | behind_city:
        names[name] = Meaning(
            ranked(name, anywhere.get(name, set())), ranked(name, behind_city.get(name, set()))
        )
    return Gazetteer(entries, NameIndex(names))


def _read() -> Iterator[Entry]:
    """Read the three upper levels; towns and villages stand deeper, without codes."""
    with open_dictionary("china_location") as lines:
        for line in lines:
            if line.startswith("\t\t\t"):
                continue
            fields = line.split("\t")
            name, *rest = (field.strip() for field in fields if field.strip())
            # A municipality stands again as its own only city: it is taken once. Taiwan's
            # counties have no code and are left to the province.
            if len(rest) != 2 or not rest[0].isdigit() or "直辖" in name:
                continue
            depth = line[:2].count("\t")
            if depth > 0 and rest[0].endswith("0000"):
                continue
            yield Entry(rest[0], name, rest[1], depth)


@contextmanager
def open_dictionary(name: str) -> Iterator[TextIO]:
    """Open a dictionary of jionlp's; ModuleNotFoundError where it is not installed."""
    spec = find_spec("jionlp")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jionlp, whose dictionaries hold places and characters")
    folder = Path(spec.submodule_search_locations[0]) / "dictionary"
    with (
        zipfile.ZipFile(folder / f"{name}.zip") as archive,
        archive.open(f"{name}.txt") as raw,
    ):
        yield TextIOWrapper(raw, "utf-8")


def _is_clear(name: str, entry: Entry) -> bool:
    """Whether a name means this place in any sentence.

    People everywhere say 浦东; the short names of far-off counties are mostly mere words.
    """
    if name in EVERYDAY_WORDS or (len(name) == 2 and name.endswith("区")):
        return False
    big = entry.code[:4] in _CITY_RANK or f"{entry.code[:2]}00" in _CITY_RANK
    known = big or entry.name.endswith("市") or len(name) > 2
    return entry.depth < 2 or name == entry.name or known


def _rank(name: str, entry: Entry) -> tuple[bool, int, int, str]:
    """Order the bearers of a name: the known biggest, the upper level, the bigger city."""
    key = entry.code[:4] if entry.code[:4] in _CITY_RANK else f"{entry.code[:2]}00"
    size = _CITY_RANK.get(key, len(_CITY_RANK))
    return BIGGEST.get(name) != entry.code, entry.depth, size, entry.code
