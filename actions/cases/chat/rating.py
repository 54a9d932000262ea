"""Whether a closed case was solved: asked with its last words, answered by a button."""

from actions.cases.chat import sentences as say
from actions.cases.chat.case_codes import case_card
from actions.cases.service import Case, Cases, OpenAgain, UnknownCase
from actions.dialogue.replies import button, menu, reply, staff_button
from actions.dialogue.services import Services
from actions.dialogue.turn import Button, Outcome, Turn
from language.wording import day_and_time

SOLVED, NOT_SOLVED = "yes", "no"


def rating_buttons(ticket: str) -> tuple[Button, Button]:
    """Return the buttons under the words that a case is closed with."""
    return (
        button(say.B_SOLVED, "talk_to_staff", rated=ticket, rate=SOLVED),
        button(say.B_NOT_SOLVED, "talk_to_staff", rated=ticket, rate=NOT_SOLVED),
    )


def rating_question(case: Case) -> str:
    """Return the words that a case is closed with."""
    return say.RATE_ASK.format(ticket=case.ticket, answer=case.answer)


def rated(turn: Turn, services: Services) -> Outcome:
    """Note what somebody says of their case's end; one that is not solved is opened again."""
    cases, ticket = services.of(Cases), turn.value("rated") or ""
    satisfied = turn.value("rate") == SOLVED
    try:
        cases.rate(ticket, conversation=turn.conversation, satisfied=satisfied)
        if satisfied:
            return Outcome((reply(say.RATED_WELL, menu(services)),))
        case = cases.reopen(ticket, now=turn.now, anew=True)
    except (UnknownCase, OpenAgain):
        return Outcome((reply(say.RATED_LATE, [staff_button()]),))
    words = say.RATED_BADLY.format(
        ticket=case.ticket, reply_by=day_and_time(case.reply_by, turn.now)
    )
    return Outcome((reply(words, data=case_card(case, services)),))
