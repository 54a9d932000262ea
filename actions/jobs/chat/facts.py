"""What is asked of the posting that is looked at: told from it, or that it does not say."""

import re
from collections.abc import Callable

from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from actions.jobs.called import ASPECTS, PARTS, POSTING, POSTING_TOPICS
from actions.jobs.chat import sentences as say
from actions.jobs.chat.applying import apply_job, contact
from actions.jobs.service import Jobs, Posting
from language import wording

SENTENCES = re.compile(r"[^。；;！!\n]+")


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a question; None where it is none, or no posting is looked at."""
    topic, focus = turn.value("topic"), turn.context.focus or ""
    if topic == "postings_trust":
        return Outcome((reply(f"{say.TRUST_OURS}\n{say.TRUST_SIGNS}", [staff_button()]),))
    if topic not in POSTING_TOPICS or not focus.startswith(POSTING):
        return None
    posting = services.of(Jobs).get(focus.removeprefix(POSTING), now=turn.now)
    if posting is None:
        return Outcome((reply(say.JOB_GONE, [button(say.B_WIDER, "search_jobs", ask="wish")]),))
    if topic == "job_apply":
        return apply_job(turn, services)
    if topic == "job_contact":
        return contact(turn, services, posting)
    if topic == "job_trust":
        text = f"{say.TRUST.format(title=posting.title)}\n{say.TRUST_SIGNS}"
        return Outcome((reply(text, _trusting(posting)),), focus=turn.context.focus)
    told = _unstated(str(topic), turn.text, posting) + _told(str(topic), posting)
    text = say.FACT.format(title=posting.title, what=say.FACTS[str(topic)], told=told)
    again = button(say.B_DETAILS, "job_details", posting_id=posting.id)
    return Outcome((reply(text, [again, staff_button()]),), focus=turn.context.focus)


def _trusting(posting: Posting) -> list[Button]:
    return [button(say.B_DETAILS, "job_details", posting_id=posting.id), staff_button()]


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
