"""How full a hall is, and when it is quieter."""

from actions.server.services import Services
from actions.server.turn import Outcome, Turn


def hall_status(turn: Turn, services: Services) -> Outcome:
    raise NotImplementedError
