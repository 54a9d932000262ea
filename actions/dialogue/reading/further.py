"""Questions about what is looked at, on from an answer, for the rule behind a grievance."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from actions.dialogue.commands import ASK, START, Command
from actions.dialogue.reading import cues
from actions.dialogue.reading.message import CHATS, GRAVE, SOFT, STAFF, Message
from actions.dialogue.reading.taking import set_values, values_of
from actions.dialogue.reading.values import Reading, read_task
from actions.dialogue.tasks import Found, Topic
from actions.dialogue.turn import FALLBACK


def demands_more(message: Message) -> bool:
    """Whether a message wants more than an answer about what is looked at."""
    text, intent = message.turn.text, message.turn.intent
    if cues.TAKES_BACK.search(text):
        return False
    grave = intent == DISTRESS or (intent == STAFF and bool(cues.PERSON.search(text)))
    return grave or (
        message.turn.intent == "complain" and bool(cues.DEMANDS.search(message.turn.text))
    )


def means_else(message: Message, topic: Topic) -> bool:
    """Whether the purpose is plainly another than to ask this of a task."""
    intent = message.turn.intent
    if intent == "complain" and cues.ASKS.search(message.turn.text):
        return bool(cues.DEMANDS.search(message.turn.text))
    own = message.features.task_of(intent)
    sure = message.confidence >= SURE_OF_OTHER and intent not in SOFT | CHATS | {"ask_policy"}
    if intent in GRAVE or not sure or own is None or own.name in topic.within:
        return intent in GRAVE or (sure and own is None)
    named = read_task(own, message.words).strong
    return any(found.field not in {*topic.about, *PLACES} for found in named)


SURE_OF_OTHER = 0.8


def asked_further(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Read what goes on about an answer that was read: 「那一个月多少」, 「深圳会多些吗」."""
    turn, context = message.turn, message.context
    if not (context.focus or "").startswith(POLICY_VIEW) or _is_of_another(message, readings):
        return []
    reading, asks = readings[POLICY], cues.ASKS.search(turn.text)
    if asks and len(turn.text) <= MOST_ELLIPTIC:
        spans = [(each.start, each.end) for each in reading.strong]
        if spans and len(cues.residue(turn.text, spans)) <= LITTLE:
            return set_values(message, replace(reading, found=reading.strong))
        if turn.intent in ELLIPTIC and not cues.CROWDED.search(turn.text):
            return set_values(message, reading)
    if turn.intent not in SOFT | {DISTRESS} or len(turn.text) < LEAST_TOLD:
        return []
    if asks:
        return set_values(message, reading)
    # More of the case: taken up where a rule says something of it.
    sets = values_of(message, replace(reading, found=tuple(_told(reading))))
    return [message.command(START, task=POLICY, sets=sets, only_sure=True)]


def _told(reading: Reading) -> Iterator[Found]:
    return (replace(each, weak=False) for each in reading.found)


def _is_of_another(message: Message, readings: Mapping[str, Reading]) -> bool:
    """Whether a message that follows a policy answer is plainly about something else."""
    context, own = message.context, message.features.task_of(message.turn.intent)
    # What cannot begin by a mere value is no other wish.
    able = [each for each in readings.values() if each.task.begins]
    others = [each for each in able if each.task.name not in (POLICY, context.task)]
    if any(each.bare for each in others):
        return True
    if own is None or own.name == POLICY or not own.fields:
        return False
    named = {found.field for found in readings[own.name].strong}
    placed = bool(named & PLACES) and message.confidence >= SURE_OF_OTHER
    return own.fields[0].name in named or placed


POLICY, POLICY_VIEW, DISTRESS = "policy", "policy:", "distress"


ELLIPTIC = SOFT | {
    *("ask_wage", "hall_status", "find_training", "job_details", "ask_help"),
    *("search_jobs", "recommend_jobs"),
}
"""What a question without its own matter may sound like."""


PLACES = frozenset({"place", "hall"})
"""Fields that a mere place fills."""


MOST_ELLIPTIC, LITTLE, LEAST_TOLD = 16, 2, 4


def asked_of_chosen(message: Message, chosen: Command) -> list[Command]:
    """Return what is asked of an entry in the sentence that chooses it: 「第一个管不管住」."""
    shown = next((each for each in message.context.lists if each.name == chosen.list), None)
    if shown is None or shown.of is None or chosen.press is None:
        return []
    text = message.turn.text
    rest = text[: chosen.start] + text[chosen.end :] if chosen.end < len(text) else text
    topic = message.features.topic_beyond_view(rest, shown.of)
    return [] if topic is None else [message.command(ASK, topic=topic.name, confidence=0.9)]


def asks_for_rule(message: Message, readings: Mapping[str, Reading]) -> list[Command]:
    """Read what is told as a grievance and asked as a question: the rule first, then the case."""
    turn = message.turn
    likeliest = turn.ranking[0][0] if turn.intent == FALLBACK and turn.ranking else turn.intent
    intent = message.features.intents.get(likeliest)
    lawful = turn.intent not in GRAVE - {"complain"} and cues.LAWFUL.search(turn.text)
    of_policy = (message.context.focus or "").startswith(POLICY_VIEW)
    helpless = (intent is not None and intent.under_rules) and (
        cues.WHAT_TO_DO.search(turn.text)
        or cues.PERMITTED.search(turn.text)
        or (of_policy and (turn.intent == "complain" or cues.ASKS.search(turn.text)))
        or (message.context.asked is not None and cues.ASKS.search(turn.text))
    )
    if _may_ask_for_rule(message, readings):
        return [message.command(START, task=POLICY, only_sure=True)]
    own = message.features.task_of(turn.intent)
    has_matter = own is not None and own.name != POLICY and own.begins and readings[own.name].found
    if not (lawful or helpless) or has_matter or _demands(turn.text):
        return []
    asks = set_values(message, readings[POLICY], starts=message.context.task != POLICY)
    later = message.command(START, task=turn.intent, confidence=message.confidence, later=True)
    return [*asks, later] if turn.intent == "complain" else asks


def _demands(text: str) -> bool:
    """Whether somebody wants it taken up, and does not ask what would come of it."""
    supposes = cues.SUPPOSES.search(text) and cues.ASKS.search(text)
    # 「我要告他，先说到哪里告」 asks us for the way.
    asks_way = cues.WHAT_TO_DO.search(text) and not cues.COMPLAINS.search(text)
    return bool(cues.DEMANDS.search(text)) and not supposes and not asks_way


def _asks_of(message: Message, of: str) -> bool:
    """Whether an entry that was shown can tell what is asked: 「没证能不能干」."""
    return message.features.topic_beyond_view(message.turn.text, of) is not None


def _may_ask_for_rule(message: Message, readings: Mapping[str, Reading]) -> bool:
    """Whether what is not understood asks if something is allowed, not whether a time suits."""
    text = message.turn.text
    asks = cues.PERMITTED.search(text) and not cues.OF_TIME.search(text)
    others = (each for name, each in readings.items() if name != POLICY)
    intent = message.features.intents.get(message.turn.intent)
    of_list = intent is not None and intent.of_list and message.confidence < SURE_OF_OTHER
    unsure = message.turn.intent in SOFT or of_list
    if any(_asks_of(message, shown.of) for shown in message.context.lists if shown.of):
        return False
    return bool(unsure and asks) and not any(each.bare for each in others)
