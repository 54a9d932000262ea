"""One turn through the dialogue: who answers it, what is added, what is asked again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from actions.dialogue.affirmation import affirm, deny, inform
from actions.dialogue.coming import coming_soon
from actions.dialogue.core import COMING_SOON, UNSURE
from actions.dialogue.fallback import unsure
from actions.dialogue.feature import Answer, Look
from actions.dialogue.registry import Features
from actions.dialogue.restart import restart
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn
from actions.dialogue.values import sound_turn


class Dialogue:
    """The answers of all features over one process's services."""

    def __init__(self, features: Features, services: Services) -> None:
        self._features = features
        self._services = services
        own: dict[str, Answer] = {
            name: partial(answer, features=features)
            for name, answer in (
                ("action_affirm", affirm),
                ("action_deny", deny),
                ("action_inform", inform),
                (COMING_SOON, coming_soon),
                (UNSURE, unsure),
            )
        }
        self._looks: tuple[Look, ...] = (
            partial(restart, features=features),
            *(interceptor.look for interceptor in features.interceptors),
        )
        self._actions: Mapping[str, Answer] = {**features.actions, **own}

    @property
    def actions(self) -> tuple[str, ...]:
        """Names of the actions there are."""
        return tuple(self._actions)

    def answer(self, action: str, turn: Turn) -> Outcome:
        """Return what is said and remembered, whole: KeyError for an action there is not.

        Where the turn was a digression the waiting form's question is put again; slots that
        hold for one turn are forgotten unless the answer sets them, and so is what cannot be.
        """
        unsound = turn.slots
        turn = sound_turn(self._features.values, turn)
        outcome = self.outcome(action, turn)
        replies = outcome.replies
        if outcome.keeps_form(turn) and turn.form is not None:
            replies = (*replies, self._features.forms[turn.form].question(turn, self._services))
        dropped = (*self._features.for_one_turn, *(unsound.keys() - turn.slots.keys()))
        slots = {**dict.fromkeys(dropped), **outcome.slots}
        return replace(outcome, replies=replies, slots=slots)

    def outcome(self, action: str, turn: Turn) -> Outcome:
        """Return the answer alone: an interceptor's, else the action's with its afterwords."""
        awaited = turn.form is not None or any(s in turn.slots for s in self._features.form_slots)
        turn = replace(sound_turn(self._features.values, turn), awaited=awaited)
        for look in self._looks:
            taken = look(turn, self._services)
            if taken is not None:
                return taken
        outcome = self._actions[action](turn, self._services)
        for feature in self._features:
            if feature.afterword is not None:
                outcome = feature.afterword(outcome, turn, self._services)
        return outcome
