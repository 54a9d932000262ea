"""``zhida eval``: accuracy on labelled files (formats in DESIGN section 8)."""

import json
from pathlib import Path
from typing import Any

from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from store.settings import Settings

SHOWN_ERRORS = 10


def _report(result: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(result)
        return
    for name, value in result.items():
        if isinstance(value, dict | list):
            continue
        say(f"{name:24}{value:.4f}" if isinstance(value, float) else f"{name:24}{value}")
    errors = result["errors"]
    say(f"{'errors':24}{len(errors)}")
    for error in errors[:SHOWN_ERRORS]:
        say("  " + json.dumps(error, ensure_ascii=False, default=str))


def run_eval_nlu(settings: Settings, file: Path, *, as_json: bool) -> None:
    """Measure intent recognition."""
    from bot.evaluation import EvaluationFailed, evaluate_nlu

    try:
        _report(evaluate_nlu(settings, file), as_json=as_json)
    except (EvaluationFailed, ValueError, KeyError) as error:
        fail(f"{file} 测不了：{error!r}")


def run_eval_policy(settings: Settings, file: Path, docs: Path, *, as_json: bool) -> None:
    """Measure policy answers over the documents in ``docs``."""
    from knowledge.evaluation import evaluate

    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        _report(evaluate(lines, docs, settings), as_json=as_json)
    except (ValueError, KeyError) as error:
        fail(f"{file} 测不了：{error!r}")


def run_eval_time(file: Path, *, as_json: bool) -> None:
    """Measure how times in sentences are read."""
    from actions.times_evaluation import evaluate_times

    try:
        _report(evaluate_times(file), as_json=as_json)
    except (ValueError, KeyError) as error:
        fail(f"{file} 测不了：{error!r}")
