"""Regions as GB/T 2260 codes: names in a text, and which region covers which.

A code of six digits ends in 0000 for a province or municipality, in 00 for a prefecture, else
it is a county's or district's; 100000 is the whole country.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from language.geography.gazetteer import Entry, gazetteer
from language.geography.misspelt_places import misspelt_at
from language.geography.place_words import (
    ABBREVIATED,
    ABBREVIATIONS,
    DISTANT_BEFORE,
    EXCEPT,
    EXCLUDED_BEFORE,
    EXCLUDED_BEHIND,
    INCLUDED_BEHIND,
    JOINED,
    NEAR_BEFORE,
    NEAR_BEHIND,
    NOT_FAR_BEHIND,
    PART_OF_WORD,
)
from language.text import simplified_in_place

NATIONAL = "100000"
UNKNOWN = ""
NATIONAL_NAME = "全国"
UNKNOWN_NAME = "适用地区未注明"
_MUNICIPALITIES = ("11", "12", "31", "50", "81", "82")
_REACH = 8
"""Characters of the longest words beside a place that say how it is meant."""


@dataclass(frozen=True)
class Place:
    """A place named in a text: ``name`` as written at ``[start, end)``.

    ``excluded``: the text says anywhere but there (不去浦东); ``nearby``: around it will do.
    """

    code: str
    name: str
    start: int
    end: int
    excluded: bool = False
    nearby: bool = False


def find_places(text: str, *, likeliest: bool = False) -> list[Place]:
    """Return the places named in ``text``, from left to right; the longest name wins.

    A district right behind its city is one place with it (上海浦东). A name that several
    places bear is the one inside another place of the text, else that of the upper level
    (吉林 is the province); where they stand on one level (朝阳区) it is left out, or taken
    for the biggest with ``likeliest``. Roads (南京路) and dishes (兰州拉面) are no places;
    neither are districts' short names that are everyday words. Traditional characters, old
    names and a city with one wrong character (昆名) are read.
    """
    plain = simplified_in_place(text)
    found = list(_scan(plain))
    others = [codes[0] for _, _, codes in found if len(codes) == 1]
    places: list[Place] = []
    for start, end, codes in found:
        code = _one_of(codes, [*(place.code for place in reversed(places)), *others], likeliest)
        if code is None:
            continue
        place = Place(code, text[start:end], start, end)
        if places and places[-1].end == start and covers(places[-1].code, code):
            if code == places[-1].code:  # a quarter of the district: 浦东新区张江
                continue
            first = places.pop()
            place = Place(code, text[first.start : end], first.start, end)
        places.append(place)
    return [place for run in _runs(plain, places) for place in _as_meant(plain, run)]


def wanted(places: list[Place]) -> list[Place]:
    """Return the places that are neither refused nor inside one that is."""
    refused = [place.code for place in places if place.excluded]
    return [place for place in places if not any(covers(code, place.code) for code in refused)]


def place_in(text: str) -> str | None:
    """Return the code of the place wanted that is named last, None where none is named."""
    places = wanted(find_places(text, likeliest=True))
    return places[-1].code if places else None


def region_name(code: str) -> str:
    """Return the name of a region; a sentence for "unknown" when the code is none."""
    if code == NATIONAL:
        return NATIONAL_NAME
    return place_name(code) or UNKNOWN_NAME


def place_name(code: str) -> str:
    """Return the name people know, a district's with its city's; "" for a code that is none."""
    entry = _entry(code)
    if entry is None:
        return ""
    parent = _entry(city_of(code)) if entry.depth == 2 else None
    return f"{parent.name if parent and parent is not entry else ''}{entry.name}"


def own_name(code: str) -> str:
    """Return a place's name alone (浦东新区); "" for a code that is none."""
    entry = _entry(code)
    return entry.name if entry else ""


def short_name(code: str) -> str:
    """Return a place's short name alone (浦东), 全国 for all; "" for a code that is none."""
    if code == NATIONAL:
        return NATIONAL_NAME
    entry = _entry(code)
    return entry.short if entry else ""


def to_code(value: str | None) -> str | None:
    """Return the code for a code or a name; None for nothing or for no known region."""
    if not value:
        return None
    if re.fullmatch(r"\d{6}", value):
        return value
    if value in (NATIONAL_NAME, "国家", "national"):
        return NATIONAL
    places = find_places(value)
    return places[0].code if places else None


def covers(outer: str, inner: str) -> bool:
    """Tell whether the region ``outer`` is, or holds, ``inner``: its rules hold there."""
    if outer in (NATIONAL, inner):
        return True
    if outer == UNKNOWN or inner in (UNKNOWN, NATIONAL):
        return False
    stem = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer
    return inner.startswith(stem)


def city_of(code: str) -> str:
    """Return the code of the prefecture or municipality a place is in, itself when above.

    Counties that a province runs directly (仙桃, 石河子) are their own city.
    """
    if code[:2] in _MUNICIPALITIES:
        return f"{code[:2]}0000"
    city = f"{code[:4]}00"
    return city if _entry(city) else code


def province_of(code: str) -> str:
    """Return the code of the province or municipality a place is in."""
    return f"{code[:2]}0000"


def _entry(code: str) -> Entry | None:
    return gazetteer().entries.get(code)


def _scan(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the spans of names, and the codes each may mean."""
    position, behind = 0, 0
    parents: tuple[str, ...] = ()
    abbreviated = {
        at: ABBREVIATIONS[text[at]]
        for match in ABBREVIATED.finditer(text)
        for at in range(match.start(), match.end())
    }
    while position < len(text):
        end, codes = _longest(text, position, parents if behind == position else ())
        if end == position + 1 and not codes:
            if position in abbreviated:
                codes = (abbreviated[position],)
            elif (misspelt := misspelt_at(text, position)) is not None:
                end, codes = misspelt[0], (misspelt[1],)
        if codes:
            yield position, end, codes
            parents, behind = codes, end
        position = end


def _longest(text: str, start: int, parents: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Return the end and the codes of the longest name at ``start``; no codes without one."""
    for found in gazetteer().names.at(text, start):
        meaning = found.meaning
        if not meaning.anywhere and not meaning.behind_city:
            return found.end, ()
        inside = [code for code in meaning.behind_city if any(covers(p, code) for p in parents)]
        # Right behind its city a district is meant, whatever the name says elsewhere (舟山普陀).
        codes = tuple(inside) or meaning.anywhere
        if codes and not PART_OF_WORD.match(text, found.end):
            return found.end, codes
    return start + 1, ()


def _one_of(codes: tuple[str, ...], nearby: list[str], likeliest: bool) -> str | None:
    for place in nearby:
        inside = [code for code in codes if code != place and covers(place, code)]
        if inside:
            return inside[0]
    if likeliest or len(codes) == 1:
        return codes[0]
    entries = gazetteer().entries
    return codes[0] if entries[codes[0]].depth < entries[codes[1]].depth else None


def _runs(text: str, places: list[Place]) -> Iterator[list[Place]]:
    """Yield the places of which the same is said together: 浦东和闵行."""
    run: list[Place] = []
    for place in places:
        if run and not JOINED.fullmatch(text, run[-1].end, place.start):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _as_meant(text: str, run: list[Place]) -> list[Place]:
    """Return places with what is said of them before the first and behind the last."""
    start, end = run[0].start, run[-1].end
    before = text[max(0, start - _REACH) : start]
    refused = EXCLUDED_BEFORE.search(before)
    if refused and EXCEPT.match(refused[0]) and INCLUDED_BEHIND.match(text, end):
        refused = None
    excluded = bool(refused or EXCLUDED_BEHIND.match(text, end))
    nearby = bool(
        NEAR_BEHIND.match(text, end)
        or NEAR_BEFORE.search(before)
        or (DISTANT_BEFORE.search(before) and NOT_FAR_BEHIND.match(text, end))
    )
    return [replace(place, excluded=excluded, nearby=nearby and not excluded) for place in run]
