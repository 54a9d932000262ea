"""Intents whose rooms are not built yet: an honest word, what can be done now, a person."""

from actions.dialogue import sentences as say
from actions.dialogue.replies import Button, button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn

OWN_BUTTONS = {
    "apply_job": ("search_jobs", say.B_JOBS),
    "subscribe_jobs": ("search_jobs", say.B_JOBS),
    "unsubscribe": ("search_jobs", say.B_JOBS),
    "ask_wage": ("search_jobs", say.B_JOBS),
}
WISH_ENTITIES = ("trade", "place")


def coming_soon(turn: Turn, services: Services) -> Outcome:
    """Answer an intent that comes later; KeyError on one that has no sentence."""
    return Outcome((reply(say.COMING[turn.intent], _buttons(turn)),), leaves_form=True)


def _buttons(turn: Turn) -> list[Button]:
    buttons = []
    if turn.intent in say.COMING_QUESTIONS:
        title, question = say.COMING_QUESTIONS[turn.intent]
        buttons.append(button(title, "ask_policy", question=question))
    if turn.intent in OWN_BUTTONS:
        intent, title = OWN_BUTTONS[turn.intent]
        wish = {entity: turn.name_of(entity) for entity in WISH_ENTITIES}
        buttons.append(button(title, intent, **wish))
    return [*buttons, button(say.B_STAFF, "talk_to_staff")]
