"""「好的」, 「不用」 and a bare piece of information: what they mean by what went before."""

from actions.dialogue import sentences as say
from actions.dialogue.registry import Features
from actions.dialogue.replies import menu, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn


def inform(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Let the journey it fits best go on; ask what it is about where it fits none."""
    claims = [each.continues(turn, services) for each in features if each.continues]
    strongest = max(filter(None, claims), key=lambda claim: claim.strength, default=None)
    if strongest is None:
        return Outcome((reply(say.INFORM_UNCLEAR, menu(services)),))
    return strongest.answer(turn, services)


def affirm(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Do what was just asked about; without that, ask what comes next."""
    for feature in features:
        outcome = feature.affirmed(turn, services) if feature.affirmed else None
        if outcome is not None:
            return outcome
    if turn.form is not None:
        return Outcome(())
    return Outcome((reply(say.AFFIRM, menu(services)),))


def deny(turn: Turn, services: Services, *, features: Features) -> Outcome:
    """Leave what was being asked, or take back what was about to be done."""
    for feature in features:
        outcome = feature.denied(turn, services) if feature.denied else None
        if outcome is not None:
            return outcome
    something = turn.form is not None or "pending" in turn.slots
    text = say.DENY if something else say.DENY_NOTHING
    dropped = dict.fromkeys(slot.name for slot in features.slots.values() if slot.until_denied)
    return Outcome((reply(text, menu(services)),), dropped, leaves_form=True)
