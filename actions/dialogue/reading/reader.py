"""Reading a message: Rasa's result and what the conversation stands at, into commands. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from actions.dialogue.commands import (
    ASK,
    CANCEL,
    CHAT,
    CHOOSE,
    CLARIFY,
    CONFIRM,
    DECLINE,
    EXCLUDE,
    HAND_OFF,
    REPEAT,
    RESUME,
    START,
    Command,
)
from actions.dialogue.context import Asked, Context
from actions.dialogue.reading import cues
from actions.dialogue.reading.assent import answers_no, consents, is_number_asked_for, yes_or_no
from actions.dialogue.reading.choices import CHOICES, NUMBERED
from actions.dialogue.reading.danger import calmed, in_danger
from actions.dialogue.reading.further import (
    PLACES,
    SURE_OF_OTHER,
    asked_further,
    asked_of_chosen,
    asks_for_rule,
    demands_more,
    means_else,
)
from actions.dialogue.reading.meant import as_meant
from actions.dialogue.reading.message import (
    CHATS,
    GRAVE,
    SOFT,
    STAFF,
    Message,
    calmly_heard,
)
from actions.dialogue.reading.plainly import (
    WHOLE,
    asked_of_listed,
    said_plainly,
    told_at_last,
    told_besides,
)
from actions.dialogue.reading.several import several
from actions.dialogue.reading.taking import all_values, set_values, values_of
from actions.dialogue.reading.values import (
    Reading,
    bare_clauses,
    dropping,
    only_asks,
    read_task,
    value_commands,
)
from actions.dialogue.reading.verbs import choice, with_its_verb
from actions.dialogue.registry import Features
from actions.dialogue.replies import pressed
from actions.dialogue.tasks import Task
from actions.dialogue.turn import FALLBACK, Turn
from language.times import read_times


def read(
    turn: Turn, context: Context, features: Features, names: Mapping[str, Any]
) -> list[Command]:
    """Return what a message asks for, in the order it is to be done; never empty.

    ``names`` are the names that the features know, by field.
    """
    message = Message(turn, context, features, names)
    if not turn.text:
        return _pressed(message)
    care = in_danger(message)
    if care:
        return care
    calm = calmly_heard(calmed(message))
    if calm is None:
        return [message.command(CLARIFY, topic="insult")]
    message = as_meant(calm)
    fixed = _fixed(message)
    if fixed is not None:
        return [fixed]
    return several(message, _one) or _one(message)


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
    if message.context.later is not None and cues.THE_OTHER.search(text):
        return message.command(START, press=message.context.later[1])
    if cues.WRONG.fullmatch(text) and message.context.task is not None:
        return message.command(CLARIFY, topic="wrong")
    return None


# One thing -------------------------------------------------------------------------------


def _one(message: Message) -> list[Command]:
    turn, context = message.turn, message.context
    text = turn.text
    stands = _of_what_stands(message)
    if stands:
        return stands
    readings = {
        task.name: read_task(task, message.words, context.asked) for task in message.features.tasks
    }
    named = {found.field for reading in readings.values() for found in reading.strong}
    topic = message.features.topic_in(text, context, named)
    if topic is not None and not means_else(message, topic):
        asks = message.command(ASK, topic=topic.name, confidence=0.9, sets=all_values(readings))
        return [*said_plainly(message, readings, least=WHOLE), asks]
    plain = said_plainly(message, readings)
    if plain and plain[0].command == START:
        return plain
    by_context = _in_context(message, readings)
    if by_context:
        return by_context
    same = _all_the_same(message)
    if same is not None:
        return [same]
    answer = yes_or_no(message)
    if answer is not None:
        return [answer]
    further = plain or asked_further(message, readings) or asks_for_rule(message, readings)
    if further:
        return further
    if turn.intent == "ask_policy" and len(text) <= SHORT and context.focus is None:
        of_listed = asked_of_listed(message)
        if of_listed is not None:
            return [of_listed]
    if turn.intent not in SOFT:
        return _by_intent(message, readings)
    told = told_besides(message, readings)
    if told is not None:
        return [told]
    by_values = _by_values(message, readings) or _asked(message, readings)
    return by_values or [asked_of_listed(message) or told_at_last(message) or _chat(message)]


def _of_what_stands(message: Message) -> list[Command]:
    """Read what is said of what was asked, is looked at, was shown, or is under way."""
    turn, context, text = message.turn, message.context, message.turn.text
    agreed = consents(message)
    if agreed is not None:
        return [agreed]
    viewed = message.features.topic_of_view(text, context)
    if viewed is not None and not NUMBERED.search(text) and not demands_more(message):
        asked, of = viewed
        return [message.command(ASK, topic=asked.name, value=of, confidence=0.9)]
    span = read_times(text, turn.now)
    no_choice = turn.intent in GRAVE or is_number_asked_for(message)
    chosen = None if no_choice else choice(message, None if span is None else span.start)
    if chosen is not None:
        meant = with_its_verb(message, chosen)
        return [meant] if meant != chosen else [chosen, *asked_of_chosen(message, chosen)]
    gives_up = cues.CANCELS.match(text) or _stops(message)
    if gives_up and not answers_no(message) and not _takes_away(message):
        return [message.command(CANCEL, task=context.task)]
    return []


def _stops(message: Message) -> bool:
    """Whether the verb of what is worked at is said not to be done: 「等等，先别投」."""
    name = message.context.task
    verbs = message.features.task(name).stops if name is not None else ""
    waits = message.context.yes is not None
    said = re.search(cues.STOPS.format(verbs=verbs), message.turn.text) if verbs else None
    return said is not None and not waits


def _takes_away(message: Message) -> bool:
    """Whether the words give something back that was promised: 「我不去了」 after a booking."""
    intent = message.features.intents.get(message.turn.intent)
    return intent is not None and intent.takes_away


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
        return set_values(message, readings[context.asked.task])
    names = [context.asked.task] if context.asked else []
    for name in [*names, *([context.task] if context.task else [])]:
        reading = readings.get(name)
        if reading is None or not (reading.says_something or _is_elliptic(message, reading)):
            continue
        if own is reading.task and not _is_under_way(message, reading.task):
            continue
        asked = context.asked is not None and context.asked.task == name
        said = {found.field for found in reading.strong}
        answers = asked and context.asked is not None and context.asked.field in said
        soft = intent in SOFT and (answers or not cues.ASKS.search(message.turn.text))
        fits = reading.bare or (asked and (soft or own is reading.task))
        # Who answers, and says more of it, goes on, however it sounds: 「地点杭州，12人」.
        fits = fits or (answers and len(said) >= SEVERAL and intent not in GRAVE)
        unsure = intent in SOFT or message.confidence < SURE_OF_OTHER
        unsure = unsure and reading.task.begins
        clause = None if fits or not unsure else bare_clauses(reading)
        if clause is not None:
            return set_values(message, clause)
        goes_on = intent == "inform" and not _better(reading, readings)
        mended = intent not in GRAVE and cues.CORRECTS.match(message.turn.text) is not None
        still = mended or _is_among(message, reading.task)
        goes_on = goes_on or (bool(reading.strong) and still)
        goes_on = goes_on or (intent in SOFT and _refuses(message, reading))
        goes_on = goes_on or _is_elliptic(message, reading)
        if fits or (reading.loud and intent in SOFT) or goes_on:
            return set_values(message, reading)
    return []


def _is_elliptic(message: Message, reading: Reading) -> bool:
    """Whether the same is asked of another value: 「那仓库呢」, however it sounds."""
    intent = message.features.intents.get(message.turn.intent)
    of_list = intent is not None and intent.of_list is not None
    soft = message.turn.intent in SOFT or of_list
    return soft and bool(reading.found) and bool(cues.AND_OF.match(message.turn.text))


def _refuses(message: Message, reading: Reading) -> bool:
    """Whether a value is said not to be wanted: 「保安俺不干，熬夜受不了」."""
    commands = value_commands(reading, message.turn.slots, message.confidence, weak=False)
    return any(each.command == EXCLUDE for each in commands)


def _is_among(message: Message, task: Task) -> bool:
    """Whether a sentence that is not understood sounds most like going on with ``task``."""
    likeliest = [name for name, _ in message.turn.ranking[:2]]
    sounds = any(message.features.task_of(name) is task for name in likeliest)
    return message.turn.intent == FALLBACK and sounds


def _is_free(message: Message, asked: Asked) -> bool:
    """Whether any words answer the question that waits, and no other purpose is heard."""
    task, intent = message.features.task(asked.task), message.turn.intent
    own = message.features.task_of(intent) is task
    text = message.turn.text
    asks = cues.ASKS.search(text) or text.rstrip("。！! ").endswith("吧")
    # A long answer may have a question in it; one that gives no number is a question.
    if cues.ANNOUNCES.search(text) or (asks and len(text) <= SHORT) or only_asks(text):
        return False
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


def _by_intent(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Do what the intent says, with the values that its task finds."""
    turn = message.turn
    task = message.features.task_of(turn.intent)
    wants = message.features.intents.get(turn.intent)
    unshown = wants is not None and wants.of_list and not _is_shown(message, wants.of_list)
    asks = cues.ASKS.search(turn.text) or cues.PERMITTED.search(turn.text)
    other = any(shown.items and shown.name != CHOICES for shown in message.context.lists)
    if unshown and (asks or other):
        return [message.command(CHAT, task=FALLBACK, confidence=message.confidence)]
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
        return set_values(message, reading, starts=message.context.task != task.name)
    sets = values_of(message, reading)
    return [message.command(START, task=turn.intent, sets=sets, confidence=message.confidence)]


def _is_shown(message: Message, name: str) -> bool:
    """Whether a list of that name was shown, or the task that shows it is worked at."""
    context = message.context
    task = message.features.task_of(message.turn.intent)
    at_work = task is not None and task.name in context.tasks
    return at_work or any(shown.name == name for shown in context.lists)


def _by_values(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Find whose values they are: an open task's, else the task that they fit best."""
    context = message.context
    open_tasks = [readings[name] for name in reversed(context.tasks) if name in readings]
    for reading in open_tasks:
        if reading.bare:
            back = [] if reading.task.name == context.task else [_resume(message, reading.task)]
            return [*back, *set_values(message, reading)]
    able = [each for each in readings.values() if each.strong and each.task.begins]
    if context.asked is not None and context.asked.field in PLACES:
        # A mere place is an answer to the question that waits, if not one that helps.
        able = [each for each in able if not {found.field for found in each.strong} <= PLACES]
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
        return [message.command(CLARIFY, topic="which", value=names, sets=all_values(readings))]
    return set_values(message, best[0], starts=True)


def _asked(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Take what is left of a sentence for the answer to what was asked."""
    asked = message.context.asked
    if asked is None or message.turn.intent not in SOFT - {"affirm", "deny"}:
        return []
    task = message.features.task(asked.task)
    return set_values(message, readings[task.name]) if message.turn.text.strip() else []


def _resume(message: Message, task: Task) -> Command:
    return message.command(RESUME, task=task.name)


def _chat(message: Message) -> Command:
    turn = message.turn
    intent = turn.intent
    if intent in {"affirm", "deny"} and len(turn.text) > BARE and cues.ASKS.search(turn.text):
        intent = FALLBACK
    told = intent in SOFT - {"out_of_scope"} and not cues.ASKS.search(turn.text)
    if message.context.cared_for and told:
        return message.command(START, task="distress", topic=message.context.danger)
    return message.command(CHAT, task=intent, confidence=message.confidence)


SEVERAL, SHORT = 2, 15
BARE = 4
"""Characters of a yes or a no; a longer question that sounds like one is something else."""
