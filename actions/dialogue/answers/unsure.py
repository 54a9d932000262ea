"""Below the confidence threshold nothing is guessed: ask the indexes, then the person."""

from actions.dialogue import sentences as say
from actions.dialogue.feature import Intent
from actions.dialogue.reading import cues
from actions.dialogue.reading.values import read_task
from actions.dialogue.registry import Features
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.tasks import Words
from actions.dialogue.turn import Button, Outcome, Turn

READINGS_SHOWN = 2
BEYOND, DISTRESS = "out_of_scope", "distress"


def unsure(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Answer where a feature's index is sure; else readings, other words, then a person."""
    sure = features.sure(turn, services)
    if sure is not None:
        return sure
    if turn.context.cared_for:
        return features.actions[features.intents[DISTRESS].action](turn, services)
    times = turn.context.unsure
    if times > len(say.UNSURE_AGAIN):
        staff = staff_button()
        text = say.UNSURE_STAFF[times % len(say.UNSURE_STAFF)]
        return Outcome((reply(text, [staff, *_others(services)]),), yes=staff)
    if times:
        return Outcome((reply(say.UNSURE_AGAIN[times - 1], menu(services)),))
    buttons = [_reading(intent, turn, features, services) for intent in _likeliest(turn, features)]
    text = say.UNSURE if buttons else say.NOT_UNDERSTOOD
    return Outcome((reply(text, [*buttons, staff_button()] if buttons else menu(services)),))


def beyond(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Answer what sounds like none of ours: a question that an index is sure of, all the same."""
    sure = features.sure(turn, services) if cues.ASKS.search(turn.text) else None
    if sure is not None:
        return sure
    if turn.context.cared_for:
        return features.actions[features.intents[DISTRESS].action](turn, services)
    return features.actions[features.intents[BEYOND].action](turn, services)


def _others(services: Services) -> list[Button]:
    return [each for each in menu(services) if each != staff_button()]


def _likeliest(turn: Turn, features: Features) -> list[Intent]:
    read = [features.intents[name] for name, _ in turn.ranking]
    return [intent for intent in read if intent.offered][:READINGS_SHOWN]


def _reading(intent: Intent, turn: Turn, features: Features, services: Services) -> Button:
    """Carry over what the sentence named, so that a tap loses nothing of it."""
    task = features.task_of(intent.name)
    if task is None:
        return button(intent.title, intent.name)
    words = Words(turn.text, turn.now, turn.named, features.names(services))
    read = read_task(task, words)
    found = [value for each in read.strong or read.found for value in each.values.items()]
    return button(intent.title, intent.name, **dict(found))
