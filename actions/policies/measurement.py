"""``zhida eval policy`` and ``particulars``: how questions are answered, and documents read."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from actions.policies.figures import PLAIN_WIDTH, print_figures
from knowledge.evaluation.evaluator import evaluate
from knowledge.evaluation.figures import OtherQuestions, record, regressions
from knowledge.evaluation.particulars import measure
from store.clock import to_shanghai, utc_now
from store.settings import Settings


def run(
    settings: Settings,
    progress: Callable[[str], None],
    file: Labelled,
    docs: Annotated[
        Path | None, typer.Option(exists=True, help="政策文件所在的文件夹；不给则用自带摘要。")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="比这份旧结果差就算失败。")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(dir_okay=False, help="把这次的结果存下，供以后比较。")
    ] = None,
) -> dict[str, Any]:
    """Measure on ``file`` over the documents in ``docs`` (None: the project's digests).

    MeasurementFailed where the file cannot be used, or a rate is worse than in ``baseline``;
    ``write_baseline`` keeps the figures for the next time.
    """
    del progress
    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        result = evaluate(lines, docs, settings)
    except (ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
    if baseline is not None:
        _hold_against(result, baseline)
    if write_baseline is not None:
        text = json.dumps(record(result), ensure_ascii=False, indent=2)
        write_baseline.write_text(text + "\n", "utf-8")
    return result


def run_particulars(
    settings: Settings,
    progress: Callable[[str], None],
    file: Labelled,
    docs: Annotated[Path, typer.Option(exists=True, file_okay=False, help="文件所在的文件夹。")],
    day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="效力按哪一天算；不给则今天。")
    ] = None,
) -> dict[str, Any]:
    """Measure what is read of the documents in ``docs`` against the table ``file``.

    MeasurementFailed where the file cannot be used.
    """
    del settings
    progress("正在逐份读取文件…")
    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        return measure(lines, docs, (day or to_shanghai(utc_now())).date())
    except (ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error


def show(figures: dict[str, Any]) -> str:
    """Return the figures as tables; where there is no terminal, without lines and colours."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH)
    with console.capture() as shown:
        print_figures(figures, console)
    return shown.get().rstrip("\n")


def _hold_against(result: dict[str, Any], baseline: Path) -> None:
    try:
        found = regressions(result, json.loads(baseline.read_text("utf-8")))
    except OtherQuestions as error:
        reason = f"{baseline} 是在别的题目或别的文件上测的，不能比较；请用 --write-baseline 重写。"
        raise MeasurementFailed(reason, result) from error
    except (OSError, ValueError, KeyError) as error:
        raise MeasurementFailed(f"{baseline} 读不了：{error!r}", result) from error
    if found:
        changes = "，".join(f"{one.name} {one.before} → {one.after}" for one in found)
        raise MeasurementFailed(f"比 {baseline} 差了超过 2 个百分点：{changes}", result)
