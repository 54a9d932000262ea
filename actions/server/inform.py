"""A bare piece of information outside a form, and 「好的」: they go on with the last journey."""

from dataclasses import replace

from actions.server import sentences as say
from actions.server.bookings import cancel_booking
from actions.server.jobs import search_jobs
from actions.server.policy import ask_policy
from actions.server.replies import reply
from actions.server.services import Services
from actions.server.talk import menu
from actions.server.turn import Outcome, Turn
from actions.server.visit import says_something
from actions.server.windows import offer_slots
from actions.server.wish import spoken


def inform(turn: Turn, services: Services) -> Outcome:
    """Take a place, trade or pay as a job wish, a business or time as a visit."""
    wish = spoken(turn)
    job = bool(wish.trade or wish.place or wish.salary_min)
    visit = says_something(turn, services)
    journey = turn.slots.get("journey")
    if visit and (journey == "booking" or not job):
        return offer_slots(turn, services)
    if journey == "policy" and wish.place and not wish.trade and "question" in turn.slots:
        return _same_question_elsewhere(turn, services, wish.place)
    if job:
        return search_jobs(turn, services)
    return Outcome((reply(say.INFORM_UNCLEAR, menu()),))


def affirm(turn: Turn, services: Services) -> Outcome:
    """Do what was just asked about; without that, ask what comes next."""
    pending = turn.slots.get("pending") or {}
    if "cancel" in pending:
        values = {"code": pending["cancel"], "rebook": pending.get("rebook")}
        return cancel_booking(replace(turn, values=values), services)
    if turn.form is not None:
        return Outcome(())
    return Outcome((reply(say.AFFIRM, menu()),))


def _same_question_elsewhere(turn: Turn, services: Services, place: str) -> Outcome:
    values = {"question": turn.slots["question"], "region": place}
    return ask_policy(replace(turn, values=values), services)
