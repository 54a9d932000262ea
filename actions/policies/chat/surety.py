"""Whether a message that was not understood is a question that the documents answer."""

from actions.dialogue.reading import cues
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.policies.chat.answers import ask, told

SURE, QUITE_SURE, CERTAIN = 0.6, 0.75, 0.85
"""The probability that is asked for: of words that fit no purpose, of those that seem to be about
something else altogether, and of those that ask nothing."""

BEYOND = "out_of_scope"
ASKING = (cues.ASKS, cues.LAWFUL, cues.PERMITTED, cues.WHAT_TO_DO)


def sure(turn: Turn, services: Services) -> Outcome | None:
    """Answer where the documents most probably do."""
    answer = ask(turn.text, turn, services)
    least = QUITE_SURE if turn.intent == BEYOND else SURE
    least = least if any(shape.search(turn.text) for shape in ASKING) else CERTAIN
    if answer.status != "answered" or answer.confidence < least:
        return None
    return told(answer, turn.text, turn)
