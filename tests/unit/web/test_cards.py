"""The chat's cards: one module a kind, and the words that are Python's, too."""

import re

from bot.web.assets import FOLDER
from knowledge.sentences import VALIDITY

REGISTRY = (FOLDER / "cards.js").read_text("utf-8")


def test_every_kind_is_a_module_and_every_module_is_in_the_list() -> None:
    modules = {path.stem for path in (FOLDER / "cards").glob("*.js")} - {"parts"}
    imported = re.findall(r'^import \* as (\w+) from "\./cards/(\w+)\.js";$', REGISTRY, re.M)
    listed = REGISTRY.partition("const KINDS = {")[2].partition("}")[0]
    kinds = {
        kind: module or kind for kind, module in re.findall(r"^  (\w+)(?:: (\w+))?,$", listed, re.M)
    }
    assert {kind: dict(imported)[module] for kind, module in kinds.items()} == {
        name: name for name in modules
    }


def test_a_validity_is_called_on_a_card_what_it_is_called_in_a_list() -> None:
    script = (FOLDER / "cards" / "policy_answer.js").read_text("utf-8")
    table = script.partition("const VALIDITY = {")[2].partition("};")[0]
    badges = dict(re.findall(r'^  (\w+): \["[\w-]+", "(\w+)"\],$', table, re.M))
    assert badges == {validity: words.badge for validity, words in VALIDITY.items()}
