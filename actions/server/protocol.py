"""The thin layer between Rasa's action protocol and the dialogue."""

import asyncio
import time
from typing import Any

import structlog
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import ActionExecutor

from actions.dialogue.dialogue import Dialogue
from actions.dialogue.turn import Outcome, Turn, read_turn

logger = structlog.get_logger(__name__)


class ZhidaAction:
    """One action under Rasa's protocol: reads the turn, answers, returns events.

    The work runs in a worker thread, since the server has one event loop for everybody.
    What it raises goes up whole: the server answers 503 or 500, Rasa keeps nothing of the
    turn, and the message is sent again or answered with an apology.
    """

    def __init__(self, name: str, dialogue: Dialogue) -> None:
        self.name = name
        self._dialogue = dialogue

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        """Answer one turn; signature given by rasa-sdk."""
        turn = read_turn(vars(tracker))
        log = logger.bind(action=self.name, conversation=turn.conversation, key=turn.request_key)
        started = time.perf_counter()
        outcome = await asyncio.to_thread(self._dialogue.answer, self.name, turn)
        for reply in outcome.replies:
            dispatcher.utter_message(json_message=reply)
        log.debug("answered", ms=round((time.perf_counter() - started) * 1000, 1))
        return events_of(turn, outcome)


def events_of(turn: Turn, outcome: Outcome) -> list[dict[str, Any]]:
    """Return the events Rasa must keep: only what changes, since each is posted again."""
    slots = outcome.slots.items()
    events = [SlotSet(key, value) for key, value in slots if turn.slots.get(key) != value]
    if turn.form is not None and not outcome.keeps_form(turn):
        events += [ActiveLoop(None), SlotSet("requested_slot", None)]
    if outcome.asks is not None and outcome.asks != turn.form:
        events.append(FollowupAction(outcome.asks))
    return events


class Executor(ActionExecutor):  # type: ignore[misc]
    """rasa-sdk's executor for a Rasa that sends no domain.

    Newer Rasa sends a digest of the domain and answers 449 with the whole; Rasa 3.6 knows
    neither and would take every 449 for a failure. No action of ours reads the domain.
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        """Do without a domain."""
        return {}


def executor(dialogue: Dialogue) -> Executor:
    """Return an executor that knows every action of ``dialogue``."""
    known = Executor()
    for name in dialogue.actions:
        known.register_function(name, ZhidaAction(name, dialogue).run)
    return known
