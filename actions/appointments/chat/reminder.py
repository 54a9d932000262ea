"""The word about a held seat under an answer to another question."""

from dataclasses import replace

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking_cards import HELD, confirm_button, standing
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn
from language.wording import clock, day_and_time


def reminded(outcome: Outcome, turn: Turn, services: Services) -> Outcome:
    """Add a word and 〔确认预约〕 to a policy answer while a seat is held."""
    last = outcome.replies[-1] if outcome.replies else None
    if last is None or (last["data"] or {}).get("kind") != "policy_answer":
        return outcome
    held = standing(turn, services, HELD)
    if not held or held[0].hold_until is None:
        return outcome
    when = day_and_time(held[0].start, turn.now)
    word = say.REMIND_CONFIRM.format(when=when, until=clock(held[0].hold_until))
    said: Reply = {
        **last,
        "text": f"{last['text']}\n\n{word}",
        "buttons": [confirm_button(held[0]), *last["buttons"]],
    }
    return replace(outcome, replies=(*outcome.replies[:-1], said))
