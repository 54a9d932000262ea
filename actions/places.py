"""Places: GB/T 2260 codes of provinces, prefectures and counties, found in sentences.

Codes and names are read at first use from the location dictionary that jionlp (Apache-2.0)
brings along, some 60 ms; nothing of it is copied here. A code of six digits ends in 0000 for a
province or municipality, in 00 for a prefecture, else it is a county's or district's.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path

from actions.place_words import BIG_CITIES, BIGGEST, EVERYDAY_WORDS, NICKNAMES, NO_PLACES

MUNICIPALITIES = ("11", "12", "31", "50", "81", "82")
_ROAD = re.compile(r"[东西南北中]?(?:路(?!过)|大道|大街|街(?!道))")


@dataclass(frozen=True)
class Place:
    """A place in a text: ``name`` as written at ``[start, end)``, ``code`` GB/T 2260."""

    code: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class _Entry:
    code: str
    name: str
    short: str
    depth: int
    """0 province, 1 prefecture, 2 county."""


@dataclass(frozen=True)
class _Gazetteer:
    by_code: dict[str, _Entry]
    by_name: dict[str, tuple[str, ...]]
    behind_city: dict[str, tuple[str, ...]]
    """Short names that mean this place only right behind the city it is in (武汉青山)."""
    longest: int


def find_places(text: str) -> list[Place]:
    """Return the places named in ``text``, from left to right; the longest name wins.

    A district right behind its city is one place with it (上海浦东). A name that several
    places bear is the one inside another place of the text, else the biggest of them. Roads
    (南京路) and dishes (兰州拉面) are no places; neither are districts' short names that are
    everyday words.
    """
    found = list(_scan(text))
    others = [codes[0] for _, _, codes in found if len(codes) == 1]
    places: list[Place] = []
    for start, end, codes in found:
        nearby = [*(place.code for place in reversed(places)), *others]
        code = _one_of(codes, nearby)
        place = Place(code, text[start:end], start, end)
        if places and places[-1].end == start and covers(places[-1].code, code):
            first = places.pop()
            place = Place(code, text[first.start : end], first.start, end)
        places.append(place)
    return places


def place_name(code: str) -> str:
    """Return the name people know, a district's with its city's; "" for a code that is none."""
    entry = _gazetteer().by_code.get(code)
    if entry is None:
        return ""
    parent = _gazetteer().by_code.get(city_of(code)) if entry.depth == 2 else None
    return f"{parent.name if parent and parent is not entry else ''}{entry.name}"


def own_name(code: str) -> str:
    """Return a place's name alone (浦东新区); "" for a code that is none."""
    entry = _gazetteer().by_code.get(code)
    return entry.name if entry else ""


def short_name(code: str) -> str:
    """Return a place's short name alone (浦东); "" for a code that is none."""
    entry = _gazetteer().by_code.get(code)
    return entry.short if entry else ""


def covers(code: str, other: str) -> bool:
    """Tell whether the place ``code`` is, or holds, the place ``other``."""
    if code.endswith("0000"):
        return other[:2] == code[:2]
    return other[:4] == code[:4] if code.endswith("00") else other == code


def city_of(code: str) -> str:
    """Return the code of the prefecture or municipality a place is in, itself when above.

    Counties that a province runs directly (仙桃, 石河子) are their own city.
    """
    if code[:2] in MUNICIPALITIES:
        return f"{code[:2]}0000"
    city = f"{code[:4]}00"
    return city if city in _gazetteer().by_code else code


def province_of(code: str) -> str:
    """Return the code of the province or municipality a place is in."""
    return f"{code[:2]}0000"


def _scan(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the spans of names, and the codes each may mean."""
    position = 0
    before: tuple[int, tuple[str, ...]] = (-1, ())
    while position < len(text):
        skipped = next((w for w in NO_PLACES if text.startswith(w, position)), None)
        if skipped is not None:
            position += len(skipped)
            continue
        parents = before[1] if before[0] == position else ()
        end, codes = _longest(text, position, parents)
        if codes:
            yield position, end, codes
            before = end, codes
        position = end


def _longest(text: str, start: int, parents: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Return the end and the codes of the longest name at ``start``; no codes without one."""
    gazetteer = _gazetteer()
    for end in range(min(len(text), start + gazetteer.longest), start + 1, -1):
        name = text[start:end]
        hidden = gazetteer.behind_city.get(name, ()) if parents else ()
        inside = tuple(code for code in hidden if any(covers(p, code) for p in parents))
        # Right behind its city a district is meant, whatever the name says elsewhere (舟山普陀).
        codes = inside or gazetteer.by_name.get(name, ())
        if codes and not _ROAD.match(text, end):
            return end, codes
    return start + 1, ()


def _one_of(codes: tuple[str, ...], nearby: list[str]) -> str:
    for place in nearby:
        inside = [code for code in codes if code != place and covers(place, code)]
        if inside:
            return inside[0]
    return codes[0]


@cache
def _gazetteer() -> _Gazetteer:
    entries = {entry.code: entry for entry in _read()}
    everywhere: dict[str, set[str]] = {name: {code} for name, code in NICKNAMES.items()}
    behind_city: dict[str, set[str]] = {}
    for entry in entries.values():
        for name in {entry.name, entry.short}:
            if len(name) > 1:
                kind = everywhere if _is_clear(name, entry) else behind_city
                kind.setdefault(name, set()).add(entry.code)

    def ranked(named: dict[str, set[str]]) -> dict[str, tuple[str, ...]]:
        return {
            name: tuple(sorted(codes, key=lambda code: _rank(name, entries[code])))
            for name, codes in named.items()
        }

    longest = max(map(len, [*everywhere, *behind_city]))
    return _Gazetteer(entries, ranked(everywhere), ranked(behind_city), longest)


def _read() -> Iterator[_Entry]:
    """Read the three upper levels; towns and villages stand deeper, without codes."""
    spec = find_spec("jionlp")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jionlp, whose location dictionary holds the places")
    folder = Path(spec.submodule_search_locations[0]) / "dictionary"
    with (
        zipfile.ZipFile(folder / "china_location.zip") as archive,
        archive.open("china_location.txt") as raw,
    ):
        for line in TextIOWrapper(raw, "utf-8"):
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
            yield _Entry(rest[0], name, rest[1], depth)


def _is_clear(name: str, entry: _Entry) -> bool:
    """Whether a name means this place in any sentence.

    People everywhere say 浦东; the short names of far-off counties are mostly mere words.
    """
    if name in EVERYDAY_WORDS or (len(name) == 2 and name.endswith("区")):
        return False
    big = entry.code[:4] in BIG_CITIES or f"{entry.code[:2]}00" in BIG_CITIES
    known = big or entry.name.endswith("市") or len(name) > 2
    return entry.depth < 2 or name == entry.name or known


def _rank(name: str, entry: _Entry) -> tuple[bool, int, int, str]:
    """Order the bearers of a name: the known biggest, the upper level, the bigger city."""
    cities = list(BIG_CITIES)
    key = entry.code[:4] if entry.code[:4] in cities else f"{entry.code[:2]}00"
    size = cities.index(key) if key in cities else len(cities)
    return BIGGEST.get(name) != entry.code, entry.depth, size, entry.code
