"""The thin layer between Rasa's action protocol and the dialogue."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import structlog
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor

from actions.dialogue.dialogue import Dialogue
from actions.dialogue.domain import ANSWER
from actions.dialogue.turn import Turn, read_turn

logger = structlog.get_logger(__name__)


class ZhidaAction:
    """The one action under Rasa's protocol: reads the turn, answers, returns events.

    The work runs in a worker thread, since the server has one event loop for everybody.
    What it raises goes up whole: the server answers 503 or 500, Rasa keeps nothing of the
    turn, and the message is sent again or answered with an apology.
    """

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        """Answer one turn; signature given by rasa-sdk."""
        turn = read_turn(vars(tracker))
        log = logger.bind(intent=turn.intent, conversation=turn.conversation, key=turn.request_key)
        started = time.perf_counter()
        answered = await asyncio.to_thread(self._dialogue.answer, turn)
        for reply in answered.replies:
            dispatcher.utter_message(json_message=reply)
        log.debug("answered", ms=round((time.perf_counter() - started) * 1000, 1))
        return events_of(turn, answered.slots)


def events_of(turn: Turn, slots: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the events Rasa must keep: only what changes, since each is posted again."""
    return [SlotSet(key, value) for key, value in slots.items() if turn.slots.get(key) != value]


class Executor(ActionExecutor):  # type: ignore[misc]
    """rasa-sdk's executor for a Rasa that sends no domain.

    Newer Rasa sends a digest of the domain and answers 449 with the whole; Rasa 3.6 knows
    neither and would take every 449 for a failure. No action of ours reads the domain.
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """Do without a domain."""
        return {}


def executor(dialogue: Dialogue) -> Executor:
    """Return an executor that knows the one action."""
    known = Executor()
    known.register_function(ANSWER, ZhidaAction(dialogue).run)
    return known
