"""What postings call their work, each distinct name once, and how like it is to a phrase."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from actions.jobs.matching.titles import DIMENSIONS, Meaning
from language.occupations.codes import group_of
from language.text import fold

Floats = NDArray[np.float32]
_KEPT = 512
"""Phrases whose likeness to all names is kept: 100 MB with 50,000 names."""

_TREE = ((4, 1.0), (3, 0.75), (2, 0.3))
"""How like two codes are that share so many parts: occupation, small group, middle group."""

_COSINE_FLOOR, _TRADE_FLOOR, _COSINE_SPAN = 0.14, 0.4, 0.35
"""A cosine from which two titles have something in common, and what makes them the same. Short
names of unlike trades lie at 0.4 already: 电工 and 普工 are not near each other."""

_COVERED, _PARTLY = 0.92, 1.02
"""How like a name is that holds the whole phrase and more, or nearly the whole of it."""

_OF_MEANING, _OF_WORDS, _OF_TREE = 0.5, 0.3, 0.2
"""Shares of vectors, characters and occupations in the likeness of names that do not hold it."""


class Names:
    """Distinct names by number, with vectors, occupations and an index of their characters."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._folded: list[str] = []
        self._lengths = np.zeros(16, dtype=np.float32)
        self._vectors = np.zeros((16, DIMENSIONS), dtype=np.float32)
        self._codes: list[str | None] = []
        self._code_of = np.zeros(16, dtype=np.int32)
        self._distinct: dict[str | None, int] = {}
        self._grams: dict[str, list[int]] = {}
        self._likeness: dict[tuple[str, bool], Floats] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def number(self, text: str) -> int:
        """Return a name's number, given to it now if it is new."""
        known = self._numbers.get(text)
        if known is not None:
            return known
        number = len(self.texts)
        self._grow(number + 1)
        self.texts.append(text)
        self._numbers[text] = number
        folded = plain(text)
        self._folded.append(folded)
        grams = _grams(folded)
        self._lengths[number] = len(grams)
        for gram in grams:
            self._grams.setdefault(gram, []).append(number)
        self._code_of[number] = self._distinct.setdefault(None, len(self._distinct))
        self._likeness.clear()
        return number

    def known(self, texts: Sequence[str]) -> list[int]:
        """Return the numbers of those names that any posting has."""
        return [self._numbers[text] for text in texts if text in self._numbers]

    def learn(self, text: str, meaning: Meaning) -> None:
        """Take in what a name means."""
        number = self.number(text)
        if meaning.vector is not None:
            self._vectors[number] = meaning.vector
        code = meaning.occupation
        self._code_of[number] = self._distinct.setdefault(code, len(self._distinct))
        self._likeness.clear()

    def holding(self, word: str) -> NDArray[np.bool_]:
        """Return which names hold a word, in lower case; one more, which holds none, at the end."""
        held = np.zeros(len(self) + 1, dtype=bool)
        held[:-1] = np.fromiter((word in text for text in self._folded), bool, len(self))
        return held

    def occupation(self, number: int) -> str | None:
        """Return the occupation's code of a name."""
        codes = list(self._distinct)
        return codes[int(self._code_of[number])]

    def likeness(self, phrase: str, meaning: Meaning, *, plain_trade: bool = False) -> Floats:
        """Return how like each name is to a phrase, 0 to 1: by characters, occupation, meaning.

        A ``plain_trade`` has a name that everybody knows: its meaning says less beside it.
        """
        key = (phrase, plain_trade)
        known = self._likeness.get(key)
        if known is not None and len(known) == len(self):
            return known
        if len(self._likeness) >= _KEPT:
            self._likeness.pop(next(iter(self._likeness)))
        made = self._measure(phrase, meaning, _TRADE_FLOOR if plain_trade else _COSINE_FLOOR)
        self._likeness[key] = made
        return made

    def _measure(self, phrase: str, meaning: Meaning, floor: float) -> Floats:
        count = len(self)
        words = self._by_words(plain(phrase))
        tree = self.by_occupation(meaning.occupation)
        if meaning.vector is None:
            return np.asarray(np.maximum(words, 0.7 * tree), dtype=np.float32)
        cosine = self._vectors[:count] @ meaning.vector
        near = np.clip((cosine - floor) / _COSINE_SPAN, 0, 1)
        mixed = _OF_MEANING * near + _OF_WORDS * words + _OF_TREE * tree
        return np.asarray(np.where(words >= _COVERED, words, mixed), dtype=np.float32)

    def _by_words(self, phrase: str) -> Floats:
        """Return how much of a phrase each name holds; what few names have counts most."""
        grams = _grams(phrase)
        count = len(self)
        shared, wanted = np.zeros(count, dtype=np.float32), 0.0
        for gram in grams:
            held = self._grams.get(gram, ())
            rarity = float(np.log1p(count / (1 + len(held))))
            wanted += rarity
            if len(held):
                shared[held] += rarity
        if not wanted:
            return shared
        covered = shared / wanted
        # Of names that hold it all the shorter is the nearer: 运营 before 海外运营总监助理.
        short = len(grams) / np.maximum(self._lengths[:count], len(grams))
        held_all = _COVERED + (1 - _COVERED) * short
        return np.where(covered > 0.999, held_all, _PARTLY * covered).astype(np.float32)

    def by_occupation(self, code: str | None) -> Floats:
        """Return how near each name's occupation is to a code; see ``tree_likeness``."""
        if code is None:
            return np.zeros(len(self), dtype=np.float32)
        of_code = np.array([tree_likeness(code, other) for other in self._distinct], np.float32)
        return of_code[self._code_of[: len(self)]]

    def _grow(self, wanted: int) -> None:
        size = len(self._lengths)
        if wanted <= size:
            return
        more = max(wanted, size * 2)
        self._lengths = np.resize(self._lengths, more)
        self._code_of = np.resize(self._code_of, more)
        vectors = np.zeros((more, DIMENSIONS), dtype=np.float32)
        vectors[:size] = self._vectors
        self._vectors = vectors


def tree_likeness(one: str, other: str | None) -> float:
    """Return how near two codes of the 职业分类大典 are, 0 to 1; a group is like what it holds."""
    if other is None:
        return 0.0
    mine, its = one.split("-"), other.split("-")
    shared = 0
    for a, b in zip(mine, its, strict=False):
        if a != b:
            break
        shared += 1
    if shared == min(len(mine), len(its)) >= 3 and group_of(one) == group_of(other):
        return 1.0 if len(mine) == len(its) else 0.85
    return next((value for parts, value in _TREE if shared >= parts), 0.0)


def plain(text: str) -> str:
    """Return a name's characters as they are compared."""
    return "".join(_HOURS.sub("", fold(text)).split())


_HOURS = re.compile("行政班|行政(?:上下班|作息|班次)")
"""Hours of work that are called after a trade."""


def _grams(text: str) -> set[str]:
    """Return single characters and pairs; of a word in letters the word."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return pairs | {char for char in text if not char.isascii()} if len(text) > 1 else {text} - {""}


def best_of(likenesses: Sequence[Floats], count: int) -> Floats:
    """Return for each name its likeness to the phrase that it is most like."""
    if not likenesses:
        return np.zeros(count, dtype=np.float32)
    best: Floats = np.maximum.reduce(list(likenesses))
    return best
