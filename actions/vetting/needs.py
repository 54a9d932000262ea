"""Which characters a pattern cannot do without, read off the pattern itself.

Most clauses of an ad hold none of what a pattern is about; knowing that beforehand saves trying
nearly all of them. A pattern's needs are sets of characters of which every match has one each; of
all such sets the two whose characters are rarest are kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

TOGETHER = 2
"""How many sets are kept: the rarest."""

_LARGEST = 200
"""A class with more characters than this needs nothing in particular."""

_parser: Any = re._parser  # type: ignore[attr-defined]


Sets = tuple[frozenset[str], ...]


def needs(pattern: str, weights: Mapping[str, float]) -> Sets:
    """Return one or two sets of characters: every match of ``pattern`` has one of each.

    ``weights`` say how common a character is. Raises ValueError where there are none such.
    """
    found = _of_row(list(_parser.parse(pattern)), weights)
    if not found:
        raise ValueError(f"nothing that must stand there: {pattern}")
    return found


def weights_of(texts: Iterable[str]) -> dict[str, float]:
    """Return how often each character comes in ``texts``."""
    counts: dict[str, float] = {}
    for text in texts:
        for character in text:
            counts[character] = counts.get(character, 0) + 1
    return counts


def _of_row(row: Sequence[Any], weights: Mapping[str, float]) -> Sets:
    able = [found for each in row for found in _of_one(each, weights)]
    return tuple(sorted(able, key=lambda one: _weight(one, weights))[:TOGETHER])


def _weight(characters: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(each, 0) + 0.1 for each in characters)


def _of_one(item: Any, weights: Mapping[str, float]) -> Sets:
    kind, value = str(item[0]), item[1]
    if kind == "LITERAL":
        return (frozenset(chr(value)),)
    if kind == "IN":
        found = _of_class(value)
        return () if found is None else (found,)
    if kind == "SUBPATTERN":
        return _of_row(list(value[3]), weights)
    if kind == "BRANCH":
        each = [_of_row(list(branch), weights) for branch in value[1]]
        return tuple(frozenset().union(*together) for together in zip(*each, strict=False))
    if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0:
        return _of_row(list(value[2]), weights)
    return ()


def _of_class(members: Sequence[Any]) -> frozenset[str] | None:
    characters: set[str] = set()
    for kind, value in members:
        if str(kind) == "LITERAL":
            characters.add(chr(value))
        elif str(kind) == "RANGE" and value[1] - value[0] < _LARGEST:
            characters.update(map(chr, range(value[0], value[1] + 1)))
        elif str(kind) == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            characters.update("0123456789")
        else:
            return None
    return frozenset(characters)
