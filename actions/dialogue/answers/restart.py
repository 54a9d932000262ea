"""「重新开始」: the talk begins anew, and whoever talks stays the same person.

What was remembered and asked is forgotten; bookings, cases and whatever else was promised to
this conversation stand. Pages and transcripts see the beginning by the reply's card.
"""

import re
from typing import Literal

from actions.dialogue import sentences as say
from actions.dialogue.cards import CardModel
from actions.dialogue.registry import Features
from actions.dialogue.replies import menu, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn

WORDS = re.compile(
    r"(咱们?|我们?)?(重新(开始|来过?)|从头(再)?(来|开始)|重来|(开始)?新对话)[吧了啊呀。！!]*"
)


class NewTalkCard(CardModel):
    """Here a new talk begins; what was said before is another matter."""

    kind: Literal["new_talk"] = "new_talk"


def restart(turn: Turn, services: Services, *, features: Features) -> Outcome | None:
    """Forget everything that was remembered where that is asked for; None otherwise."""
    if turn.value("reset") is None and not WORDS.fullmatch(turn.text.strip()):
        return None
    said = reply(say.RESTART, menu(services), NewTalkCard())
    return Outcome((said,), dict.fromkeys(features.slots))
