"""The measured quality of the answers; a fall of more than two points fails.

``policy_notices.jsonl`` is held out: nobody trains or tunes on it. Its earlier figures stand
in ``policy_baseline.json`` and, measured on the digests, ``policy_baseline_digests.json``.
The older ``policy.jsonl`` is a development set, the floors on which guard the digests against
regressions and estimate nothing.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from rich.console import Console
from typer.testing import CliRunner

from actions.policies.figures import PLAIN_WIDTH, print_figures
from bot.cli import app
from knowledge.evaluation.evaluator import evaluate
from knowledge.evaluation.figures import regressions
from language.encoder.loading import SHIPPED
from store.settings import Settings

ROOT = Path(__file__).parents[3]
FILES = ROOT / "tests" / "evaluation"
ARTIFACTS = ROOT / "artifacts"
NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)


def questions(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FILES / name).read_text("utf-8").splitlines()]


def measure(lines: list[dict[str, Any]], docs: Path | None) -> dict[str, Any]:
    # The figures that are kept are of the n-grams, which every machine has; whether the sentence
    # encoder has been made differs from one to the next.
    return evaluate(lines, docs, Settings(_env_file=None, encoder=str(SHIPPED)), now=NOW)


def second_half(style: str) -> list[dict[str, Any]]:
    return [
        line
        for line in questions("policy.jsonl")
        if line["id"].startswith("test-") and line["style"] == style
    ]


def hold_against_earlier(docs: Path | None, *, of: str = "") -> dict[str, Any]:
    """Measure the held-out questions, keep the table, and compare with the earlier figures."""
    result = measure(questions("policy_notices.jsonl"), docs)
    ARTIFACTS.mkdir(exist_ok=True)
    table = ARTIFACTS / f"policy_evaluation{of}.txt"
    with table.open("w", encoding="utf-8") as file:
        print_figures(result, Console(file=file, width=PLAIN_WIDTH))
    print(table.read_text("utf-8"))
    assert result["quotes_verbatim"] == 1.0
    earlier = json.loads((FILES / f"policy_baseline{of}.json").read_text("utf-8"))
    assert regressions(result, earlier) == []
    return result


@pytest.mark.shared
def test_the_notices_answer_held_out_questions_no_worse_than_before(shared: Path) -> None:
    assert hold_against_earlier(shared / "policies")["without_gold"] == 0


def test_the_digests_answer_held_out_questions_no_worse_than_before() -> None:
    hold_against_earlier(None, of="_digests")


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    """A file of two questions that the digests answer and one that they do not."""
    lines = [line for line in questions("policy_notices.jsonl") if line["style"] == "official"]
    chosen = [*[line for line in lines if line["answerable"]][:2], lines[-1]]
    file = tmp_path / "asked.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in chosen), "utf-8")
    return file


def run_eval(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["eval", "policy", *map(str, arguments)])


def test_the_command_keeps_figures_and_names_what_fell(asked: Path, tmp_path: Path) -> None:
    kept = tmp_path / "figures.json"
    assert run_eval("--file", asked, "--write-baseline", kept).exit_code == 0
    figures = json.loads(kept.read_text("utf-8"))
    same = run_eval("--file", asked, "--baseline", kept, "--json")
    assert same.exit_code == 0
    assert json.loads(same.stdout)["hit_at_1"] == figures["hit_at_1"]
    kept.write_text(json.dumps({**figures, "hit_at_1": 1.5}), "utf-8")
    worse = run_eval("--file", asked, "--baseline", kept)
    assert worse.exit_code == 1
    assert worse.stderr.count("\n") == 1
    assert f"hit_at_1 1.5 → {figures['hit_at_1']}" in worse.stderr


@pytest.mark.parametrize(
    ("content", "reason"),
    [("nonsense", "读不了"), ('{"questions": "other"}', "不能比较"), ("{}", "读不了")],
)
def test_figures_that_cannot_be_compared_are_said_so(
    asked: Path, tmp_path: Path, content: str, reason: str
) -> None:
    kept = tmp_path / "figures.json"
    kept.write_text(content, "utf-8")
    result = run_eval("--file", asked, "--baseline", kept)
    assert result.exit_code == 1
    assert reason in result.stderr


def test_digests_answer_the_second_half_of_the_development_questions() -> None:
    official = measure(second_half("official"), None)
    assert official["hit_at_1"] >= 0.94
    assert official["refused_unanswerable"] >= 0.98
    assert official["refused_answerable"] <= 0.06
    colloquial = measure(second_half("colloquial"), None)
    assert colloquial["hit_at_1"] >= 0.54
    assert colloquial["refused_unanswerable"] >= 0.98
    assert official["quotes_verbatim"] == colloquial["quotes_verbatim"] == 1.0
