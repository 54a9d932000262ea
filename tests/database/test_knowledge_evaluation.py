"""The measured quality of the answers; a fall of more than two points fails.

``policy_notices.jsonl`` is held out: nobody trains or tunes on it. Its earlier figures stand
in ``policy_baseline.json``. The older ``policy.jsonl`` is a development set, the floors on
which guard the digests against regressions and estimate nothing.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.commands.policy_figures import PLAIN_WIDTH, print_figures
from knowledge.evaluation import evaluate, regressions
from store.settings import Settings

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "evaluation"
BASELINE = FILES / "policy_baseline.json"
TABLE = ROOT / "artifacts" / "policy_evaluation.txt"
NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def questions(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FILES / name).read_text("utf-8").splitlines()]


def measure(lines: list[dict[str, Any]], docs: Path | None) -> dict[str, Any]:
    return evaluate(lines, docs, Settings(_env_file=None), now=NOW)


def second_half(style: str) -> list[dict[str, Any]]:
    return [
        line
        for line in questions("policy.jsonl")
        if line["id"].startswith("test-") and line["style"] == style
    ]


@pytest.mark.shared
def test_held_out_questions_are_answered_no_worse_than_before(shared: Path) -> None:
    result = measure(questions("policy_notices.jsonl"), shared / "policies")
    TABLE.parent.mkdir(exist_ok=True)
    with TABLE.open("w", encoding="utf-8") as file:
        print_figures(result, Console(file=file, width=PLAIN_WIDTH))
    print(TABLE.read_text("utf-8"))
    assert result["quotes_verbatim"] == 1.0
    assert result["without_gold"] == 0
    assert regressions(result, json.loads(BASELINE.read_text("utf-8"))) == []


def test_digests_answer_the_second_half_of_the_development_questions() -> None:
    official = measure(second_half("official"), None)
    assert official["hit_at_1"] >= 0.98
    assert official["refused_unanswerable"] >= 0.98
    assert official["refused_answerable"] <= 0.02
    colloquial = measure(second_half("colloquial"), None)
    assert colloquial["hit_at_1"] >= 0.54
    assert colloquial["refused_unanswerable"] >= 0.98
    assert official["quotes_verbatim"] == colloquial["quotes_verbatim"] == 1.0
