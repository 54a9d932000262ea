"""Regions as GB/T 2260 codes: names in a text, and which region covers which.

The names come from jionlp's table of administrative divisions, read once, lazily: the
library takes a third of a second to import and prints a banner.
"""

import contextlib
import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any

from knowledge import sentences

NATIONAL = "100000"
UNKNOWN = ""
AMBIGUOUS = ""

# Abbreviations that document numbers begin with (沪人社就〔2020〕48号); source: GB/T 2260
# and the State Council's list of provincial abbreviations.
_PROVINCES = (
    "11京 12津 13冀 14晋 15蒙 21辽 22吉 23黑 31沪 32苏 33浙 34皖 35闽 36赣 37鲁 41豫 42鄂 43湘 "
    "44粤 45桂 46琼 50渝 51川 52黔 52贵 53滇 53云 54藏 61陕 62甘 63青 64宁 65新"
)
_ABBREVIATIONS = {entry[2]: entry[:2] for entry in _PROVINCES.split(" ")}
_NATIONAL_ISSUER = re.compile(
    r"^(?:国务院|全国人民代表大会|全国人大|最高人民|中共中央|中华人民共和国|国家|"
    r"(?:人力资源(?:和)?社会保障|财政|教育|民政|工业和信息化|公安|农业农村|住房城乡建设|商务)部|"
    r"中华全国)"
)
# A ministry of the State Council: bodies of provinces and cities are 厅 and 局.
_MINISTRY = re.compile(
    r"(?!.*[省市县区委])(?:[\u4e00-\u9fff]{2,12}部|[\u4e00-\u9fff]{2,8}总[局署]|政务院)\b"
)
_NATIONAL_NUMBER = re.compile(r"^(?:人社|国办|国发|中办|财社|教|劳社|令)")


@dataclass(frozen=True)
class Place:
    """A region named in a text: its code and the half-open span of the name."""

    code: str
    start: int
    end: int


def region_name(code: str) -> str:
    """Return the name of a region; a sentence for "unknown" when the code is empty."""
    if code == NATIONAL:
        return sentences.NATIONAL
    return _table()[1].get(code, sentences.REGION_UNKNOWN)


def to_code(value: str | None) -> str | None:
    """Return the code for a code or a name; None for nothing or for no known region."""
    if not value:
        return None
    if re.fullmatch(r"\d{6}", value):
        return value
    if value in ("全国", "国家", "national"):
        return NATIONAL
    places = find_places(value)
    return places[0].code if places else None


def covers(outer: str, inner: str) -> bool:
    """Tell whether a rule of region ``outer`` holds in region ``inner``."""
    if outer in (NATIONAL, inner):
        return True
    if outer == UNKNOWN or inner in (UNKNOWN, NATIONAL):
        return False
    stem = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else outer
    return inner.startswith(stem)


def find_places(text: str) -> list[Place]:
    """Return the regions that ``text`` names, longest names first at each position."""
    names, _, longest = _table()
    places: list[Place] = []
    at = 0
    while at < len(text):
        for length in range(min(longest, len(text) - at), 1, -1):
            code = names.get(text[at : at + length])
            if code is not None:
                if code != AMBIGUOUS:
                    places.append(Place(code, at, at + length))
                at += length
                break
        else:
            at += 1
    return places


def region_of_issuer(issuer: str, doc_no: str) -> str:
    """Return the region that an issuing body serves, from its name or its number's prefix."""
    if _NATIONAL_ISSUER.match(issuer):
        return NATIONAL
    places = find_places(issuer[:12])
    if places and places[0].start == 0:
        return _narrowest(places).code
    if _MINISTRY.match(issuer):
        return NATIONAL
    if doc_no and (_NATIONAL_NUMBER.match(doc_no) or "国务院" in doc_no):
        return NATIONAL
    stem = _ABBREVIATIONS.get(doc_no[:1]) if doc_no else None
    return f"{stem}0000" if stem else UNKNOWN


def province_of_number(doc_no: str) -> str:
    """Return the name of the province whose abbreviation a document number begins with."""
    stem = _ABBREVIATIONS.get(doc_no[:1])
    return region_name(f"{stem}0000") if stem else ""


def _narrowest(places: list[Place]) -> Place:
    """Return the last of the regions that stand directly one after the other."""
    chosen = places[0]
    for place in places[1:]:
        if place.start != chosen.end or not covers(chosen.code, place.code):
            break
        chosen = place
    return chosen


@cache
def _table() -> tuple[dict[str, str], dict[str, str], int]:
    """Return code by name, full name by code, and the length of the longest name."""
    with contextlib.redirect_stdout(io.StringIO()):
        from jionlp.dictionary import dictionary_loader

        tree: dict[str, Any] = dictionary_loader.china_location_loader(detail=False)
    names: dict[str, str] = {}
    full: dict[str, str] = {}

    def entries(node: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
        return [(name, child) for name, child in node.items() if isinstance(child, dict)]

    provinces = entries(tree)
    cities = [item for _, node in provinces for item in entries(node)]
    counties = [item for _, node in cities for item in entries(node)]
    for _name, node in [*provinces, *cities, *counties]:
        full.setdefault(node["_admin_code"], node["_full_name"])
    for name, node in [*provinces, *cities]:
        short = node["_alias"] if isinstance(node["_alias"], list) else [node["_alias"]]
        for known in (name, node["_full_name"], *short):
            names.setdefault(known, node["_admin_code"])
    # A county's short name may be any word (「和平」「城关」), and its full name may be
    # another's too (「朝阳区」): only full names that are unique name a place.
    uses = Counter(name for name, _ in counties)
    for name, node in counties:
        if len(name) > 2:
            names.setdefault(name, node["_admin_code"] if uses[name] == 1 else AMBIGUOUS)
    names.setdefault("浦东", "310115")
    return names, full, max(map(len, names))
