"""A person in danger: care comes first; who asks on, or only speaks in figures, is answered."""

from dataclasses import replace

from actions.dialogue.commands import EXCLUDE, START, Command
from actions.dialogue.reading import cues
from actions.dialogue.reading.further import DISTRESS, POLICY, POLICY_VIEW, SURE_OF_OTHER
from actions.dialogue.reading.message import GRAVE, STAFF, Message
from actions.dialogue.reading.taking import set_values
from actions.dialogue.reading.values import bare_clauses, read_task, value_commands
from actions.dialogue.turn import Turn

SELF_HARM = "self_harm"
URGENT = frozenset({SELF_HARM, "violence"})
"""Kinds in which nothing else is worked at."""

LEAST_MATTER = 12
"""Characters in which somebody may tell what it is about."""

UNLAWFUL = frozenset({None, "coercion", "fraud"})
"""Kinds in which the rule, where one is found for sure, is told beside care: what is done to them
is forbidden. None is trouble of no kind of its own."""


def in_danger(message: Message) -> list[Command]:
    """Return care, and the rule where one is asked for; empty where nobody is in danger."""
    turn = message.turn
    if not (turn.danger or turn.intent == DISTRESS) or _is_calm(message) or _asks_on(message):
        return []
    wants_person = turn.intent == STAFF or turn.danger is None
    if turn.danger not in URGENT and wants_person and cues.PERSON.search(turn.text):
        return []
    care = message.command(START, task=DISTRESS, topic=turn.danger)
    asks = _asks_for_rule(message)
    if asks and message.context.danger is not None and turn.danger not in URGENT:
        return []
    if turn.danger is not None and turn.danger not in URGENT:
        beside = _wished_beside(message)
        if beside:
            return [care, *beside]
    tells = turn.danger in UNLAWFUL and len(turn.text) >= LEAST_MATTER
    if turn.danger == SELF_HARM or not (asks or tells):
        return [care]
    return [care, message.command(START, task=POLICY, only_sure=True)]


def calmed(message: Message) -> Message:
    """Return a message that is none of danger as what else it sounds like."""
    turn = message.turn
    if turn.danger is not None:
        turn = replace(turn, danger=None)
    if turn.intent == DISTRESS:
        others = (name for name, _ in turn.ranking if name not in GRAVE)
        asks_on = message.context.danger is not None
        turn = replace(turn, intent=next(others, "inform") if asks_on else "inform")
    return replace(message, turn=_without_figures(turn))


def _without_figures(turn: Turn) -> Turn:
    """Return a message none of whose clauses is distress by a figure of speech: 「累得要死」."""
    calm = turn.intent != DISTRESS and turn.danger is None
    clauses = tuple(
        replace(each, intent="inform")
        if each.intent == DISTRESS and (calm or cues.FIGURE.search(each.text))
        else each
        for each in turn.clauses
    )
    return replace(turn, clauses=clauses)


def _wished_beside(message: Message) -> list[Command]:
    """Return what is said for the task at work: 「有没有包住的，我没地方住」 wants both."""
    context = message.context
    if context.task is None or not (context.lists or context.asked):
        return []
    task = message.features.task(context.task)
    reading = read_task(task, message.words, context.asked)
    return set_values(message, reading) if task.keeps and reading.strong else []


def _is_calm(message: Message) -> bool:
    text, kind = message.turn.text, message.turn.danger
    if kind is not None:
        known = kind == message.context.danger and kind not in URGENT
        return (known and _goes_on_with_task(message)) or (
            kind not in URGENT and _answers_question(message)
        )
    of_policy = (message.context.focus or "").startswith(POLICY_VIEW)
    if of_policy and message.confidence < SURE_OF_OTHER:
        return True
    return _asks_for_rule(message) or bool(cues.FIGURE.search(text)) or _goes_on_with_task(message)


def _answers_question(message: Message) -> bool:
    """Whether it gives what was asked for: a name and a number for an application."""
    asked = message.context.asked
    if asked is None:
        return False
    reading = read_task(message.features.task(asked.task), message.words, asked)
    return any(found.field == asked.field and not found.weak for found in reading.strong)


def _asks_for_rule(message: Message) -> bool:
    text = message.turn.text
    return bool(cues.LAWFUL.search(text) or cues.PERMITTED.search(text))


def _asks_on(message: Message) -> bool:
    """Whether somebody who was cared for asks about it now: 「那医药费哪个出」."""
    turn = message.turn
    cared_for = message.context.danger is not None and turn.danger is None
    cared_for = cared_for and message.confidence < SURE_OF_OTHER
    return cared_for and bool(cues.ASKS.search(turn.text))


def _goes_on_with_task(message: Message) -> bool:
    """Whether it goes on with the task at work and says why: 「夜班吃不消」, 「换客服吧，社恐」."""
    name = message.context.task
    if name is None:
        return False
    reading = read_task(message.features.task(name), message.words, message.context.asked)
    commands = value_commands(reading, {}, 1.0, weak=False)
    excludes = any(each.command == EXCLUDE for each in commands)
    return excludes or (bool(message.context.lists) and bare_clauses(reading) is not None)
