"""The thin layer between Rasa's action protocol and our functions."""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.dialogue.forms import question_of
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Reply, Turn, read_turn

logger = structlog.get_logger(__name__)

Answer = Callable[[Turn, Services], Outcome]
"""An action's work: blocking, called in a worker thread."""


FORM_ANSWERS = ("job_wish", "visit_business", "visit_time")
"""Slots that a form's answer has just filled."""

PER_TURN = ("pending", "unsure", *FORM_ANSWERS)
"""Slots that hold for one turn unless the action says otherwise: a form's answer, once read,
must not answer the form's next question, and 「好的」 affirms only what was asked just now."""


class ZhidaAction:
    """One action under Rasa's protocol: reads the turn, answers, returns events.

    The work runs in a worker thread, since the server has one event loop for everybody.
    What it raises goes up whole: the server answers 500, Rasa keeps nothing of the turn
    and the pipeline sends the message again.
    """

    def __init__(self, name: str, answer: Answer, services: Services) -> None:
        self.name = name
        self._answer = answer
        self._services = services

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
        """Answer one turn; signature given by rasa-sdk."""
        turn = read_turn(vars(tracker))
        log = logger.bind(action=self.name, conversation=turn.conversation, key=turn.request_key)
        started = time.perf_counter()
        outcome, replies = await asyncio.to_thread(self._work, turn)
        for reply in replies:
            dispatcher.utter_message(json_message=reply)
        log.debug("answered", ms=round((time.perf_counter() - started) * 1000, 1))
        return events_of(turn, outcome)

    def _work(self, turn: Turn) -> tuple[Outcome, list[Reply]]:
        outcome = self._answer(turn, self._services)
        replies = list(outcome.replies)
        if _form_goes_on(turn, outcome) and turn.form is not None:
            replies.append(question_of(turn.form, turn, self._services))
        return outcome, replies


def events_of(turn: Turn, outcome: Outcome) -> list[dict[str, Any]]:
    """Return the events Rasa must keep: only what changes, since each is posted again."""
    slots: Mapping[str, Any] = {**dict.fromkeys(PER_TURN), **outcome.slots}
    events = [SlotSet(key, value) for key, value in slots.items() if turn.slots.get(key) != value]
    if turn.form is not None and not _form_goes_on(turn, outcome):
        events += [ActiveLoop(None), SlotSet("requested_slot", None)]
    if outcome.asks is not None and outcome.asks != turn.form:
        events.append(FollowupAction(outcome.asks))
    return events


def _form_goes_on(turn: Turn, outcome: Outcome) -> bool:
    return turn.form is not None and outcome.asks is None and not outcome.leaves_form
