"""Yes, no and how many."""

from actions.dialogue.commands import CONFIRM, DECLINE, Command
from actions.dialogue.context import Context
from actions.dialogue.reading import cues
from actions.dialogue.reading.choices import ALONE
from actions.dialogue.reading.message import GRAVE, SOFT, Message
from actions.dialogue.reading.values import read_task
from language.clauses import clauses


def yes_or_no(message: Message) -> Command | None:
    text, intent, context = message.turn.text.strip(), message.turn.intent, message.context
    if context.yes is not None and _repeats_yes(text, context):
        return message.command(CONFIRM, press=context.yes)
    if cues.YES.match(text) or intent == "affirm" or _ends_in_yes(message):
        return message.command(CONFIRM, press=context.yes)
    denies = intent == "deny" and not cues.ASKS.search(text)
    if denies and context.no is None and context.lists and len(text) > LONG_NO:
        return None
    if cues.NO.match(text) or denies:
        return message.command(DECLINE, press=context.no)
    return None


def consents(message: Message) -> Command | None:
    """Read a longer yes that begins with it: 「同意同意，你帮我报上去」."""
    text, waits = message.turn.text.strip(), message.context.yes
    if waits is None or not cues.CONSENTS.match(text) or cues.ASKS.search(text):
        return None
    return message.command(CONFIRM, press=waits)


def _ends_in_yes(message: Message) -> bool:
    """Whether a longer sentence comes to a yes of what was asked: 「那我自己去吧，确认」."""
    text, intent = message.turn.text, message.turn.intent
    if message.context.yes is None or intent in GRAVE or cues.ASKS.search(text):
        return False
    own = message.features.task_of(intent)
    if own is not None and read_task(own, message.words).strong:
        return False
    parts = [text[start:end].strip() for start, end in clauses(text)]
    agrees = [cues.YES.match(part) or cues.AGREES.search(part) for part in parts]
    return bool(agrees[-1] if intent not in SOFT | YES_LIKE else any(agrees))


LONG_NO = 8
"""Characters; a longer no amid what was shown says what is not wanted of it."""

YES_LIKE = frozenset({"thank", "book_window"})
"""Purposes that a longer yes may sound like."""


def _repeats_yes(text: str, context: Context) -> bool:
    """Whether the words of the yes are said again: 「取消吧」 when asked whether to cancel."""
    said = cues.residue(text)
    title = next((title for title, press in context.buttons if press == context.yes), "")
    return len(said) >= cues.SAME_WORDS and said in title and not cues.DENIES.search(text)


def answers_no(message: Message) -> bool:
    """Whether 「不用了」 answers the question asked last."""
    return message.context.no is not None and bool(cues.NO.match(message.turn.text.strip()))


def is_number_asked_for(message: Message) -> bool:
    """Whether a bare number answers the question that waits: 「三十个」 when asked how many."""
    asked = message.context.asked
    if asked is None or not ALONE.match(message.turn.text):
        return False
    return message.features.task(asked.task).field(asked.field).counts
