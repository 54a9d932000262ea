"""What a posting says of what people ask, or that it does not say."""

import re
from collections.abc import Callable

from actions.jobs.called import ASPECTS, PARTS, POSTING_TOPICS
from actions.jobs.chat import sentences as say
from actions.jobs.service import Posting
from language import wording

SENTENCES = re.compile(r"[^。；;！!\n]+")


def topic_of(text: str) -> str | None:
    """Return the topic that a text asks of postings; None of what needs one posting alone."""
    asked = (name for name, words in POSTING_TOPICS.items() if re.search(words, text))
    return next((name for name in asked if name in say.FACTS), None)


def fact(topic: str, asked: str, posting: Posting) -> str:
    """Say what a posting states of a topic, as it was ``asked`` for."""
    return _unstated(topic, asked, posting) + _told(topic, posting)


def _told(topic: str, posting: Posting) -> str:
    stated = _STATED.get(topic)
    words = [] if stated is None else [stated(posting)]
    words += _own_words(topic, posting)
    if not words:
        return say.FACT_UNKNOWN
    return "；".join(words) + "。"


def _unstated(topic: str, asked: str, posting: Posting) -> str:
    """Say what is asked in particular and the posting does not state: 「有没有年龄限制」."""
    said = " ".join(_own_words(topic, posting))
    if topic not in PARTS or not said:
        return ""
    lacks = [
        name
        for name, shape in ASPECTS.items()
        if re.search(shape, asked) and not re.search(shape, said)
    ]
    return say.FACT_LACKS.format(what="、".join(lacks)) if lacks else ""


def _own_words(topic: str, posting: Posting) -> list[str]:
    """Return the benefits and sentences of a posting that speak of a topic."""
    shape = PARTS.get(topic)
    if shape is None:
        return []
    said = [*posting.benefits, *SENTENCES.findall(posting.description)]
    return list(dict.fromkeys(words.strip() for words in said if re.search(shape, words)))


def _pay(posting: Posting) -> str:
    return wording.stated_pay(posting.salary_text, posting.salary_min, posting.salary_max)


def _place(posting: Posting) -> str:
    return say.FACT_PLACE.format(place=f"{posting.city}{posting.district or ''}")


def _employer(posting: Posting) -> str:
    return say.FACT_EMPLOYER.format(employer=posting.employer, headcount=posting.headcount)


_STATED: dict[str, Callable[[Posting], str]] = {
    "job_pay": _pay,
    "job_place": _place,
    "job_employer": _employer,
}
