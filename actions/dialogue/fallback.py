"""Below the confidence threshold nothing is guessed: ask the indexes, then the person."""

from actions.dialogue import sentences as say
from actions.dialogue.feature import Intent
from actions.dialogue.registry import Features
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn

READINGS_SHOWN = 2


def unsure(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Answer where a feature's index is sure; else offer readings, then a person."""
    for feature in features:
        sure = feature.sure(turn, services) if feature.sure else None
        if sure is not None:
            return sure
    times = int(turn.slots.get("unsure") or 0) + 1
    if times > 1:
        others = [each for each in menu(services) if each != staff_button()]
        return Outcome((reply(say.UNSURE_AGAIN, [staff_button(), *others]),), {"unsure": times})
    buttons = [_reading(intent, turn, services) for intent in _likeliest(turn, features)]
    text = say.UNSURE if buttons else say.NOT_UNDERSTOOD
    buttons = [*buttons, staff_button()] if buttons else menu(services)
    return Outcome((reply(text, buttons),), {"unsure": times})


def _likeliest(turn: Turn, features: Features) -> list[Intent]:
    read = [features.intents[name] for name, _ in turn.ranking]
    return [intent for intent in read if intent.offered][:READINGS_SHOWN]


def _reading(intent: Intent, turn: Turn, services: Services) -> Button:
    """Carry over what the sentence named, so that a tap loses nothing of it."""
    values = intent.carries(turn, services) if intent.carries else {}
    return button(intent.title, intent.name, **values)
