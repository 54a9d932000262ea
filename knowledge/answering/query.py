"""A question taken apart: place, day, matter, and the official words for colloquial ones."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.answering.lexicon import lexicon
from knowledge.answering.misspelt import as_meant
from language.mandarin import in_mandarin
from language.places import Place, find_places
from language.terms import MAX_QUESTION, STOP, normalise, terms

# A year that says when, not which document (「2020年48号」) or whom (「2022年毕业生」).
_THEN = re.compile(
    r"((?:19|20)\d{2})年?(?:(\d{1,2})月(?:份|底|初)?)?"
    r"(?:底|初|末)?(?:版|那时|那会|那年|当时|时的|(?:的)?时候|(?:之前|以前|期间)?的?"
    r"(?:旧)?(?:规定|法律|条例|法条|版本)|的[\u4e00-\u9fff]{2,14}?(?:法|条例)(?![院官律治规令]))"
)

_OVERSEAS = ("71", "81", "82")  # Taiwan, Hong Kong, Macao: who comes from there asks about here
_OF_PERSON = re.compile("户口|户籍|籍|人(?![社力才民事])|老家|来的")
# Which article it is, or which law: who asks that wants a statute.
_ARTICLE = re.compile("第几条|哪一?条|哪些条|几条规定|哪一?[部个]法|什么法|法律依据|法条")
_ANY_OCCASION = re.compile("期间|应对|涉|工作的通知")  # what says nothing of which occasion it is
_NO_TERM = ""  # as rare as whatever the library does not have
# How one's own application stands, or one's own account: no document says that.
_OWN_CASE = re.compile(
    r"我.{0,16}(?:到哪一?步|进度(?:怎么样|如何|到哪)|(?:批|审|办|发|判|寄)(?:下来|好|完)?了?没(?:有)?$"
    r"|余额.{0,4}(?:多少|几)|案号|查一下我)"
)


@dataclass(frozen=True)
class Slot:
    """One character of the question's matter with its weight.

    A text covers it by ``single``, better by one of ``pairs``, or by an official term (its
    pairs) that the colloquial words here stand for.
    """

    weight: float
    single: str
    pairs: tuple[str, ...]
    official: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Query:
    """A question: normalised ``text``, the code of the place it names, the day it is about."""

    text: str
    matter: str
    place: str | None
    as_of: date | None
    wants_number: bool
    wants_article: bool  # it asks which law, or which article of it, says so
    own_case: bool  # it asks how the asker's own case stands
    terms: tuple[str, ...]
    meant: frozenset[str]  # the official words that its colloquial ones stand for
    official: tuple[str, ...]  # the terms of those
    slots: tuple[Slot, ...]
    weights: tuple[float, ...]
    known: tuple[bool, ...]  # for each slot: a pair of it, or what it stands for, is in the library

    def is_about(self, occasion: str) -> bool:
        """Tell whether the question names a passing occasion: 「疫情」 of 疫情防控期间."""
        named = _ANY_OCCASION.sub("", occasion)
        return any(named[at : at + 2] in self.text for at in range(len(named) - 1))


def read_query(question: str, rarity: Callable[[str], float]) -> Query:
    """Take a question apart; ``rarity`` weighs a term (inverse document frequency)."""
    text = as_meant(in_mandarin(normalise(question[:MAX_QUESTION])), rarity)
    places = [place for place in find_places(text) if not _is_origin(text, place)]
    bare = _blank(text, places)
    words = lexicon()
    spoken = words.spoken(bare)
    matter = words.without_question_words(bare)
    meant = dict.fromkeys(word for _, _, group in spoken for word in group)
    slots = tuple(_slots(matter, spoken, rarity))
    return Query(
        text=text,
        matter=" ".join(bare.split()),
        place=places[-1].code if places else None,
        as_of=read_day(text),
        wants_number=words.asks_number(text),
        wants_article=_ARTICLE.search(text) is not None,
        own_case=_OWN_CASE.search(text) is not None,
        terms=tuple(terms(matter)),
        meant=frozenset(meant),
        official=tuple(terms(" ".join(meant))),
        slots=slots,
        weights=tuple(slot.weight for slot in slots),
        known=tuple(slot.weight < rarity(_NO_TERM) for slot in slots),
    )


def _is_origin(text: str, place: Place) -> bool:
    """Tell whether a place says who somebody is, not where a rule is asked for."""
    return place.code[:2] in _OVERSEAS or _OF_PERSON.match(text, place.end) is not None


def matter_terms(text: str) -> list[str]:
    """Return the terms of a question without its question words."""
    return terms(lexicon().without_question_words(normalise(text)))


def read_day(text: str) -> date | None:
    """Return the day that a question about then is about: the end of its month or year."""
    found = _THEN.search(text)
    if found is None:
        return None
    month = int(found[2] or 12)
    return date(int(found[1]), month, 28) if 1 <= month <= 12 else None


def _blank(text: str, places: Sequence[Place]) -> str:
    for place in places:
        text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
    return text


def _slots(
    matter: str,
    spoken: Sequence[tuple[int, int, tuple[str, ...]]],
    rarity: Callable[[str], float],
) -> Iterator[Slot]:
    for at, char in enumerate(matter):
        stands_for = tuple(
            tuple(_pairs(term))
            for start, end, group in spoken
            if start <= at < end
            for term in group
        )
        if not char.isalnum() or (char in STOP and not stands_for):
            continue
        around = (matter[max(0, at - 1) : at + 1], matter[at : at + 2])
        pairs = tuple(pair for pair in around if len(pair) == 2 and pair.isalnum())
        # A word of one character among function words (「钱」) is matter like any other.
        weight = min(map(rarity, pairs or (char,)))
        for official in stands_for:  # a colloquial word is as rare as what it stands for
            weight = min(weight, sum(map(rarity, official)) / len(official))
        yield Slot(weight, char, pairs, stands_for)


def _pairs(term: str) -> list[str]:
    return [term[at : at + 2] for at in range(len(term) - 1)] or [term]
