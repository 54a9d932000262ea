"""A bare piece of information outside a form, and 「好的」: they go on with the last journey."""

import re
from dataclasses import replace

from actions.appointments.chat import sentences as say_visit
from actions.appointments.chat.booking import confirm, confirm_held, offer_slots
from actions.appointments.chat.booking_cards import CHECKED_IN, CONFIRMED, HELD, standing
from actions.appointments.chat.booking_request import YES, says_priority, says_something
from actions.appointments.chat.changes import change_booking as move_booking
from actions.appointments.chat.check_in import check_in, says_arrived
from actions.appointments.chat.my_bookings import cancel_booking
from actions.dialogue import sentences as say
from actions.dialogue.coming import coming_soon
from actions.dialogue.replies import reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.jobs.chat.job_query import drops, spoken
from actions.jobs.chat.search import search_jobs
from actions.smalltalk.chat.small_talk import deny as leave
from actions.smalltalk.chat.small_talk import menu

CANCELS = re.compile(r"(?<![不别])取消")


def inform(turn: Turn, services: Services) -> Outcome:
    """Take a place, trade or pay as a job wish, a business or time as a visit."""
    if says_arrived(turn) and standing(turn, services, HELD, CONFIRMED, CHECKED_IN):
        return check_in(turn, services)
    wish = spoken(turn)
    job = bool(wish.trade or wish.place or wish.salary_min) or refines_jobs(turn)
    visit = says_something(turn, services) or says_priority(turn)
    if visit and (turn.slots.get("journey") == "booking" or not job):
        return offer_slots(turn, services)
    if job:
        return search_jobs(turn, services)
    return Outcome((reply(say.INFORM_UNCLEAR, menu()),))


def refines_jobs(turn: Turn) -> bool:
    """Whether a message goes on with the job search, whatever its verb sounded like.

    「换成昆明」 sounds like moving a booking and 「八千以上有吗」 like asking for wages; right
    after a list of jobs, naming a place or a pay narrows the list.
    """
    if turn.values or turn.slots.get("journey") != "jobs":
        return False
    wish = spoken(turn)
    return bool(wish.trade or wish.place or wish.salary_min) or drops(turn)


def change_booking(turn: Turn, services: Services) -> Outcome:
    """Change a booking, unless it is the job search or a visit still to be booked."""
    if refines_jobs(turn):
        return search_jobs(turn, services)
    offered = turn.slots.get("journey") == "booking" and "business" in turn.slots
    if offered and not turn.values and not standing(turn, services, CONFIRMED):
        again = turn if says_something(turn, services) else replace(turn, values={"ask": "time"})
        return offer_slots(again, services)
    return move_booking(turn, services)


def ask_wage(turn: Turn, services: Services) -> Outcome:
    """Comes later, unless a stated pay narrows the job search."""
    narrows = refines_jobs(turn) and (spoken(turn).salary_min is not None or drops(turn))
    return search_jobs(turn, services) if narrows else coming_soon(turn, services)


def affirm(turn: Turn, services: Services) -> Outcome:
    """Do what was just asked about; without that, ask what comes next.

    「那八千以上呢」 has been taken for a yes, hence the look at the job search first.
    """
    if refines_jobs(turn):
        return search_jobs(turn, services)
    if (code := turn.value("code")) is not None:
        return confirm(turn, services, code)
    pending = turn.slots.get("pending") or {}
    if "cancel" in pending:
        return cancel_booking(replace(turn, values={"code": pending["cancel"]}), services)
    if pending.get("come") == YES:
        return Outcome((reply(say_visit.INSTEAD_TAKEN, menu()),), {"journey": None})
    if turn.form is not None:
        return Outcome(())
    confirmed = confirm_held(turn, services)
    return confirmed or Outcome((reply(say.AFFIRM, menu()),))


def deny(turn: Turn, services: Services) -> Outcome:
    """Leave what was being asked; a booking that was to be moved stays as it is.

    「取消吧」 reads as a no: asked whether to cancel, it is a yes, and with nothing asked it
    means the booking.
    """
    if CANCELS.search(turn.text) and turn.form is None:
        pending = turn.slots.get("pending") or {}
        if "cancel" in pending:
            return cancel_booking(replace(turn, values={"code": pending["cancel"]}), services)
        if not pending and standing(turn, services):
            return cancel_booking(turn, services)
    outcome = leave(turn, services)
    return replace(outcome, slots={**outcome.slots, "moving": None})
