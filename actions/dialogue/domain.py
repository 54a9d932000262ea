"""Rasa's domain and rules, written out of what the features declare."""

from typing import Any

from actions.dialogue.core import COMING_SOON, UNSURE
from actions.dialogue.feature import Form
from actions.dialogue.registry import Features

VERSION = "3.1"
FALLBACK = "nlu_fallback"
"""What Rasa calls the intent of a message below its threshold."""


def domain(features: Features) -> dict[str, Any]:
    """Return Rasa's domain without its session settings, ready for YAML.

    Actions read entities from the message themselves; keeping them out of the dialogue state
    lets one rule per intent hold whatever was named in the sentence. Slots are set by our
    actions, never by Rasa: one place decides what a sentence meant.
    """
    answered = {form.slot: _from_text(form) for form in features.forms.values()}
    return {
        "version": VERSION,
        "intents": [{name: {"use_entities": []}} for name in features.intents],
        "entities": list(features.values),
        "slots": {
            name: {
                "type": "any",
                "influence_conversation": False,
                "mappings": [answered.get(name, {"type": "custom"})],
            }
            for name in (*features.slots, *answered)
        },
        "forms": {form.name: {"required_slots": [form.slot]} for form in features.forms.values()},
        "actions": sorted({*features.actions, *_answering(features), COMING_SOON, UNSURE}),
    }


def rules(features: Features) -> dict[str, Any]:
    """Return one rule for each intent, one for each form's answer, and the fallback's."""
    answered = [(intent.name, intent.action) for intent in features.intents.values()]
    single = [
        {"rule": name, "steps": [{"intent": name}, {"action": action}]}
        for name, action in [*answered, (FALLBACK, UNSURE)]
    ]
    return {"version": VERSION, "rules": [*single, *map(_form_rule, features.forms.values())]}


def _answering(features: Features) -> set[str]:
    return {intent.action for intent in features.intents.values()}


def _from_text(form: Form) -> dict[str, Any]:
    asked = {"active_loop": form.name, "requested_slot": form.slot}
    return {"type": "from_text", "intent": list(form.intents), "conditions": [asked]}


def _form_rule(form: Form) -> dict[str, Any]:
    return {
        "rule": f"{form.name} is answered",
        "condition": [{"active_loop": form.name}],
        "steps": [
            {"action": form.name},
            {"active_loop": None},
            {"slot_was_set": [{"requested_slot": None}]},
            {"action": form.action},
        ],
    }
