"""An entry of a digest that was told since the last answer: shown, or applied for.

Nobody answered when it was told, so that the conversation does not know of it; yet it is what
somebody reads who types 「第一个」 now.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from actions.dialogue.context import Item, Shown
from actions.dialogue.reading.choices import number_in
from actions.dialogue.replies import pressed
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.jobs.called import POSTING
from actions.jobs.chat.applying import apply_job
from actions.jobs.chat.my_applications import APPLY
from actions.jobs.chat.search import POSTINGS, job_details
from actions.jobs.service import Jobs
from actions.jobs.subscriptions.service import Subscriptions

DETAILS = "job_details"
MEANT = timedelta(days=3)
"""So long a digest is what somebody means who has said nothing since."""


def chosen(turn: Turn, services: Services) -> Outcome | None:
    """Take an entry of a digest; None where none was told since, or nothing is chosen."""
    if not turn.text or turn.danger:
        return None
    number = number_in(turn.text)
    if number is None and turn.intent not in (APPLY, DETAILS):
        return None
    since = turn.now - MEANT
    if turn.context.at:
        since = max(since, datetime.fromisoformat(turn.context.at))
    told = services.of(Subscriptions).told_since(turn.conversation, since)
    if number is None:
        number = 1 if len(told) == 1 else 0
    if not 1 <= number <= len(told):
        return None
    found = [(code, services.of(Jobs).get(code, now=turn.now)) for code in told]
    items = tuple(
        Item(posting.title if posting else code, pressed(DETAILS, {"posting_id": code}))
        for code, posting in found
    )
    shown = Shown(POSTINGS, items, of=POSTING)
    about = {"posting_id": told[number - 1]}
    meant = replace(turn, values=about, context=turn.context.with_lists((shown,)))
    outcome = apply_job(meant, services) if turn.intent == APPLY else job_details(meant, services)
    return replace(outcome, lists=(shown,))
