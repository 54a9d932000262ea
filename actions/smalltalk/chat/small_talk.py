"""Greeting, thanks, help and what is none of ours: the turns that need no service."""

import re

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


WHO = re.compile(
    r"(?:你|您)(?:到底)?(?:是|叫)(?:不是)?.{0,4}(?:谁|什么|机器|真人|人工|ai|智能|程序|骗子|名字|活人)"
    r"|(?:机器人|真人|ai|活人)(?:吗|吧|么|还是|在)|是人还是",
    re.I,
)


PERSON = re.compile(
    r"(?:你|您)(?:们)?(?:到底)?(?:是|是不是)(?:真人|机器|人工|活人|人还是|ai|智能|程序|电脑)", re.I
)


LONELY = re.compile(
    "(?:陪|跟|和|找|寻)(?:我|你|您|人)?(?:讲|说|聊|唠)|(?:讲讲|说说)(?:闲?话|心里)|聊聊天?|唠唠|没人(?:说话|讲话|聊)"
)
"""Who only wants somebody to talk to."""


def asked_who(turn: Turn, services: Services) -> Outcome | None:
    """Say who is here, where a message asks for that, whatever else it says."""
    if not turn.text or turn.danger or turn.asked or not PERSON.search(turn.text):
        return None
    return Outcome((reply(say.WHO, menu(services)),))


def ask_help(turn: Turn, services: Services) -> Outcome:
    """Show the menu; who asks who this is, is told."""
    if WHO.search(turn.text):
        return Outcome((reply(say.WHO, menu(services)),))
    return Outcome((reply(say.HELP, menu(services)),))


def out_of_scope(turn: Turn, services: Services) -> Outcome:
    """Say politely what can be done; a message without words is not understood."""
    if WHO.search(turn.text):
        return ask_help(turn, services)
    if LONELY.search(turn.text):
        return Outcome((reply(say.LISTENS, [] if turn.asked else menu(services)),))
    text = say.OUT_OF_SCOPE if turn.text else shared.NOT_UNDERSTOOD
    return Outcome((reply(text, [] if turn.asked else menu(services)),))
