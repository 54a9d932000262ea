"""Several things in one message: numbered points, a change of mind, two wishes."""

from collections.abc import Callable
from dataclasses import replace

from actions.dialogue.commands import ASK, CANCEL, CHAT, START, Command
from actions.dialogue.reading import cues
from actions.dialogue.reading.message import (
    CHATS,
    LEAD,
    SOFT,
    Message,
    clauses_of,
    joined,
    points_of,
    two_wishes,
)
from actions.dialogue.replies import pressed

Reader = Callable[[Message], list[Command]]
"""Reads a part of a message as if it stood alone."""


def several(message: Message, read: Reader) -> list[Command]:
    """Read the parts of a message that says several things; empty where it is one thing."""
    return _points(message, read) or _parts(message, read)


def _points(message: Message, read: Reader) -> list[Command]:
    """Read what is numbered, 「1、… 2、…」, point by point; empty where it is one thing.

    What is answered in passing is answered at once, point after point; one piece of work waits.
    """
    parts, before = points_of(message)
    wished = (each for each in parts if cues.ASKS.search(each.turn.text) or _wishes(each))
    if len(list(wished)) < 2:
        return []
    commands: list[Command] = []
    for part in parts:
        read_as = _of_part(part, read)
        if read_as[0].command == CHAT or before:
            read_as = _of_part(part.asked_after(before or parts[0].turn.text), read)
        told = _told_in_passing(message, read_as)
        waits = bool(commands) and told is None and read_as[0].command != ASK
        commands += [told] if told else [replace(each, later=waits) for each in read_as]
    return commands


def _wishes(part: Message) -> bool:
    return part.turn.intent not in SOFT | CHATS and bool(cues.WISH.search(part.turn.text))


def _told_in_passing(message: Message, commands: list[Command]) -> Command | None:
    """Return commands that only want an answer as one, which leaves what is worked at as it is."""
    task = next((t for t in message.features.tasks if t.name == commands[0].task), None)
    if task is None or task.keeps:
        return None
    sets = {key: value for each in commands for key, value in each.sets.items()}
    press = pressed(task.intent, sets)
    end = max(each.end for each in commands)
    return replace(commands[0], command=START, press=press, end=end)


def _parts(message: Message, read: Reader) -> list[Command]:
    """Read a change of mind, or two wishes; empty where it is one thing."""
    spoken = clauses_of(message, blanks=True)
    if len(spoken) < 2:
        return []
    if cues.RETURNS.match(spoken[0].text.strip()):
        return _of_part(joined(message, spoken[1:]).returned, read)
    parts = clauses_of(message)
    given_up = next((p for p in (parts, spoken) if cues.CANCELS.match(p[0].text)), None)
    if given_up is not None and len(given_up) > 1 and message.context.no is None:
        rest = joined(message, given_up[1:])
        rest = replace(rest, context=rest.context.without_task(rest.context.task))
        gives_up = Command(CANCEL, message.context.task, end=len(given_up[0].text))
        return [gives_up, *_of_part(rest, read)]
    wishes = two_wishes(message, parts) if len(parts) > 1 else None
    if wishes is None:
        return []
    first, second = wishes
    then = _of_part(second, read)
    told = any(each.command == ASK for each in then)
    if told and not cues.JOINS.search(second.turn.text[:LEAD]):
        return []
    # What only wants telling is told at once; another piece of work waits.
    return [*_of_part(first, read), *(replace(each, later=each.command != ASK) for each in then)]


def _of_part(part: Message, read: Reader) -> list[Command]:
    return [
        replace(each, start=each.start + part.offset, end=each.end + part.offset)
        for each in read(part)
    ]
