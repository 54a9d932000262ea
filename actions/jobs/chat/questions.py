"""What is asked of somebody who looks for work."""

from actions.dialogue.replies import button, reply
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply, Turn
from actions.jobs.chat import sentences as say

TRADE = "trade"
EXAMPLE_TRADES = ("电工", "保洁", "会计", "快递员")


def wish_question(turn: Turn, services: Services) -> Reply:
    """Ask for trade or place."""
    del turn, services
    return ask_wish()


def ask_wish(text: str = say.JOBS_ASK) -> Reply:
    """Ask for trade or place, some trades as buttons."""
    return reply(text, [button(trade, "search_jobs", trade=trade) for trade in EXAMPLE_TRADES])
