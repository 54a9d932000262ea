"""Whether a message that was not understood is a question that the documents answer."""

from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.policies.chat.answers import ask, told

SURE = 0.6


def sure(turn: Turn, services: Services) -> Outcome | None:
    """Answer where the documents most probably do."""
    answer = ask(turn.text, turn, services)
    if answer.status != "answered" or answer.confidence < SURE:
        return None
    return told(answer, turn.text, turn)
