"""A yes or a no to nothing that was asked."""

from actions.dialogue import sentences as say
from actions.dialogue.registry import Features
from actions.dialogue.replies import menu, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn


def affirm(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Do what a feature still waits for; without that, ask what comes next."""
    for feature in features:
        outcome = feature.affirmed(turn, services) if feature.affirmed else None
        if outcome is not None:
            return outcome
    if turn.asked is not None:
        return Outcome(())
    return Outcome((reply(say.AFFIRM, menu(services)),))


def deny(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Leave what is being done, or take back what was about to be done."""
    for feature in features:
        outcome = feature.denied(turn, services) if feature.denied else None
        if outcome is not None:
            return outcome
    context = turn.context
    text = say.DENY if context.asked or context.yes else say.DENY_NOTHING
    closed = {slot for task in features.tasks for slot in task.closes}
    return Outcome((reply(text, menu(services)),), dict.fromkeys(closed))
