"""Going on with the job search, whatever a message's verb sounded like."""

from typing import Any

from actions.dialogue.feature import NAMED, Claim
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.jobs.chat.job_query import drops, spoken
from actions.jobs.chat.search import search_jobs
from actions.jobs.service import Jobs

SURE = 60
"""Of 100, a match's score."""

TAKEN_FOR = frozenset({"affirm", "change_booking"})
"""「那八千以上呢」 has been taken for a yes, 「换成昆明」 for moving a booking."""


def refines(turn: Turn) -> bool:
    """Whether a message goes on with the job search that was shown last.

    「换成昆明」 sounds like moving a booking and 「八千以上有吗」 like asking for wages; right
    after a list of jobs, naming a place or a pay narrows the list.
    """
    if turn.values or turn.slots.get("journey") != "jobs":
        return False
    wish = spoken(turn)
    return bool(wish.trade or wish.place or wish.salary_min) or drops(turn)


def refined(turn: Turn, services: Services) -> Outcome | None:
    """Search anew where the message narrows the list though it was taken for something else."""
    asks_wage = turn.intent == "ask_wage"
    if not (turn.intent in TAKEN_FOR or asks_wage) or not refines(turn):
        return None
    if asks_wage and spoken(turn).salary_min is None and not drops(turn):
        return None
    return search_jobs(turn, services)


def continues(turn: Turn, services: Services) -> Claim | None:
    """Take a bare place, trade or pay as a job wish."""
    del services
    wish = spoken(turn)
    named = bool(wish.trade or wish.place or wish.salary_min)
    return Claim(NAMED, search_jobs) if named or refines(turn) else None


def sure(turn: Turn, services: Services) -> Outcome | None:
    """Search where a trade or a posting's own words are named, not at a mere place."""
    wish = spoken(turn)
    if not (wish.trade or wish.words):
        return None
    found = services.of(Jobs).search(wish.as_job_wish(), now=turn.now, limit=1)
    if not found.jobs or found.relaxed or found.jobs[0].score < SURE:
        return None
    return search_jobs(turn, services)


def carried(turn: Turn, services: Services) -> dict[str, Any]:
    """Return what a tap takes over of a sentence: the wish in it."""
    del services
    return spoken(turn).as_slots()
