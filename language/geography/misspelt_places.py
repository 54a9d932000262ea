"""Names of provinces and cities with one wrong character that sounds or looks like the right one.

How characters sound and look is read at first use from the dictionary that jionlp (Apache-2.0)
brings along, some 0.2 s; nothing of it is copied here.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from language.geography.gazetteer import gazetteer, open_dictionary
from language.geography.place_words import SLOT_BEFORE, SLOT_BEHIND

_READING = re.compile(r"\[([^\]]+)\]\d")
_SLOT = 3
"""Characters of the longest word before a place that ``SLOT_BEFORE`` knows, and one more."""


def misspelt_at(text: str, start: int) -> tuple[int, str] | None:
    """Return the end and the code of a misspelt city at ``start``; None where there is none.

    Only where a place is sure to stand (在昆名找工作), and only one can be meant.
    """
    named = any(True for _ in gazetteer().names.at(text, start))
    if named or not SLOT_BEFORE.search(text[max(0, start - _SLOT) : start]):
        return None
    for length in (3, 2):
        end = start + length
        written = text[start:end]
        if len(set(written)) == length and SLOT_BEHIND.match(text, end):
            codes = set(_meant(written))
            if len(codes) == 1:
                return end, codes.pop()
    return None


def _meant(written: str) -> Iterator[str]:
    for at, char in enumerate(written):
        for right, code in _cities().get((written[:at], written[at + 1 :]), ()):
            if right != char and _features(char) & _features(right):
                yield code


@cache
def _cities() -> dict[tuple[str, str], list[tuple[str, str]]]:
    """Return, by what stands before and behind a character, that character and whose it is."""
    cities: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for entry in gazetteer().entries.values():
        if entry.depth < 2 and len(entry.short) in (2, 3):
            for at, char in enumerate(entry.short):
                key = entry.short[:at], entry.short[at + 1 :]
                cities[key].append((char, entry.code))
    return cities


def _features(char: str) -> frozenset[str]:
    """Return how a character sounds, without tones, and its four-corner number."""
    return _characters().get(char, frozenset())


@cache
def _characters() -> dict[str, frozenset[str]]:
    """Return the features of those characters that can stand for one in a city's name."""
    every: dict[str, frozenset[str]] = {}
    with open_dictionary("chinese_char_dictionary") as lines:
        for line in lines:
            char, _, _, corners, *_, meanings = line.split("\t")
            readings = (part for found in _READING.findall(meanings) for part in found.split("/"))
            every[char] = frozenset({corners, *map(_without_tone, readings)} - {""})
    needed = {char for alternatives in _cities().values() for char, _ in alternatives}
    sought = frozenset[str]().union(*(every.get(char, frozenset()) for char in needed))
    return {char: features for char, features in every.items() if features & sought}


def _without_tone(reading: str) -> str:
    apart = unicodedata.normalize("NFD", reading)
    return "".join(char for char in apart if not unicodedata.combining(char))
