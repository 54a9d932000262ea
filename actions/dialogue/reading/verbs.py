"""What is done with an entry that is chosen: shown, or what the sentence's own verb says."""

from dataclasses import replace
from datetime import datetime

from actions.dialogue.commands import Command
from actions.dialogue.reading import cues
from actions.dialogue.reading.choices import CHOICES, choose, numbered_of
from actions.dialogue.reading.message import Message
from actions.dialogue.reading.taking import values_of
from actions.dialogue.reading.values import read_task
from actions.dialogue.replies import pressed, read_payload


def choice(message: Message, moment: datetime | None) -> Command | None:
    """Read a choice; one that an intent's verb makes plain may stand in a long sentence."""
    text, context = message.turn.text, message.context
    chosen = choose(text, context, moment)
    intent = message.features.intents.get(message.turn.intent)
    of_list = intent is not None and intent.of_list is not None
    numbered = chosen is not None and chosen.list == CHOICES and chosen.item is not None
    if of_list and numbered and chosen and cues.residue(text, [(chosen.start, chosen.end)]):
        # 「投第一个」 after another answer takes none of its buttons.
        chosen = None
    if chosen is None and intent is not None and intent.of_list is not None:
        return numbered_of(text, context, intent.of_list)
    return chosen


def with_its_verb(message: Message, chosen: Command) -> Command:
    """Return a choice as its sentence's verb wants it: 「报名第二个」 does more than show it."""
    intent = message.features.intents.get(message.turn.intent)
    if intent is None or chosen.press is None or intent.of_list != chosen.list:
        return chosen
    shows, item = read_payload(chosen.press)
    bare = not cues.residue(message.turn.text, [(chosen.start, chosen.end)])
    if shows == intent.name or bare:
        return chosen
    task = message.features.task_of(intent.name)
    said = {}
    if task is not None:
        said = values_of(message, read_task(task, message.words, message.context.asked))
    known = {key: value for key, value in said.items() if value is not None}
    return replace(chosen, press=pressed(intent.name, {**known, **item}))
