"""Handing over to a person: at a wish, at a complaint, in distress."""

from actions.cases.chat import sentences as say
from actions.cases.chat.case_codes import case_card
from actions.cases.chat.follow_up import back_button, take_back, waiting
from actions.cases.service import Case, Cases
from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from language.wording import day_and_time

HANDOFF, COMPLAINT, DISTRESS = "handoff", "complaint", "distress"
SUMMARY_LIMIT = 500


def talk_to_staff(turn: Turn, services: Services) -> Outcome:
    """Open a case, or point at the one that is open already, whatever its reason."""
    if turn.value("close") is not None:
        return take_back(turn, services)
    case = waiting(turn, services) or _open(turn, services, HANDOFF)
    return _say(say.STAFF if _is_new(case, turn) else say.STAFF_AGAIN, case, turn, services)


def complain(turn: Turn, services: Services) -> Outcome:
    """Take a complaint down in the person's own words."""
    case = _open(turn, services, COMPLAINT)
    return _say(say.COMPLAIN if _is_new(case, turn) else say.STAFF_AGAIN, case, turn, services)


def distress(turn: Turn, services: Services) -> Outcome:
    """Say first whom to call and what to do now, then that a person comes; never twice alike."""
    case = _open(turn, services, DISTRESS)
    kind = turn.danger or turn.context.danger
    if kind not in say.CARE:
        new = _is_new(case, turn)
        return _say(say.DISTRESS if new else say.DISTRESS_AGAIN, case, turn, services)
    first, again = say.CARE[kind]
    words = again if first[:CLOSE] in turn.context.said else first
    ends = say.CARE_CASE if _is_new(case, turn) else say.CARE_STANDS
    return _say(f"{words}\n{ends}", case, turn, services)


CLOSE = 10
"""So many characters tell two wordings apart."""


def _is_new(case: Case, turn: Turn) -> bool:
    """Whether this turn opened the case, also when its message comes a second time."""
    return case.opened_at == turn.now


def _open(turn: Turn, services: Services, reason: str) -> Case:
    words = "；".join(turn.recent) or say.CASE_NO_WORDS
    return services.of(Cases).open(
        conversation=turn.conversation,
        reason=reason,
        summary=words[-SUMMARY_LIMIT:],
        request_key=turn.request_key,
        now=turn.now,
    )


def _say(sentence: str, case: Case, turn: Turn, services: Services) -> Outcome:
    text = sentence.format(ticket=case.ticket, reply_by=day_and_time(case.reply_by, turn.now))
    card = case_card(case, services)
    buttons = [button(shared.B_POLICY, "ask_policy"), button(shared.B_JOBS, "search_jobs")]
    shown = [] if case.reason == DISTRESS else buttons
    no = None if case.reason == DISTRESS else back_button(case)
    return Outcome((reply(text, shown, card),), no=no)
