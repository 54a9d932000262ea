"""Closing a case, and the ways back: at once by 撤销, later by 重新打开. Blocking, no drawing."""

from dataclasses import dataclass
from datetime import datetime

from actions.cases.chat.rating import rating_buttons, rating_question
from actions.cases.service import CLOSED, Case, Cases
from bot.console.cases import sentences
from bot.console.services import handover, services
from bot.messaging.transcripts import mode_of


@dataclass(frozen=True)
class Closing:
    """A case as somebody has just closed it; ``by_staff``: they were answering its person then."""

    ticket: str
    conversation: str
    staff: str
    by_staff: bool
    told: bool


def close(
    case: Case,
    conversation: str,
    answer: str,
    *,
    staff: str,
    asks: bool,
    keeps: bool,
    now: datetime,
) -> Closing:
    """Close a case; ``asks`` tells its person so and asks whether it is solved.

    Its person stays this member of staff's where something else of theirs is open (``keeps``).
    """
    handover().claim(conversation, staff=staff)  # or a colleague answers them just now
    by_staff = mode_of(services().database, conversation) == "staff"
    done = services().of(Cases).close(case.ticket, staff=staff, now=now, answer=answer)
    handover().give_back(conversation, staff=staff, now=now, keeps=True)
    if asks:
        handover().say(
            conversation,
            staff=staff,
            text=rating_question(done),
            now=now,
            buttons=rating_buttons(case.ticket),
            takes_over=False,
        )
    handover().give_back(conversation, staff=staff, now=now, keeps=keeps)
    return Closing(case.ticket, conversation, staff, by_staff, told=asks or by_staff)


def take_back(closing: Closing, now: datetime) -> bool:
    """Undo a closing: the case, its promises and who answers are as before; its person is told.

    False where it is open again already, since its person said that nothing is solved.
    """
    cases = services().of(Cases)
    handover().claim(closing.conversation, staff=closing.staff)
    now_is = cases.get(closing.ticket)
    if now_is is None or now_is.status != CLOSED:
        return False
    cases.reopen(closing.ticket, now=now)
    if closing.told:
        handover().say(
            closing.conversation,
            staff=closing.staff,
            text=sentences.TAKEN_BACK_TOLD.format(ticket=closing.ticket),
            now=now,
            takes_over=closing.by_staff,
        )
    return True


def reopen(case: Case, conversation: str, *, staff: str, now: datetime) -> None:
    """Open a case of some time ago again, and tell its person."""
    services().of(Cases).reopen(case.ticket, now=now)
    text = sentences.REOPENED_TOLD.format(ticket=case.ticket)
    handover().say(conversation, staff=staff, text=text, now=now, takes_over=False)
