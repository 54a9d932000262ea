"""A case's number, or its link, in a message: how the case stands.

A number alone says something only in the conversation it was given in; the link does anywhere.
"""

import re

from actions.cases.cards import CaseCard
from actions.cases.chat import sentences as say
from actions.cases.links import PATH, by_link, link_path
from actions.cases.service import OPEN, PREFIX, Case, Cases
from actions.dialogue.replies import reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from language.wording import day_and_time

LINK = re.compile(rf"{PATH}([A-Z0-9-]+)")
NUMBER = re.compile(
    rf"(?<![A-Za-z0-9#]){PREFIX}\s*[-—－]?\s*([A-Za-z0-9]{{5,9}})(?![A-Za-z0-9])", re.I
)
OTHER_MATTERS = frozenset({"complain", "talk_to_staff", "distress", "privacy_request"})
"""Who complains about a case, or wants a person for it, names its number, too."""


def named_case(turn: Turn, services: Services) -> Outcome | None:
    """Say how the case stands that a message names; None where it names none."""
    link = LINK.search(turn.text)
    if link is not None:
        key = services.settings.signing_key()
        return _say(by_link(services.of(Cases), link[1], key, now=turn.now), turn, services)
    number = NUMBER.search(turn.text)
    if number is None or turn.intent in OTHER_MATTERS:
        return None
    case = services.of(Cases).get(number[1])
    own = case is not None and case.conversation == turn.conversation
    return _say(case if own else None, turn, services)


def case_card(case: Case, services: Services) -> CaseCard:
    """Return a case as a card, with the link that shows it on any device."""
    return CaseCard(
        ticket=case.ticket,
        reason=case.reason,
        reply_by=case.reply_by.isoformat(),
        link=link_path(case.ticket, services.settings.signing_key()),
    )


def _say(case: Case | None, turn: Turn, services: Services) -> Outcome:
    if case is None:
        return Outcome((reply(say.CASE_UNKNOWN, [staff_button()]),))
    if case.status != OPEN:
        answer = say.CASE_ANSWER.format(answer=case.answer) if case.answer else ""
        text = say.CASE_CLOSED.format(ticket=case.ticket, answer=answer)
        return Outcome((reply(text, [staff_button()]),))
    reply_by = day_and_time(case.reply_by, turn.now)
    text = say.CASE_OPEN.format(ticket=case.ticket, reply_by=reply_by)
    return Outcome((reply(text, data=case_card(case, services)),))
