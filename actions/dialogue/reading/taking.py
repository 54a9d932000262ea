"""Values that a reading found, as commands."""

from collections.abc import Mapping
from typing import Any

from actions.dialogue.commands import START, Command
from actions.dialogue.reading.message import Message
from actions.dialogue.reading.values import Reading, value_commands


def set_values(message: Message, reading: Reading, *, starts: bool = False) -> list[Command]:
    task = reading.task
    weak = not reading.bare and not _is_more(message, reading)
    commands = value_commands(reading, message.turn.slots, message.confidence, weak=weak)
    waits = message.context.asked is not None and message.context.asked.task == task.name
    begun = waits or task.is_begun(message.turn.slots)
    other = next((each.intent for each in reading.found if each.says_other(begun)), None)
    if other is not None:
        sets = {name: value for each in commands for name, value in each.sets.items()}
        return [message.command(START, task=other, sets=sets)]
    if starts or not commands:
        begin = message.command(START, task=task.name, confidence=message.confidence)
        return [begin, *commands]
    return commands


def _is_more(message: Message, reading: Reading) -> bool:
    """Whether values go on with what is known, so that what is left of the words says nothing."""
    begun = reading.task.begins and reading.task.is_begun(message.turn.slots)
    return bool(reading.strong) and begun


def values_of(message: Message, reading: Reading) -> dict[str, Any]:
    """Return what a message says for an intent that is not its task's own: 「改到当天下午」.

    Of the task that is worked at it is said beside what is known.
    """
    at_work = message.context.task == reading.task.name
    known = message.turn.slots if at_work else {}
    commands = value_commands(reading, known, message.confidence, weak=False)
    return {name: value for each in commands for name, value in each.sets.items()}


def all_values(readings: Mapping[str, Reading]) -> dict[str, Any]:
    """Return every value that any task finds; what one is about another may answer."""
    found = [each for reading in readings.values() for each in reading.found]
    found.sort(key=lambda each: not each.weak)
    return {name: value for each in found for name, value in each.values.items()}
