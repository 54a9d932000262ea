"""Every intent has examples, a rule, an action that exists and a title to be offered by."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.dialogue.dialogue import Dialogue
from actions.dialogue.domain import ANSWER, domain, rules
from actions.dialogue.services import Services
from actions.dialogue.turn import FALLBACK
from actions.features import FEATURES
from store.database import Database
from store.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = 25
INTENTS = sorted(FEATURES.intents)
RULES: list[dict[str, Any]] = rules(FEATURES)["rules"]
DOMAIN = domain(FEATURES)


def _blocks() -> list[dict[str, Any]]:
    files = sorted((ROOT / "nlu/data").glob("*.yml"))
    return [block for path in files for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]]


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_has_enough_examples(intent: str) -> None:
    examples = {
        line.strip()
        for block in _blocks()
        if block.get("intent") == intent
        for line in re.findall(r"^- (.+)$", block["examples"], re.M)
    }
    assert len(examples) >= EXAMPLES


def test_every_example_is_of_an_intent_that_a_feature_declares() -> None:
    assert {block["intent"] for block in _blocks()} == set(INTENTS)


@pytest.mark.parametrize("intent", [*INTENTS, FALLBACK])
def test_every_intent_has_exactly_one_rule(intent: str) -> None:
    (rule,) = [rule for rule in RULES if rule["steps"][0].get("intent") == intent]
    assert rule["steps"][1:] == [{"action": ANSWER}]
    assert "condition" not in rule


def test_every_intent_has_an_answer(sqlite_database: Database, tmp_path: Path) -> None:
    settings = Settings(_env_file=None, var_dir=tmp_path)
    dialogue = Dialogue(FEATURES, Services(sqlite_database, settings))
    assert DOMAIN["actions"] == [ANSWER]
    assert {intent.action for intent in FEATURES.intents.values()} <= set(dialogue.actions)


def test_every_intent_can_be_offered_in_words() -> None:
    titles = [intent.title for intent in FEATURES.intents.values()]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_actions_set_only_slots_the_domain_knows() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "actions").rglob("chat/**/*.py"))
    code += "\n".join(path.read_text("utf-8") for path in (ROOT / "actions/dialogue").rglob("*.py"))
    assert {"context", "place", "question"} <= set(DOMAIN["slots"])
    for name in DOMAIN["slots"]:
        assert f'"{name}"' in code, f"slot {name} is set nowhere"
