"""Below the confidence threshold nothing is guessed: ask the indexes, then the person."""

from typing import Any

from actions.appointments.chat.booking_request import understood as understood_visit
from actions.dialogue import sentences as say
from actions.dialogue.replies import Button, button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.jobs.chat.job_query import spoken
from actions.jobs.chat.search import search_jobs
from actions.policies.chat.answers import ask, told
from actions.smalltalk.chat.small_talk import menu

POLICY_IS_SURE = 0.6
JOBS_ARE_SURE = 60
"""Of 100, a match's score."""

READINGS_SHOWN = 2
NOT_OFFERED = frozenset({"inform", "out_of_scope", "greet", "goodbye", "thank", "affirm", "deny"})


def unsure(turn: Turn, services: Services) -> Outcome:
    """Answer where the policy or the job index is sure; else offer readings, then a person."""
    sure = _policy_is_sure(turn, services) or _jobs_are_sure(turn, services)
    if sure is not None:
        return sure
    times = int(turn.slots.get("unsure") or 0) + 1
    if times > 1:
        buttons = [button(say.B_STAFF, "talk_to_staff"), *menu()[:-1]]
        return Outcome((reply(say.UNSURE_AGAIN, buttons),), {"unsure": times})
    buttons = [_reading(intent, turn, services) for intent in _likeliest(turn)]
    text = say.UNSURE if buttons else say.NOT_UNDERSTOOD
    buttons = [*buttons, button(say.B_STAFF, "talk_to_staff")] if buttons else menu()
    return Outcome((reply(text, buttons),), {"unsure": times})


def _policy_is_sure(turn: Turn, services: Services) -> Outcome | None:
    answer = ask(turn.text, turn, services)
    if answer.status != "answered" or answer.confidence < POLICY_IS_SURE:
        return None
    return told(answer, turn.text, turn)


def _jobs_are_sure(turn: Turn, services: Services) -> Outcome | None:
    """Search where a trade or a posting's own words are named, not at a mere place."""
    wish = spoken(turn)
    if not (wish.trade or wish.words):
        return None
    found = services.jobs.search(wish.as_job_wish(), now=turn.now, limit=1)
    if not found.jobs or found.relaxed or found.jobs[0].score < JOBS_ARE_SURE:
        return None
    return search_jobs(turn, services)


def _likeliest(turn: Turn) -> list[str]:
    offered = [name for name, _ in turn.ranking if name not in NOT_OFFERED]
    return offered[:READINGS_SHOWN]


def _reading(intent: str, turn: Turn, services: Services) -> Button:
    return button(say.READINGS[intent], intent, **_values(intent, turn, services))


def _values(intent: str, turn: Turn, services: Services) -> dict[str, Any]:
    """Carry over what the sentence named, so that a tap loses nothing of it."""
    if intent == "ask_policy":
        return {"question": turn.text}
    if intent in ("search_jobs", "recommend_jobs"):
        return spoken(turn).as_slots()
    if intent in ("book_window", "hall_status"):
        visit = understood_visit(turn, services).as_slots()
        return visit if intent == "book_window" else {"hall": visit["hall"]}
    return {}
