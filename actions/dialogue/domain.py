"""Rasa's domain and rules, written out of what the features declare."""

from typing import Any

from actions.dialogue.registry import Features
from actions.dialogue.turn import FALLBACK

VERSION = "3.1"
ANSWER = "action_answer"
"""The one action: whatever was said, the dialogue answers it."""


def domain(features: Features) -> dict[str, Any]:
    """Return Rasa's domain without its session settings, ready for YAML.

    Actions read entities from the message themselves; keeping them out of the dialogue state
    lets one rule per intent hold whatever was named in the sentence. Slots are set by our
    action, never by Rasa: one place decides what a sentence meant.
    """
    return {
        "version": VERSION,
        "intents": [{name: {"use_entities": []}} for name in features.intents],
        "entities": list(features.values),
        "slots": {
            name: {
                "type": "any",
                "influence_conversation": False,
                "mappings": [{"type": "custom"}],
            }
            for name in features.slots
        },
        "actions": [ANSWER],
    }


def rules(features: Features) -> dict[str, Any]:
    """Return one rule for each intent, and the fallback's: what is said is answered."""
    rules = [
        {"rule": name, "steps": [{"intent": name}, {"action": ANSWER}]}
        for name in (*features.intents, FALLBACK)
    ]
    return {"version": VERSION, "rules": rules}
