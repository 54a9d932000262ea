"""「不用网上，我过去」 after the way from home was shown, and the word about a held seat."""

import re
from dataclasses import replace

from actions.appointments.chat import sentences as say
from actions.appointments.chat.booking import offer_slots
from actions.appointments.chat.booking_cards import HELD, confirm_button, standing
from actions.appointments.chat.booking_request import COMING, PRIORITY, YES
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn
from language.wording import clock, day_and_time

NOT_ON_LINE = re.compile(
    r"^(不|不了|不用|不用了|不要|不行|不会|不会用|不会弄|不想|算了还是去.*)[吧啊呀呢。，！]*$"
    r"|(去|来|到)(大厅|现场|窗口|那边|你们)|现场办|当面|不[用要想会愿].{0,3}(网|线上)|(网|线上).{0,3}不"
)
"""What declines the way from home, right after it was shown."""
LEAVES = re.compile(r"不[办约来去](了|吧|$)")

GRAVE = frozenset({"distress", "complain", "talk_to_staff", "ask_policy"})


def comes_anyway(turn: Turn, services: Services) -> Outcome | None:
    """Go on to the times where a person declines to do it from home; None otherwise.

    「不用」 reads as taking back what was asked and 「我爸七十了」 as chatting: that we have just
    shown how it goes without coming tells what is meant.
    """
    asked = (turn.slots.get("pending") or {}).get("come") == YES
    if not asked or turn.values or turn.intent in GRAVE or LEAVES.search(turn.text):
        return None
    if not any(words.search(turn.text) for words in (NOT_ON_LINE, COMING, PRIORITY)):
        return None
    return offer_slots(replace(turn, slots={**turn.slots, "come": YES}), services)


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
