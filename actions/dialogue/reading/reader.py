"""Reading a message: Rasa's result and what the conversation stands at, into commands. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from actions.dialogue.commands import (
    ASK,
    CANCEL,
    CHAT,
    CHOOSE,
    CLARIFY,
    CONFIRM,
    DECLINE,
    HAND_OFF,
    REPEAT,
    RESUME,
    START,
    Command,
)
from actions.dialogue.context import Asked, Context
from actions.dialogue.reading import cues
from actions.dialogue.reading.choices import choose
from actions.dialogue.reading.message import (
    CHATS,
    SOFT,
    Message,
    clauses_of,
    joined,
    two_wishes,
)
from actions.dialogue.reading.values import Reading, dropping, read_task, value_commands
from actions.dialogue.registry import Features
from actions.dialogue.replies import pressed
from actions.dialogue.tasks import Task
from actions.dialogue.turn import Turn
from language.times import read_times

GRAVE = frozenset({"distress", "complain", "talk_to_staff", "privacy_request"})
"""What is never taken for a mere value."""

STAFF = "talk_to_staff"


def read(
    turn: Turn, context: Context, features: Features, names: Mapping[str, Any]
) -> list[Command]:
    """Return what a message asks for, in the order it is to be done; never empty.

    ``names`` are the names that the features know, by field.
    """
    message = Message(turn, context, features, names)
    if not turn.text:
        return _pressed(message)
    if turn.danger or turn.intent == "distress":
        return [message.command(START, task="distress", topic=turn.danger)]
    fixed = _fixed(message)
    if fixed is not None:
        return [fixed]
    parts = _parts(message)
    return parts or _one(message)


def _pressed(message: Message) -> list[Command]:
    turn, features = message.turn, message.features
    task = features.task_of(turn.intent)
    kind = {"affirm": CONFIRM, "deny": DECLINE}.get(turn.intent, START)
    name = task.name if task is not None and features.answers_task(turn.intent) else turn.intent
    press = pressed(turn.intent, turn.values)
    if kind == CONFIRM and not turn.values and message.context.yes is not None:
        press = message.context.yes
    return [Command(kind, name, sets=turn.values, press=press)]


def _fixed(message: Message) -> Command | None:
    """Read what people say of the talk itself."""
    text = message.turn.text.strip()
    for pattern, kind, topic in (
        (cues.REPEATS, REPEAT, None),
        (cues.GOES_BACK, REPEAT, "back"),
        (cues.CLARIFIES, CLARIFY, "meaning"),
        (cues.RESUMES, RESUME, None),
    ):
        if pattern.match(text):
            return message.command(kind, topic=topic)
    if message.context.task is not None and cues.WHY_ASKED.search(text):
        return message.command(CLARIFY, topic="why")
    if cues.WRONG.fullmatch(text) and message.context.task is not None:
        return message.command(CLARIFY, topic="wrong")
    return None


# Several things at once ------------------------------------------------------------------


def _parts(message: Message) -> list[Command]:
    """Read a change of mind, or two wishes; empty where it is one thing."""
    clauses = clauses_of(message)
    if len(clauses) < 2:
        return []
    if cues.CANCELS.match(clauses[0].text) and message.context.no is None:
        rest = joined(message, clauses[1:])
        rest = replace(rest, context=rest.context.without_task(rest.context.task))
        gives_up = Command(CANCEL, message.context.task, end=len(clauses[0].text))
        return [gives_up, *_of_part(rest)]
    wishes = two_wishes(message, clauses)
    if wishes is None:
        return []
    first, second = wishes
    return [*_of_part(first), *(replace(each, later=True) for each in _of_part(second))]


def _of_part(part: Message) -> list[Command]:
    return [
        replace(each, start=each.start + part.offset, end=each.end + part.offset)
        for each in _one(part)
    ]


# One thing -------------------------------------------------------------------------------


def _one(message: Message) -> list[Command]:
    turn, context = message.turn, message.context
    text = turn.text
    span = read_times(text, turn.now)
    moment = None if span is None else span.start
    chosen = None if turn.intent in GRAVE else choose(text, context, moment)
    if chosen is not None:
        return [chosen]
    if cues.CANCELS.match(text) and not _answers_no(message) and not _takes_away(message):
        return [message.command(CANCEL, task=context.task)]
    readings = {
        task.name: read_task(task, message.words, context.asked) for task in message.features.tasks
    }
    by_context = _in_context(message, readings)
    if by_context:
        return by_context
    same = _all_the_same(message)
    if same is not None:
        return [same]
    answer = _yes_or_no(message)
    if answer is not None:
        return [answer]
    named = {found.field for reading in readings.values() for found in reading.strong}
    topic = message.features.topic_in(text, context, named)
    if topic is not None and turn.intent not in GRAVE:
        return [message.command(ASK, topic=topic.name, confidence=0.9, sets=_all(readings))]
    if turn.intent not in SOFT:
        return _by_intent(message, readings)
    return _by_values(message, readings) or _asked(message, readings) or [_chat(message)]


def _takes_away(message: Message) -> bool:
    """Whether the words give something back that was promised: 「我不去了」 after a booking."""
    intent = message.features.intents.get(message.turn.intent)
    return intent is not None and intent.takes_away


def _answers_no(message: Message) -> bool:
    """Whether 「不用了」 answers the question asked last."""
    return message.context.no is not None and bool(cues.NO.match(message.turn.text.strip()))


def _all_the_same(message: Message) -> Command | None:
    """Read 「都行」: of what was asked, or of what was shown."""
    context, text = message.context, message.turn.text
    if not cues.ALL_THE_SAME.fullmatch(text):
        return None
    if context.asked is not None:
        task = message.features.task(context.asked.task)
        return dropping(task, task.field(context.asked.field), (0, len(text)))
    shown = context.lists[0] if context.lists else None
    if shown is None or not shown.items:
        return None
    first = shown.items[0]
    return message.command(
        CHOOSE, list=shown.name, item=shown.first, press=first.press, confidence=0.7
    )


def _in_context(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Read values that go on with what is asked, or with the task that is worked at."""
    context, intent = message.context, message.turn.intent
    own = message.features.task_of(intent)
    if context.asked is not None and _is_free(message, context.asked):
        return _set(message, readings[context.asked.task])
    names = [context.asked.task] if context.asked else []
    for name in [*names, *([context.task] if context.task else [])]:
        reading = readings.get(name)
        if reading is None or not reading.says_something:
            continue
        if own is reading.task and not _is_under_way(message, reading.task):
            continue
        asked = context.asked is not None and context.asked.task == name
        fits = reading.bare or (asked and (intent in SOFT or own is reading.task))
        goes_on = intent == "inform" and not _better(reading, readings)
        if fits or (reading.loud and intent in SOFT) or goes_on:
            return _set(message, reading)
    return []


def _is_free(message: Message, asked: Asked) -> bool:
    """Whether any words answer the question that waits, and no other purpose is heard."""
    task, intent = message.features.task(asked.task), message.turn.intent
    own = message.features.task_of(intent) is task
    return task.field(asked.field).free and (own or intent in SOFT - {"affirm", "deny"})


def _is_under_way(message: Message, task: Task) -> bool:
    """Whether a value is of the task itself, not of what else is done about its things.

    「改到后天」 is another wish while a visit is looked for; afterwards it moves what is booked.
    """
    if message.features.answers_task(message.turn.intent):
        return True
    return task.is_begun(message.turn.slots)


def _better(reading: Reading, readings: Mapping[str, Reading]) -> bool:
    """Whether another task explains more of a sentence."""
    return any(each.covered > reading.covered for each in readings.values() if each.bare)


def _yes_or_no(message: Message) -> Command | None:
    text, intent, context = message.turn.text.strip(), message.turn.intent, message.context
    if context.yes is not None and _repeats_yes(text, context):
        return message.command(CONFIRM, press=context.yes)
    if cues.YES.match(text) or intent == "affirm":
        return message.command(CONFIRM, press=context.yes)
    if cues.NO.match(text) or intent == "deny":
        return message.command(DECLINE, press=context.no)
    return None


def _repeats_yes(text: str, context: Context) -> bool:
    """Whether the words of the yes are said again: 「取消吧」 when asked whether to cancel."""
    said = cues.residue(text)
    title = next((title for title, press in context.buttons if press == context.yes), "")
    return len(said) >= cues.SAME_WORDS and said in title and not cues.DENIES.search(text)


def _by_intent(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Do what the intent says, with the values that its task finds."""
    turn = message.turn
    task = message.features.task_of(turn.intent)
    if turn.intent == STAFF:
        return [message.command(HAND_OFF, task=STAFF, confidence=message.confidence)]
    if turn.intent in CHATS:
        return [_chat(message)]
    if task is None:
        return [message.command(START, task=turn.intent, confidence=message.confidence)]
    reading = readings[task.name]
    bare = [each for each in readings.values() if each.bare and each.task.begins]
    if not task.begins and message.context.task is None and bare:
        return _by_values(message, readings)
    if message.features.answers_task(turn.intent):
        return _set(message, reading, starts=message.context.task != task.name)
    sets = _sets(message, reading)
    return [message.command(START, task=turn.intent, sets=sets, confidence=message.confidence)]


def _by_values(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Find whose values they are: an open task's, else the task that they fit best."""
    context = message.context
    open_tasks = [readings[name] for name in reversed(context.tasks) if name in readings]
    for reading in open_tasks:
        if reading.bare:
            back = [] if reading.task.name == context.task else [_resume(message, reading.task)]
            return [*back, *_set(message, reading)]
    able = [each for each in readings.values() if each.strong and each.task.begins]
    if message.turn.intent != "inform":
        able = [each for each in able if each.bare or each.loud]
    most = max((each.covered for each in able), default=0)
    best = [each for each in able if each.covered == most]
    if not best:
        return []
    if len(best) > 1 and any(each.loud for each in best):
        best = [each for each in best if each.loud][:1]
    if len(best) > 1:
        names = [each.task.name for each in best]
        return [message.command(CLARIFY, topic="which", value=names, sets=_all(readings))]
    return _set(message, best[0], starts=True)


def _asked(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Take what is left of a sentence for the answer to what was asked."""
    asked = message.context.asked
    if asked is None or message.turn.intent not in SOFT - {"affirm", "deny"}:
        return []
    task = message.features.task(asked.task)
    return _set(message, readings[task.name]) if message.turn.text.strip() else []


def _set(message: Message, reading: Reading, *, starts: bool = False) -> list[Command]:
    task = reading.task
    weak = not reading.bare
    commands = value_commands(reading, message.turn.slots, message.confidence, weak=weak)
    other = next((each.intent for each in reading.found if each.intent is not None), None)
    if other is not None:
        sets = {name: value for each in commands for name, value in each.sets.items()}
        return [message.command(START, task=other, sets=sets)]
    if starts or not commands:
        begin = message.command(START, task=task.name, confidence=message.confidence)
        return [begin, *commands]
    return commands


def _sets(message: Message, reading: Reading) -> dict[str, Any]:
    commands = value_commands(reading, {}, message.confidence, weak=False)
    return {name: value for each in commands for name, value in each.sets.items()}


def _all(readings: Mapping[str, Reading]) -> dict[str, Any]:
    """Return every value that any task finds; what one is about another may answer."""
    found = [each for reading in readings.values() for each in reading.strong]
    return {name: value for each in found for name, value in each.values.items()}


def _resume(message: Message, task: Task) -> Command:
    return message.command(RESUME, task=task.name)


def _chat(message: Message) -> Command:
    turn = message.turn
    return message.command(CHAT, task=turn.intent, confidence=message.confidence)
