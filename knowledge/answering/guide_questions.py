"""Which field of a service guide a question asks for: plain rules over everyday words."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.parsing.guide_fields import FIELDS

PATTERNS = Path(__file__).parent / "data" / "guide_questions.tsv"
TALK = "talk"
FEE = "fee"  # asked for, though no record states it
_KEYS = frozenset((*(field.key for field in FIELDS), FEE, TALK))


@dataclass(frozen=True)
class GuideQuestion:
    """What a question wants of a guide: a field's key, and what it is about without that."""

    field: str
    matter: str


def read_guide_question(question: str) -> GuideQuestion | None:
    """Return the field that a (normalised) question asks for; None when it names none."""
    patterns = _patterns()
    for field, pattern in patterns.items():
        if field != TALK and pattern.search(question):
            matter = patterns[TALK].sub(" ", pattern.sub(" ", question))
            return GuideQuestion(field, matter)
    return None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return a pattern for each field, in their order; ValueError names a malformed line."""
    found: dict[str, list[str]] = {}
    for number, line in enumerate(PATTERNS.read_text("utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        field, _, pattern = line.partition("\t")
        if field not in _KEYS or not pattern:
            raise ValueError(f"{PATTERNS.name}, line {number}: {line!r}")
        found.setdefault(field, []).append(pattern)
    return {field: re.compile("|".join(patterns)) for field, patterns in found.items()}
