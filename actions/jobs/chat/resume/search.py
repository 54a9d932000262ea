"""What a résumé is to a search: it fills what was left open, and grows by what is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Turn
from actions.jobs.chat.job_query import SLOTS, JobQuery, remembered
from actions.jobs.chat.resume.answers import FIND, keep_button, more_question, no_button, yes_button
from actions.jobs.chat.resume.said import brought_in
from actions.jobs.needs import BETWEEN
from actions.jobs.resumes import sentences as say
from actions.jobs.resumes.fields import (
    TRADE,
    Entries,
    changed,
    entries_of,
    left_open,
    wish_of,
)
from actions.jobs.resumes.service import Resumes

USED = {"resume_used": "1"}
"""Remembered once a search was filled, or is to be told anew: what is said then stands alone."""


@dataclass(frozen=True)
class Begun:
    """A search as it begins: the wish that was ``said``, and as it is looked for.

    ``lead`` says what was filled in, and is all that there is to say where nothing was said.
    """

    said: JobQuery
    wish: JobQuery
    lead: str = ""
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """What stands beside a listing: a ``question`` with its yes and no, or just a button."""

    buttons: tuple[Button, ...] = ()
    question: str = ""
    yes: Button | None = None
    no: Button | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)


def begun(turn: Turn, services: Services) -> Begun:
    """Return the wish of a search; where it begins one, what is kept fills what it leaves open."""
    if turn.value("resume") == FIND:
        return _filled(JobQuery(), services.of(Resumes).of(turn.conversation).values)
    wish = remembered(turn.slots)
    if not _begins(turn):
        return Begun(wish, wish)
    given_up = {name for name in SLOTS if turn.values.get(name, "") is None}
    kept = services.of(Resumes).of(turn.conversation).values
    return _filled(wish, left_open(wish, kept, given_up))


def offered(turn: Turn, services: Services, wish: JobQuery) -> Offer:
    """Return what is offered with a search's first page: to keep it, or what was just told."""
    told = brought_in(turn) if turn.text else {}
    ripe = _is_ripe(wish) and "resume_offered" not in turn.slots
    if not told and not ripe:
        return Offer()
    resume = services.of(Resumes).of(turn.conversation)
    if not resume:
        return Offer((keep_button(),), slots={"resume_offered": "1"}) if ripe else Offer()
    new = changed(resume.values, told)
    if not new:
        return Offer()
    yes = yes_button(say.B_ADD, new, resume)
    return Offer((yes,), more_question(new), yes, no_button())


def _begins(turn: Turn) -> bool:
    """Whether nothing was wished before this message, and what it says leaves something open.

    A button's wish stands for itself.
    """
    if any(turn.slots.get(name) is not None and turn.values.get(name) is None for name in SLOTS):
        return False
    says = any(name in turn.values for name in SLOTS)
    return not says or bool(turn.text and "resume_used" not in turn.slots)


def _filled(said: JobQuery, open_: Entries) -> Begun:
    if not open_:
        return Begun(said, said)
    added = wish_of(open_)
    slots = {name: value for name, value in said.as_slots().items() if value is not None}
    more = {name: value for name, value in added.as_slots().items() if value is not None}
    needs = [each for each in (added.needs, said.needs) if each]
    if "trade" in slots or "words" in slots:
        more = {name: value for name, value in more.items() if name not in ("trade", "words")}
    wish = remembered({**more, **slots, "needs": BETWEEN.join(needs) or None})
    lead = say.FILLED.format(what=added.in_words())
    return Begun(said, wish, lead, {**wish.as_slots(), **USED})


def _is_ripe(wish: JobQuery) -> bool:
    said = entries_of(wish)
    return TRADE in said and len(said) > 1
