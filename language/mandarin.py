"""Questions in dialect, said in Mandarin: official texts have no other words."""

import re
from functools import cache
from pathlib import Path

from language.terms import normalise

_TABLE = Path(__file__).parent / "mandarin.tsv"


def in_mandarin(text: str) -> str:
    """Return normalised ``text`` with the words of dialects replaced, the rest as it is."""
    words = _words()
    return _pattern().sub(lambda found: words[found[0]], text)


@cache
def _words() -> dict[str, str]:
    lines = _TABLE.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {normalise(said): meant for said, meant in rows}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_words(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
