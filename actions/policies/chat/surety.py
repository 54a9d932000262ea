"""Whether a message that was not understood is a question that the documents answer."""

from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.policies.chat.answers import ask, told

SURE, QUITE_SURE = 0.6, 0.75
"""The probability that is asked for: of words that fit no purpose, and of those that seem to be
about something else altogether."""

BEYOND = "out_of_scope"


def sure(turn: Turn, services: Services) -> Outcome | None:
    """Answer where the documents most probably do."""
    answer = ask(turn.text, turn, services)
    least = QUITE_SURE if turn.intent == BEYOND else SURE
    if answer.status != "answered" or answer.confidence < least:
        return None
    return told(answer, turn.text, turn)
