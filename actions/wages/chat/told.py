"""What is asked of the answer, or the posting, that is looked at."""

from dataclasses import replace

from actions.dialogue.services import Services
from actions.dialogue.tasks import Words
from actions.dialogue.turn import Outcome, Turn
from actions.wages.chat.comparison import compare
from actions.wages.chat.values import places, units
from actions.wages.chat.wage import ask_wage


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Answer such a question; None where it is none."""
    topic = turn.value("topic")
    if topic == "wage_compared":
        return compare(turn, services)
    if topic != "wage_by_unit":
        return None
    words = Words(turn.text, turn.now, turn.named)
    found = [*units(words), *places(words)]
    said = {name: value for each in found for name, value in each.values.items()}
    return ask_wage(replace(turn, values=said, slots={**turn.slots, **said}), services)
