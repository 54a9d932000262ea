"""Greeting, thanks, help and what is none of ours: the turns that need no service."""

from actions.dialogue import sentences as shared
from actions.dialogue.replies import menu, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.smalltalk.chat import sentences as say


def greet(turn: Turn, services: Services) -> Outcome:
    """Say who is here and what can be done; within a form the form's question follows.

    Who has not said anything before is told what becomes of it.
    """
    address = f"{services.settings.web_url}{shared.PRIVACY}"
    notice = "" if len(turn.recent) > 1 else say.PRIVACY.format(address=address)
    return Outcome((reply(say.GREET + notice, [] if turn.asked else menu(services)),))


def goodbye(turn: Turn, services: Services) -> Outcome:
    """Say goodbye and leave what was being asked."""
    return Outcome((reply(say.GOODBYE),))


def thank(turn: Turn, services: Services) -> Outcome:
    """Answer thanks."""
    return Outcome((reply(say.THANK),))


def ask_help(turn: Turn, services: Services) -> Outcome:
    """Show the menu."""
    return Outcome((reply(say.HELP, menu(services)),))


def out_of_scope(turn: Turn, services: Services) -> Outcome:
    """Say politely what can be done; a message without words is not understood."""
    text = say.OUT_OF_SCOPE if turn.text else shared.NOT_UNDERSTOOD
    return Outcome((reply(text, [] if turn.asked else menu(services)),))
