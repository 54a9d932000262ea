"""Greeting, thanks, yes and no, help: the turns that need no service."""

from actions.dialogue import sentences as say
from actions.dialogue.replies import Button, button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn


def menu() -> list[Button]:
    """Return what can be done, as buttons."""
    return [
        button(say.B_POLICY, "ask_policy"),
        button(say.B_JOBS, "search_jobs"),
        button(say.B_BOOK, "book_window"),
        button(say.B_STAFF, "talk_to_staff"),
    ]


def greet(turn: Turn, services: Services) -> Outcome:
    """Say who is here and what can be done; within a form the form's question follows."""
    return Outcome((reply(say.GREET, [] if turn.form else menu()),))


def goodbye(turn: Turn, services: Services) -> Outcome:
    """Say goodbye and leave what was being asked."""
    return Outcome((reply(say.GOODBYE),), leaves_form=True)


def thank(turn: Turn, services: Services) -> Outcome:
    """Answer thanks."""
    return Outcome((reply(say.THANK),))


def ask_help(turn: Turn, services: Services) -> Outcome:
    """Show the menu."""
    return Outcome((reply(say.HELP, menu()),))


def deny(turn: Turn, services: Services) -> Outcome:
    """Leave a form, or take back what was about to be done."""
    something = turn.form is not None or "pending" in turn.slots
    text = say.DENY if something else say.DENY_NOTHING
    return Outcome((reply(text, menu()),), leaves_form=True)


def out_of_scope(turn: Turn, services: Services) -> Outcome:
    """Say politely what can be done; a message without words is not understood."""
    text = say.OUT_OF_SCOPE if turn.text else say.NOT_UNDERSTOOD
    return Outcome((reply(text, [] if turn.form else menu()),))
