"""What a message is meant as, where its words say so plainly and it sounds like something else."""

import re
from dataclasses import replace

from actions.dialogue.reading import cues
from actions.dialogue.reading.further import SURE_OF_OTHER
from actions.dialogue.reading.message import (
    CHATS,
    GRAVE,
    SOFT,
    STAFF,
    SURE_OF_TWO,
    Message,
    clauses_of,
)
from actions.dialogue.turn import FALLBACK, Clause


def as_meant(message: Message) -> Message:
    """Return who says that they complain, or want a person, as one who does, whatever else."""
    turn = message.turn
    if turn.intent in GRAVE:
        return message
    of_shown = _done_to_shown(message)
    if of_shown is not None:
        return of_shown
    if cues.COMPLAINS.search(turn.text):
        return replace(message, turn=replace(turn, intent="complain", clauses=()))
    polite = turn.intent in POLITE and not message.context.no
    wish = _wish_beside_manners(message) if polite else None
    if wish is not None:
        return replace(message, turn=replace(turn, intent=wish.intent, ranking=wish.ranking))
    if cues.FOR_STAFF.search(turn.text):
        return replace(message, turn=replace(turn, intent=STAFF, clauses=()))
    return _meant(message)


def _done_to_shown(message: Message) -> Message | None:
    """Return the clause that does something to an entry shown: 「社保那个取消，档案留着」."""
    shown = {each.name for each in message.context.lists}
    for intent in message.features.intents.values():
        if intent.done_to is None or intent.done_to[0] not in shown:
            continue
        for clause in clauses_of(message, blanks=True):
            if re.search(intent.done_to[1], clause.text) and not cues.ASKS.search(clause.text):
                part = message.part(clause)
                turn = replace(part.turn, intent=intent.name, ranking=((intent.name, 1.0),))
                return replace(part, turn=turn)
    return None


def _meant(message: Message) -> Message:
    """Return what only sounds like its intent as what it is: a reason, or not understood."""
    turn, intent = message.turn, message.features.intents.get(message.turn.intent)
    if intent is None:
        return message
    tells = intent.told_by and re.search(intent.told_by, turn.text)
    if tells and not cues.ASKS.search(turn.text):
        return replace(message, turn=replace(turn, intent="inform"))
    doubtful = intent.asked_by and message.confidence < SURE_OF_OTHER
    if doubtful and not re.search(intent.asked_by, turn.text):
        return replace(message, turn=replace(turn, intent=FALLBACK))
    return message


POLITE = frozenset({"greet", "goodbye", "thank"})


def _wish_beside_manners(message: Message) -> Clause | None:
    """Return the one clause that wants something: 「全给我删了，谢谢」."""
    spoken = clauses_of(message, blanks=True)
    wants = [each for each in spoken if each.intent not in SOFT | CHATS]
    sure = [each for each in wants if dict(each.ranking).get(each.intent, 0.0) >= SURE_OF_TWO]
    return sure[0] if len(spoken) > 1 and len(sure) == 1 else None
