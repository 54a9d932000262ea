"""One turn of a conversation, run so that it happens wholly or not at all.

Rasa's own ``handle_message`` swallows the failure of a remote action and saves the
conversation without its answer. Here the failure comes up, and nothing is saved.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

from rasa.core.actions.action import (
    Action,
    ActionExecutionRejection,
    ActionListen,
    RemoteAction,
)
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.exceptions import ActionLimitReached
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    DEFAULT_SLOT_NAMES,
)
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException

from nlu.channel_report import (
    TurnRequest,
    clauses_of,
    commands_of,
    nlu_report,
    replies_of,
    session_is_over,
    sound_text,
    trimmed,
)

LOCK_POLL_SECONDS = 0.02
ACTION_FAILURES = (RasaException, OSError, ValueError, asyncio.TimeoutError)
"""What Rasa's RemoteAction raises: no connection, an error status, nonsense for an answer."""

ALWAYS_FAILS, SERVICE_UNAVAILABLE = 500, 503
"""How the action server says that a call never succeeds, and that its database is away."""


class ActionFailed(Exception):
    """An action gave no answer; the same message may be tried again later."""


class ActionBroken(ActionFailed):
    """An action failed at this message and always will."""


class ActionsAway(ActionFailed):
    """The action server's database takes nothing just now; no fault of the message."""


class QuickRemoteAction(RemoteAction):
    """A remote action whose answer is checked by hand.

    Rasa's check compiles its JSON schema anew at each call, which took two thirds of a turn.
    """

    def _validate_action_result(self, result: Any) -> bool:
        """Raise ActionFailed unless the answer is what the action protocol says."""
        parts = result if isinstance(result, dict) else {}
        events, responses = parts.get("events"), parts.get("responses")
        if not (_are_objects(events) and _are_objects(responses)):
            raise ActionFailed(f"{self.name()}: no answer of the action protocol")
        if not all(isinstance(event.get("event"), str) for event in events):
            raise ActionFailed(f"{self.name()}: an event without a name")
        return True


def _are_objects(entries: Any) -> bool:
    return isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)


class EmptyTurn(Exception):
    """No action said anything."""


async def run_turn(agent: Agent, request: TurnRequest, channel: str) -> dict[str, Any]:
    """Answer one message, or return the recorded answer of a message that came before.

    Turns of one conversation wait for each other. Raises ActionFailed, ActionBroken or
    EmptyTurn with nothing saved.
    """
    processor = agent.processor
    store = _plain_store(agent.tracker_store)
    async with agent.lock_store.lock(request.sender, wait_time_in_seconds=LOCK_POLL_SECONDS):
        tracker = await _tracker(processor, store, request.sender)
        latest = tracker.get_last_event_for(UserUttered)
        if latest is not None and latest.message_id == request.message_id:
            return _answer(tracker, latest)
        _renew_session(tracker, latest, processor)
        began = time.monotonic()
        heard = await _hear(processor, tracker, request, channel)
        read = time.monotonic()
        await _act(processor, tracker)
        answer = _answer(tracker, heard)
        took = {"read": read - began, "acted": time.monotonic() - read}
        answer["nlu"]["took"] = {stage: round(seconds, 3) for stage, seconds in took.items()}
        if not answer["messages"]:
            raise EmptyTurn(request.message_id)
        await store.save(tracker)
        return answer


def _plain_store(store: TrackerStore) -> TrackerStore:
    # The fail-safe wrapper would keep a conversation in memory and report success.
    return store._tracker_store if isinstance(store, FailSafeTrackerStore) else store


async def _tracker(
    processor: MessageProcessor, store: TrackerStore, sender: str
) -> DialogueStateTracker:
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    tracker.model_id = processor.model_metadata.model_id
    if tracker.assistant_id is None:
        tracker.assistant_id = processor.model_metadata.assistant_id
    return tracker


def _renew_session(
    tracker: DialogueStateTracker, latest: UserUttered | None, processor: MessageProcessor
) -> None:
    """Begin a session where there is none or the old one is over; slots are kept."""
    turns = sum(isinstance(event, UserUttered) for event in tracker.events)
    idle = None if latest is None else time.time() - latest.timestamp
    if tracker.events and not session_is_over(turns, idle):
        return
    kept = {
        name: slot.value
        for name, slot in tracker.slots.items()
        if slot.value is not None and name not in DEFAULT_SLOT_NAMES
    }
    for event in _beginning(kept):
        tracker.update(event, processor.domain)


def _beginning(kept: dict[str, Any]) -> Iterator[Event]:
    """Make a session's first events one after the other.

    Their order in time counts: the store reads back what is not older than the
    SessionStarted, so a slot's event made before it would be lost with the next message.
    """
    yield ActionExecuted(ACTION_SESSION_START_NAME)
    yield SessionStarted()
    for name, value in kept.items():
        yield SlotSet(name, value)
    yield ActionExecuted(ACTION_LISTEN_NAME)


async def _hear(
    processor: MessageProcessor,
    tracker: DialogueStateTracker,
    request: TurnRequest,
    channel: str,
) -> UserUttered:
    text = sound_text(request.text, processor.domain.intents)
    message = UserMessage(text, sender_id=request.sender, input_channel=channel)
    parsed = trimmed(await processor.parse_message(message, tracker))
    parsed["clauses"] = [
        await _clause(processor, tracker, start, words) for start, words in clauses_of(text)
    ]
    heard = UserUttered(
        text,
        parsed["intent"],
        parsed["entities"],
        parsed,
        input_channel=channel,
        message_id=request.message_id,
        metadata=request.metadata,
    )
    tracker.update(heard, processor.domain)
    await processor.run_action_extract_slots(CollectingOutputChannel(), tracker)
    return heard


async def _clause(
    processor: MessageProcessor, tracker: DialogueStateTracker, start: int, words: str
) -> dict[str, Any]:
    """Read a clause as if it stood alone."""
    parsed = trimmed(await processor.parse_message(UserMessage(words), tracker))
    return {**parsed, "text": words, "start": start}


async def _act(processor: MessageProcessor, tracker: DialogueStateTracker) -> None:
    """Take actions until the assistant listens again."""
    output = CollectingOutputChannel()
    while True:
        try:
            action, prediction = processor.predict_next_with_tracker_if_should(tracker)
        except ActionLimitReached as error:
            raise ActionFailed("too many actions in one turn") from error
        await _run(processor, tracker, action, prediction, output)
        if not processor.should_predict_another_action(action.name()):
            return


async def _run(
    processor: MessageProcessor,
    tracker: DialogueStateTracker,
    action: Action,
    prediction: PolicyPrediction,
    output: CollectingOutputChannel,
) -> None:
    trial = tracker
    if isinstance(action, RemoteAction):
        action = QuickRemoteAction(action.name(), action.action_endpoint)
    # Copying replays the whole session; a remote action only reads it.
    if not isinstance(action, (RemoteAction, ActionListen)):
        trial = tracker.copy()
        trial.update_with_events(prediction.events, processor.domain)
    try:
        events = await action.run(output, processor.nlg, trial, processor.domain)
    except ActionExecutionRejection:
        rejected = ActionExecutionRejected(
            action.name(), prediction.policy_name, prediction.max_confidence
        )
        tracker.update(rejected)
        return
    except ACTION_FAILURES as error:
        status = getattr(error.__cause__, "status", None)
        kind = {ALWAYS_FAILS: ActionBroken, SERVICE_UNAVAILABLE: ActionsAway}
        raise kind.get(status, ActionFailed)(action.name()) from error
    processor._log_action_on_tracker(tracker, action, events, prediction)


def _answer(tracker: DialogueStateTracker, heard: UserUttered) -> dict[str, Any]:
    """Read the answer to ``heard`` out of the tracker: also how a repeat is answered."""
    said: list[dict[str, Any]] = []
    for event in reversed(tracker.events):
        if event is heard or (
            isinstance(event, UserUttered) and event.message_id == heard.message_id
        ):
            break
        said.append(event.as_dict())
    said.reverse()
    return {
        "messages": replies_of(said),
        "nlu": {**nlu_report(heard.parse_data), "commands": commands_of(said)},
    }
