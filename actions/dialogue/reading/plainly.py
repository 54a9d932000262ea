"""What is said plainly, however the sentence sounds: a task's verb and values, more of a matter."""

import re
from collections.abc import Mapping

from actions.dialogue.commands import ASK, START, Command
from actions.dialogue.reading import cues
from actions.dialogue.reading.message import SOFT, Message
from actions.dialogue.reading.taking import set_values
from actions.dialogue.reading.values import Reading, bare_clauses
from actions.dialogue.replies import read_payload
from language.clauses import clauses


def told_besides(message: Message, readings: Mapping[str, Reading]) -> Command | None:
    """Take what is told for more about the thing that is looked at: who was complained of."""
    topic = message.features.topic_of_rest(message.context)
    if topic is None or message.turn.intent != "inform":
        return None
    if any(each.bare for each in readings.values()):
        return None
    return message.command(ASK, topic=topic.name, confidence=0.7)


def asked_of_listed(message: Message) -> Command | None:
    """Read what is asked of the entries that were shown, and they can tell: 「没证能不能干」."""
    text = message.turn.text
    shown = next((each for each in message.context.lists if each.of and each.items), None)
    asks = cues.ASKS.search(text) or cues.PERMITTED.search(text)
    if shown is None or shown.of is None or not asks:
        return None
    if message.features.topic_beyond_view(text, shown.of) is None:
        return None
    views, _ = read_payload(shown.items[0].press)
    return message.command(START, task=views, confidence=0.7)


def told_at_last(message: Message) -> Command | None:
    """Take what is told amid a list, and fits nothing, for what a feature hears at last."""
    text, context = message.turn.text, message.context
    if cues.ASKS.search(text) or not any(each.of and each.items for each in context.lists):
        return None
    topic = message.features.topic_at_last(text, context)
    return None if topic is None else message.command(ASK, topic=topic.name, confidence=0.6)


def said_plainly(
    message: Message, readings: Mapping[str, Reading], least: int | None = None
) -> list[Command]:
    """Begin a task whose own verb is said with some of its values, however the rest sounds."""
    intent = message.turn.intent
    if least is None and intent not in SOFT | {"ask_policy"}:
        return []
    least = least or (SOME if intent in SOFT else WHOLE)
    for reading in readings.values():
        fields, says = {found.field for found in reading.strong}, reading.task.says
        enough = min(least, len(reading.task.fields))
        said = bool(says and re.search(says, message.turn.text)) and len(fields) >= enough
        said = said or (bool(says) and _wants(message.turn.text, says, reading))
        if said or (says and len(fields) >= SOME and _is_plain(reading)):
            return set_values(message, reading, starts=message.context.task != reading.task.name)
    return []


def _wants(text: str, says: str, reading: Reading) -> bool:
    """Whether somebody wants the task's verb done with its first value: 「就业登记 要约」."""
    firsts = {field.name for field in reading.task.fields[:1]}
    named = any(found.field in firsts for found in reading.strong)
    return named and bool(re.search(rf"(?:[要想得]|[帮给]我)(?:先|来)?(?:{says})", text))


def _is_plain(reading: Reading) -> bool:
    """Whether some clauses are nothing but values, the task's first among them, and none asks.

    「我没工作了，能不能办失业登记，朝阳那个」.
    """
    bare = bare_clauses(reading)
    first = reading.task.fields[0].name if reading.task.fields else None
    if bare is None or first not in {found.field for found in bare.found}:
        return False
    spans = [(each.start, each.end) for each in bare.found]
    others = (
        reading.text[start:end]
        for start, end in clauses(reading.text)
        if not any(start <= begin and stop <= end for begin, stop in spans)
    )
    return not any(cues.ASKS.search(other) for other in others)


SOME, WHOLE = 2, 3
"""How many values of a task leave no doubt beside its verb: of a sentence that is not understood,
and of one that sounds like something else."""
