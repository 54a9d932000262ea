"""What transcripts are narrowed by: as the page's address has it, and as it is looked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, exists, func, literal_column, select

from bot.console.transcripts.reviews import is_reviewed
from bot.console.views import beginning_of
from bot.messaging.search.outcomes import BY_PERSON, NOT_UNDERSTOOD, SILENT
from bot.messaging.search.turns import TurnFilter
from bot.messaging.tables import LONG_TEXT, InboxMessage
from knowledge.documents.tables import PolicyFeedback

UNSURE_BELOW = 0.6
WORDS_MAX = 80

OUTCOMES: Mapping[str, tuple[str, ...]] = {
    "fallback": (NOT_UNDERSTOOD,),
    "not_covered": ("policy_answer:not_covered",),
    "outdated": ("policy_answer:outdated",),
    "complaint": ("staff_case:complaint",),
    "distress": ("staff_case:distress",),
    "handed_over": ("staff_case:handoff",),
    "by_staff": (SILENT,),
    "person": BY_PERSON,
    "booked": ("booking:held", "booking:confirmed"),
}
"""What became of a turn, by the name that the page's address has for it."""

UNSURE, UNHELPFUL, UNREVIEWED, WRONG = "unsure", "unhelpful", "unreviewed", "wrong"
"""Kinds that are no outcome."""

LONG_MESSAGE, LONG_TALK = "message", "talk"
"""Lengths: of what was said at once, of all that somebody has said."""
MANY = 20
"""Messages of a person from which their conversation is a long one."""


@dataclass(frozen=True)
class Filters:
    """The filters as typed and chosen; empty ones narrow nothing. Days are ISO dates, inclusive."""

    words: str = ""
    channel: str = ""
    intent: str = ""
    kind: str = ""
    length: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Filters":
        """Return the filters of an address or a saved view; what is none of ours is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{key: str(value)[:WORDS_MAX] for key, value in given.items() if key in known})

    def address(self) -> str:
        """Return the page of these filters, relative to the console."""
        return "/transcripts?" + urlencode(
            {key: value for key, value in asdict(self).items() if value}
        )

    def wanted(self) -> TurnFilter:
        """Return what is looked for."""
        since, until = beginning_of(self.since), beginning_of(self.until)
        return TurnFilter(
            words=self.words,
            channel=self.channel,
            intent=self.intent,
            outcomes=OUTCOMES.get(self.kind, ()),
            since=since,
            until=until + timedelta(days=1) if until else None,
            sure_below=UNSURE_BELOW if self.kind == UNSURE else None,
            also=(*_also(self.kind), *_long(self.length)),
        )


def _also(kind: str) -> tuple[ColumnElement[bool], ...]:
    if kind == UNHELPFUL:
        judged = select(PolicyFeedback.conversation).where(
            PolicyFeedback.helpful.is_(False),
            PolicyFeedback.conversation == InboxMessage.conversation_id,
            PolicyFeedback.question == InboxMessage.text,
        )
        # By conversation first: those that somebody was unhappy in are few.
        unhappy = select(PolicyFeedback.conversation).where(PolicyFeedback.helpful.is_(False))
        return (InboxMessage.conversation_id.in_(unhappy), exists(judged.correlate(InboxMessage)))
    if kind == UNREVIEWED:
        return (~is_reviewed(), InboxMessage.intent.is_not(None))
    if kind == WRONG:
        return (is_reviewed(wrong=True),)
    return ()


def _long(length: str) -> tuple[ColumnElement[bool], ...]:
    if length == LONG_MESSAGE:
        # In letters, not as a parameter: the index of long messages is chosen by these words.
        return (func.length(InboxMessage.text) >= literal_column(str(LONG_TEXT)),)
    if length == LONG_TALK:
        said = select(InboxMessage.conversation_id).group_by(InboxMessage.conversation_id)
        return (InboxMessage.conversation_id.in_(said.having(func.count() >= MANY)),)
    return ()
