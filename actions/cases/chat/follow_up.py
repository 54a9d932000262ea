"""After a case was opened: when it is answered, what is added to it, and taking it back."""

from dataclasses import replace

from actions.cases.called import TOPICS
from actions.cases.chat import sentences as say
from actions.cases.chat.case_codes import case_card
from actions.cases.service import OPEN, Case, Cases
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from language.wording import day_and_time

PERSON = "本人"
"""Who closed a case that its person took back."""


def waiting(turn: Turn, services: Services) -> Case | None:
    """Return the person's case that is open, the newest."""
    cases = services.of(Cases).for_conversation(turn.conversation)
    return next((case for case in cases if case.status == OPEN), None)


def tell(turn: Turn, services: Services) -> Outcome | None:
    """Say how the open case stands, or add to it; None where it is asked of something else."""
    topic = turn.value("topic")
    if topic not in TOPICS:
        return None
    case = waiting(turn, services)
    if case is None:
        return Outcome((reply(say.CASE_NONE, [staff_button()]),))
    if topic == "case_back":
        return take_back(replace(turn, values={"close": case.ticket}), services)
    if topic == "case_more":
        services.of(Cases).add(case.ticket, turn.text)
        return told(say.CASE_ADDED, case, turn, services)
    if case.answer:
        return told(say.CASE_AGREED, case, turn, services)
    late = turn.now > case.reply_by
    return told(say.CASE_LATE if late else say.CASE_STANDS, case, turn, services)


def told(sentence: str, case: Case, turn: Turn, services: Services) -> Outcome:
    """Say something of an open case; a no takes it back, after asking."""
    by = day_and_time(case.reply_by, turn.now)
    text = sentence.format(ticket=case.ticket, reply_by=by, answer=case.answer)
    said = reply(text, data=case_card(case, services))
    return Outcome((said,), no=back_button(case), focus=turn.context.focus)


def back_button(case: Case) -> Button:
    """Return what takes a case back, after asking."""
    return button(say.B_TAKE_BACK, "talk_to_staff", close=case.ticket)


def take_back(turn: Turn, services: Services) -> Outcome:
    """Ask whether the case is to be closed, and close it once that was said yes to."""
    case = waiting(turn, services)
    if case is None or case.ticket != turn.value("close"):
        return Outcome((reply(say.CASE_NONE, menu(services)),))
    if turn.value("seen") == OPEN:
        services.of(Cases).close(case.ticket, staff=PERSON, now=turn.now)
        return Outcome((reply(say.CASE_TAKEN_BACK.format(ticket=case.ticket), menu(services)),))
    sure = button(say.B_TAKE_BACK, "talk_to_staff", close=case.ticket, seen=OPEN)
    stays = button(say.B_STAYS, "deny")
    return Outcome(
        (reply(say.CASE_BACK_ASK.format(ticket=case.ticket), [sure, stays]),), yes=sure, no=stays
    )
