"""「那上海呢」 after a policy answer: the same question again, for the place that is named."""

import re
from collections.abc import Iterator

from actions.dialogue.tasks import Found, Words
from language.places import NATIONAL, find_places, region_name

MOST_PLACES = 3
BETWEEN = "、"
_WHOLE_COUNTRY = "全国"


def regions(words: Words) -> Iterator[Found]:
    """Yield the places that are named, as GB/T 2260 codes; 全国 is one."""
    for code, start, end in _places(words.text):
        yield Found("region", code, start, end, {"regions": code})


def questions(words: Words) -> Iterator[Found]:
    """Yield the sentence itself: whatever is asked is the question."""
    yield Found("question", words.text, 0, len(words.text), weak=True)


def asked_in(question: str, place: str) -> str:
    """Return ``question`` asked for a place (a code): its own, if it names one, is replaced."""
    found = _places(question)
    if not found:
        return question
    _, start, end = found[-1]
    return question[:start] + region_name(place) + question[end:]


def codes_of(joined: str) -> list[str]:
    """Return the places of one message, each once, no more than are answered together."""
    return list(dict.fromkeys(joined.split(BETWEEN)))[:MOST_PLACES]


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return code and span of each place in ``text``, from left to right."""
    places = find_places(text, likeliest=True)
    found = [(place.code, place.start, place.end) for place in places]
    whole = [(NATIONAL, *match.span()) for match in re.finditer(_WHOLE_COUNTRY, text)]
    return sorted([*found, *whole], key=lambda place: place[1])
