"""The rules of vetting as they are read from their files: one reviewed file a category.

A file says what may not be in an ad (``patterns``), what of it is lawful (``unless`` in the same
clause, ``unless_ad`` anywhere), what it turns into (``softened_by``: a person looks instead),
where the law says so (``basis``), what may be written ``instead``, and examples on both sides,
which are its tests.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from actions.vetting.needs import needs, weights_of
from language.geography.gazetteer import gazetteer
from language.geography.place_words import EVERYDAY_WORDS

COUNTY = 2
FOLDER = Path(__file__).parent / "rules"
PASS, REVIEW, REJECT = "pass", "review", "reject"
DISCRIMINATION = (
    *("gender", "marital", "age", "ethnicity", "religion", "region"),
    *("education_unreasonable", "health", "appearance", "disability"),
)
FRAUD = (
    *("fee", "fake_order", "pyramid", "document_retention", "training_loan"),
    "illegal_content",
)
SCAMS = frozenset({"fake_order", "pyramid", "training_loan", "illegal_content"})
"""Whose ads are no work: no wording makes them honest."""

ECHOES = frozenset({("fee", "training_loan"), ("region", "ethnicity")})
"""Findings that are none of their own on the words of another: 学费 of a loan, 凉山 of 彝族."""

MINIMUM_WAGE, MISSING, MISLEADING = "below_minimum_wage", "missing_info", "misleading_pay"
CATEGORIES = (*DISCRIMINATION, *FRAUD, MINIMUM_WAGE, MISSING, MISLEADING)


@dataclass(frozen=True)
class Basis:
    """A place in a statute: the article of ``law`` (its short name) that says ``words``."""

    law: str
    article: str
    words: str

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True)
class Rule:
    """What one kind of words in an ad comes to.

    It is read clause by clause, a ``wide`` one in the whole text. ``positive`` and ``negative``
    are its examples.
    """

    name: str
    decision: str
    patterns: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None
    unless_ad: re.Pattern[str] | None
    softened_by: re.Pattern[str] | None
    basis: tuple[Basis, ...]
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    wide: bool = False


@dataclass(frozen=True)
class Category:
    """A category's rules; ``instead`` is what may be written, ``reason`` why, in one line."""

    name: str
    title: str
    instead: str
    reason: str
    basis: tuple[Basis, ...]
    rules: tuple[Rule, ...]


@cache
def rulebook(folder: Path = FOLDER) -> Mapping[str, Category]:
    """Return every category by its name, in DESIGN's order. Raises KeyError, re.error."""
    macros = _macros(folder)
    return {name: _category(folder / f"{name}.toml", macros) for name in CATEGORIES}


@dataclass(frozen=True)
class Trial:
    """One pattern of a rule."""

    category: Category
    rule: Rule
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Order:
    """All patterns in a row, and by a character the bits of those that it may set off.

    The upper half of the bits says the same of a pattern's second need; ``single`` are the
    upper bits of those that have none.
    """

    trials: tuple[Trial, ...]
    bits: Mapping[str, int]
    wide: int
    single: int

    def tried(self, text: str, *, wide: bool) -> Iterator[Trial]:
        """Yield the patterns that may find something in ``text``."""
        get, mask = self.bits.get, self.single
        for character in text:
            mask |= get(character, 0)
        mask &= mask >> len(self.trials)
        mask &= self.wide if wide else ~self.wide & ((1 << len(self.trials)) - 1)
        while mask:
            lowest = mask & -mask
            yield self.trials[lowest.bit_length() - 1]
            mask ^= lowest


@cache
def order() -> Order:
    """Return every pattern with what sets it off."""
    rules = [(each, rule) for each in rulebook().values() for rule in each.rules]
    trials = tuple(Trial(*both, pattern) for both in rules for pattern in both[1].patterns)
    weights = weights_of(text for _, rule in rules for text in (*rule.positive, *rule.negative))
    bits: dict[str, int] = {}
    single = 0
    for place, trial in enumerate(trials):
        first, *second = needs(trial.pattern.pattern, weights)
        for character in first:
            bits[character] = bits.get(character, 0) | 1 << place
        upper = 1 << (place + len(trials))
        single |= 0 if second else upper
        for character in second[0] if second else ():
            bits[character] = bits.get(character, 0) | upper
    wide = sum(1 << place for place, trial in enumerate(trials) if trial.rule.wide)
    return Order(trials, bits, wide, single)


def _macros(folder: Path) -> dict[str, str]:
    words = tomllib.loads((folder / "words.toml").read_text("utf-8"))["macros"]
    done: dict[str, str] = {}
    words["PLACE"] = f"(?:{words['PLACE']}|{'|'.join(_places())})"
    for name, pattern in words.items():  # a macro may use those above it
        done[name] = _filled(pattern, {**words, **done})
    return done


def _places() -> list[str]:
    """Return what provinces and their prefectures are called for short."""
    entries = gazetteer().entries.values()
    names = {entry.short for entry in entries if entry.depth < COUNTY and len(entry.short) > 1}
    return sorted(names - set(EVERYDAY_WORDS), key=len, reverse=True)


def _filled(pattern: str, macros: Mapping[str, str]) -> str:
    return re.sub(r"<([A-Z_]+)>", lambda match: macros[match[1]], pattern)


def _category(path: Path, macros: Mapping[str, str]) -> Category:
    data = tomllib.loads(path.read_text("utf-8"))
    basis = tuple(Basis(**each) for each in data["basis"])
    rules = tuple(_rule(each, data, basis, macros) for each in data.get("rule", ()))
    return Category(data["category"], data["title"], data["instead"], data["reason"], basis, rules)


def _rule(
    own: Mapping[str, Any],
    category: Mapping[str, Any],
    basis: tuple[Basis, ...],
    macros: Mapping[str, str],
) -> Rule:
    def compiled(key: str) -> re.Pattern[str] | None:
        pattern = own.get(key, category.get(key))
        return None if pattern is None else re.compile(_filled(pattern, macros))

    special = tuple(Basis(**each) for each in own.get("basis", ()))
    return Rule(
        name=own["name"],
        decision=own.get("decision", REJECT),
        patterns=tuple(re.compile(_filled(one, macros)) for one in own["patterns"]),
        unless=compiled("unless"),
        unless_ad=compiled("unless_ad"),
        softened_by=compiled("softened_by"),
        basis=special or basis,
        positive=tuple(own["positive"]),
        negative=tuple(own["negative"]),
        wide=own.get("wide", False),
    )
