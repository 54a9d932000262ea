"""Every intent has examples, a rule, an action that exists and a title to be offered by."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.dialogue import sentences
from actions.dialogue.coming import coming_soon
from actions.server.executor import ANSWERS

NLU = Path(__file__).resolve().parents[3] / "nlu"
FALLBACK = "nlu_fallback"
EXAMPLES = 25


def _load(folder: str, key: str) -> list[Any]:
    found: list[Any] = []
    for path in sorted((NLU / folder).glob("*.yml")):
        part = yaml.safe_load(path.read_text("utf-8")).get(key) or []
        found += part.items() if isinstance(part, dict) else part
    return found


def _intents() -> list[str]:
    return [next(iter(intent)) for intent in _load("domain", "intents")]


def _rules() -> list[dict[str, Any]]:
    return _load("data/rules", "rules")


@pytest.mark.parametrize("intent", _intents())
def test_every_intent_has_enough_examples(intent: str) -> None:
    blocks = [block for block in _load("data/nlu", "nlu") if block.get("intent") == intent]
    examples = {
        line.strip()
        for block in blocks
        for line in re.findall(r"^- (.+)$", block["examples"], re.M)
    }
    assert len(examples) >= EXAMPLES


@pytest.mark.parametrize("intent", [*_intents(), FALLBACK])
def test_every_intent_has_exactly_one_rule_outside_forms(intent: str) -> None:
    starting = [rule for rule in _rules() if rule["steps"][0].get("intent") == intent]
    assert len(starting) == 1
    assert "condition" not in starting[0]


def test_every_action_of_the_domain_is_registered_and_used_in_a_rule() -> None:
    declared = set(_load("domain", "actions"))
    used = {
        step["action"]
        for rule in _rules()
        for step in rule["steps"]
        if step.get("action", "").startswith("action_")
    }
    assert declared == set(ANSWERS) == used


def test_every_intent_can_be_offered_in_words() -> None:
    assert set(sentences.READINGS) == set(_intents())


def test_what_comes_later_has_a_sentence_of_its_own() -> None:
    later = {
        rule["steps"][0]["intent"]
        for rule in _rules()
        if rule["steps"][1].get("action") in ("action_coming_soon", "action_ask_wage")
    }
    assert later == set(sentences.COMING)
    assert len(set(sentences.COMING.values())) == len(later)
    assert ANSWERS["action_coming_soon"] is coming_soon


def test_every_form_has_a_rule_that_acts_on_its_answer() -> None:
    forms = {name for name, _ in _load("domain", "forms")}
    answered = {rule["steps"][0]["action"] for rule in _rules() if "condition" in rule}
    assert forms == answered


def test_actions_set_only_slots_the_domain_knows() -> None:
    slots = {name for name, _ in _load("domain", "slots")}
    code = "\n".join(path.read_text("utf-8") for path in (NLU.parent / "actions").rglob("*.py"))
    assert {"journey", "pending", "shown_jobs", "unsure", "question"} <= slots
    for name in slots:
        assert f'"{name}"' in code, f"slot {name} is set nowhere"
