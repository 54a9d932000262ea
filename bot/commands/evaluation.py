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


def run_eval_policy(
    settings: Settings,
    file: Path,
    docs: Path | None,
    *,
    as_json: bool,
    baseline: Path | None = None,
    write_baseline: Path | None = None,
) -> None:
    """Measure policy answers over the documents in ``docs`` (None: the project's digests).

    With ``baseline`` leave with exit code 1 when a rate is worse than in that file;
    ``write_baseline`` keeps the figures for the next time.
    """
    from bot.commands.policy_figures import print_figures
    from knowledge.evaluation.evaluator import evaluate
    from knowledge.evaluation.figures import record

    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        result = evaluate(lines, docs, settings)
    except (ValueError, KeyError) as error:
        fail(f"{file} 测不了：{error!r}")
    if as_json:
        print_json(result)
    else:
        print_figures(result)
    if baseline is not None:
        _hold_against(result, baseline)
    if write_baseline is not None:
        text = json.dumps(record(result), ensure_ascii=False, indent=2)
        write_baseline.write_text(text + "\n", "utf-8")


def _hold_against(result: dict[str, Any], baseline: Path) -> None:
    """Leave with exit code 1 when ``result`` is worse than the figures in ``baseline``."""
    from knowledge.evaluation.figures import OtherQuestions, regressions

    try:
        found = regressions(result, json.loads(baseline.read_text("utf-8")))
    except OtherQuestions:
        fail(f"{baseline} 是在别的题目或别的文件上测的，不能比较；请用 --write-baseline 重写。")
    except (OSError, ValueError, KeyError) as error:
        fail(f"{baseline} 读不了：{error!r}")
    if found:
        changes = "，".join(f"{one.name} {one.before} → {one.after}" for one in found)
        fail(f"比 {baseline} 差了超过 2 个百分点：{changes}")


def run_eval_time(file: Path, *, as_json: bool) -> None:
    """Measure how times in sentences are read."""
    from language.time_evaluation import evaluate_times

    try:
        _report(evaluate_times(file), as_json=as_json)
    except (ValueError, KeyError) as error:
        fail(f"{file} 测不了：{error!r}")
