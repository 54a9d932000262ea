"""Intents whose rooms are not built yet: an honest word, what can be done now, a person."""

from actions.dialogue.feature import Coming
from actions.dialogue.registry import Features
from actions.dialogue.replies import button, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn

WISH_ENTITIES = ("trade", "place")


def coming_soon(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Answer an intent that comes later; KeyError on one that has no word for it."""
    del services
    coming = features.intents[turn.intent].coming
    if coming is None:
        raise KeyError(turn.intent)
    return Outcome((reply(coming.text, _buttons(coming, turn)),))


def _buttons(coming: Coming, turn: Turn) -> list[Button]:
    buttons = []
    if coming.question is not None:
        title, question = coming.question
        buttons.append(button(title, "ask_policy", question=question))
    if coming.instead is not None:
        intent, title = coming.instead
        wish = {entity: turn.name_of(entity) for entity in WISH_ENTITIES}
        buttons.append(button(title, intent, **wish))
    return [*buttons, staff_button()]
