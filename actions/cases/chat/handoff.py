"""Handing over to a person: at a wish, at a complaint, in distress."""

from actions.cases.chat import sentences as say
from actions.cases.chat.case_codes import case_card
from actions.cases.chat.follow_up import back_button, take_back, waiting
from actions.cases.chat.rating import rated
from actions.cases.rules import desk_open
from actions.cases.service import COMPLAINT, DISTRESS, HANDOFF, Case, Cases
from actions.dialogue import sentences as shared
from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.subjects import Subject
from actions.dialogue.turn import Outcome, Reply, Turn
from language.wording import day_and_time

SUMMARY_LIMIT = 500
CASE = "case:"
"""Begins the name of a case that was told of (``Context.focus``)."""


TOLD = 3
"""Last words of a person that a case begins with."""


def talk_to_staff(turn: Turn, services: Services) -> Outcome:
    """Open a case, or point at the one that is open already, whatever its reason."""
    if turn.value("close") is not None:
        return take_back(turn, services)
    if turn.value("rated") is not None:
        return rated(turn, services)
    case = waiting(turn, services) or _open(turn, services, HANDOFF)
    if case.reason == DISTRESS:
        return distress(turn, services)
    return _say(say.STAFF if _is_new(case, turn) else say.STAFF_AGAIN, case, turn, services)


def open_case(services: Services, turn: Turn, words: str) -> tuple[str, Reply]:
    """Open a case for another feature, or add its words to the one that is open.

    Returns its ticket, and what to say of it.
    """
    cases = services.of(Cases)
    case = cases.open(
        conversation=turn.conversation,
        reason=HANDOFF,
        summary=words[-SUMMARY_LIMIT:],
        request_key=turn.request_key,
        now=turn.now,
    )
    cases.add(case.ticket, words)
    return case.ticket, _say(say.STAFF, case, turn, services).replies[0]


def complain(turn: Turn, services: Services) -> Outcome:
    """Take a complaint down in the person's own words."""
    subject = services.subject_of(turn)
    case = _open(turn, services, COMPLAINT, subject)
    if case.reason == DISTRESS:
        return distress(turn, services)
    new = _is_new(case, turn)
    if not new:
        services.of(Cases).add(case.ticket, turn.text)
    if subject is None:
        return _say(say.COMPLAIN if new else say.COMPLAIN_AGAIN, case, turn, services)
    sentence = say.COMPLAIN_OF if new else say.COMPLAIN_OF_AGAIN
    return _say(sentence.replace("{subject}", subject.told), case, turn, services)


def distress(turn: Turn, services: Services) -> Outcome:
    """Say first whom to call and what to do now, then that a person comes; never twice alike."""
    case = _open(turn, services, DISTRESS, services.subject_of(turn) if _is_deceit(turn) else None)
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


def _is_deceit(turn: Turn) -> bool:
    """Whether the danger is one that a thing of ours, a posting, may have brought."""
    return (turn.danger or turn.context.danger) in ("fraud", "coercion")


def _open(turn: Turn, services: Services, reason: str, subject: Subject | None = None) -> Case:
    """Open a case, which names what it is about; one that is open already hears of it, too."""
    words = "；".join(turn.recent[-TOLD:]) or say.CASE_NO_WORDS
    about = f"{subject.words}；" if subject else ""
    cases = services.of(Cases)
    case = cases.open(
        conversation=turn.conversation,
        reason=reason,
        summary=about + words[-SUMMARY_LIMIT:],
        request_key=turn.request_key,
        now=turn.now,
        category=subject.category if subject else None,
    )
    if subject is not None:
        cases.add(case.ticket, subject.words)
        subject.filed(case.ticket)
    return case


def _say(sentence: str, case: Case, turn: Turn, services: Services) -> Outcome:
    if _is_new(case, turn) and not (desk_open(turn.now) or services.of(Cases).attended(turn.now)):
        sentence += say.NOBODY_THERE
    text = sentence.format(ticket=case.ticket, reply_by=day_and_time(case.reply_by, turn.now))
    card = case_card(case, services)
    buttons = [button(shared.B_POLICY, "ask_policy"), button(shared.B_JOBS, "search_jobs")]
    shown = [] if case.reason == DISTRESS else buttons
    no = None if case.reason == DISTRESS else back_button(case)
    return Outcome((reply(text, shown, card),), no=no, focus=f"{CASE}{case.ticket}")
