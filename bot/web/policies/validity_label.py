"""The answer to a reader's first question: is this document still in force?"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.web.policies import sentences
from knowledge.documents.validity import PASSING, told_validity
from knowledge.sentences import VALIDITY
from language.wording import full_date

_TONES = {"in_force": "good", "lapsed": "bad", "superseded": "bad"}


class DatedLike(Protocol):
    """What the library knows of a document's validity on the day it was asked for."""

    @property
    def validity(self) -> str: ...
    @property
    def occasion(self) -> str: ...
    @property
    def effective_on(self) -> date | None: ...
    @property
    def expired_on(self) -> date | None: ...
    @property
    def superseded_on(self) -> date | None: ...
    @property
    def validity_quote(self) -> str: ...


@dataclass(frozen=True)
class ValidityLabel:
    """``short`` for a list, ``answer`` and one ``sentence`` for the page; ``quote`` is the
    document's own words on it, "" for none; ``tone`` is good, bad or ""."""

    short: str
    answer: str
    sentence: str
    quote: str
    tone: str


def validity_label(document: DatedLike) -> ValidityLabel:
    """Return how ``document`` stands."""
    state = told_validity(document.validity, document.occasion)
    return ValidityLabel(
        short=VALIDITY[state].badge,
        answer=VALIDITY[state].answer,
        sentence=_sentence(state, document),
        # When it began to hold says nothing about what took its place.
        quote="" if state == "superseded" else document.validity_quote,
        tone=_TONES.get(state, ""),
    )


def _sentence(state: str, document: DatedLike) -> str:
    if state == "in_force":
        if document.expired_on:
            return sentences.IN_FORCE_UNTIL.format(until=full_date(document.expired_on))
        return _dated(sentences.IN_FORCE_SINCE, sentences.IN_FORCE, document.effective_on)
    if state == "lapsed":
        return _dated(sentences.LAPSED_SINCE, sentences.LAPSED, document.expired_on)
    if state == "superseded":
        return _dated(sentences.SUPERSEDED_SINCE, sentences.SUPERSEDED, document.superseded_on)
    if state == "not_yet":
        return _dated(sentences.NOT_YET_UNTIL, sentences.NOT_YET, document.effective_on)
    if state == PASSING:
        return sentences.PASSING.format(occasion=document.occasion)
    return sentences.FORCE_UNKNOWN


def _dated(with_day: str, without: str, day: date | None) -> str:
    return with_day.format(since=full_date(day)) if day else without
