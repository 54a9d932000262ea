"""Why something cannot be done to a case or a conversation, in words."""

from actions.cases.service import OpenAgain, UnknownCase
from bot.console.acting import Refusals
from bot.console.cases import sentences
from bot.console.sentences import FAILED
from bot.messaging.handover import AlreadyTaken, UnknownConversation

REFUSALS: Refusals = {
    # The conversation or the case was deleted elsewhere meanwhile.
    UnknownConversation: lambda _error, _now: FAILED,
    UnknownCase: lambda _error, _now: FAILED,
    OpenAgain: lambda _error, _now: sentences.OPEN_AGAIN,
    AlreadyTaken: lambda error, _now: sentences.TAKEN.format(owner=error.owner),
}
