"""``zhida simulate windows``: the staggering simulation as a table, JSON and pictures."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say

if TYPE_CHECKING:
    from rich.table import Table

    from actions.appointments.simulation.measures import Measures
    from actions.appointments.simulation.runner import Result

PLAIN_WIDTH = 118  # columns where there is no terminal to ask
DIGITS = 4


def run_simulate_windows(
    scenario: str, *, runs: int, seed: int, curve: bool, as_json: bool, picture: Path | None
) -> None:
    """Simulate the scenario of this name or in this file; with ``picture`` draw it there.

    With ``curve`` the trade-off is reckoned, too, and drawn beside, with ``-trade`` in its name.
    """
    from actions.appointments.simulation.runner import simulate
    from actions.appointments.simulation.scenarios import BadScenario, UnknownScenario, load

    if picture and (picture.suffix.lower() != ".png" or not picture.parent.is_dir()):
        fail(f"图要存为 .png，放在已有的文件夹里，而不是 {picture}", 2)
    try:
        chosen = load(scenario)
    except UnknownScenario as error:
        fail(str(error), 2)
    except BadScenario as error:
        fail(str(error))
    with _progress() as progress:
        result = simulate(chosen, runs=runs, seed=seed, curve=curve, progress=progress)
    pictures = _draw(result, picture, curve=curve) if picture else []
    if as_json:
        print_json(_figures(result))
        return
    _print(result)
    for file in pictures:
        say(f"图已存为 {file}")


def _draw(result: "Result", file: Path, *, curve: bool) -> list[Path]:
    from actions.appointments.simulation.picture import draw_day, draw_trade

    trade = file.with_stem(f"{file.stem}-trade")
    try:
        draw_day(result, file)
        if curve:
            draw_trade(result, trade)
    except OSError as error:
        fail(f"图存不到 {file}：{error.strerror}")
    return [file, trade] if curve else [file]


def _figures(result: "Result") -> dict[str, Any]:
    """The result as one JSON object; minutes and people with four decimals."""
    figures: dict[str, Any] = {
        "scenario": result.scenario.name,
        "seed": result.seed,
        "runs": result.runs,
        "cap": result.scenario.cap,
        "policies": {
            name: _rounded(asdict(days.measures)) for name, days in result.policies.items()
        },
        "ratios": {name: _rounded(ratios) for name, ratios in result.ratios.items()},
    }
    if result.curve:
        figures["curve"] = [
            {"wait_target": target} | _rounded(asdict(measures))
            for target, measures in result.curve.items()
        ]
    return figures


def _rounded(figures: Mapping[str, float | None]) -> dict[str, float | None]:
    return {
        name: value if value is None else round(value, DIGITS) for name, value in figures.items()
    }


def _print(result: "Result") -> None:
    """Print the figures as tables; where there is no terminal, without lines and colours."""
    from rich.console import Console

    from actions.appointments.simulation.sentences import POLICIES

    console = Console()
    if not console.is_terminal:
        console = Console(width=PLAIN_WIDTH)
    scenario = result.scenario
    say(f"{scenario.title}：{result.runs} 天，容量 {scenario.cap} 人，种子 {result.seed}")
    policies = {POLICIES[name]: days.measures for name, days in result.policies.items()}
    console.print(_table("方式", policies, lines=console.is_terminal))
    for name, ratios in result.ratios.items():
        people, wait = (_times(value) for value in ratios.values())
        say(f"错峰与{POLICIES[name]}相比：最多在厅 {people}，平均等候 {wait}")
    if result.curve:
        say("\n错峰取不同的等候目标")
        curve = {f"{target:g} 分钟": measures for target, measures in result.curve.items()}
        console.print(_table("等候目标", curve, lines=console.is_terminal))


def _table(first: str, rows: Mapping[str, "Measures"], *, lines: bool) -> "Table":
    from rich import box
    from rich.table import Table

    from actions.appointments.simulation.sentences import COLUMNS, SHARES

    table = Table(box=box.SIMPLE if lines else None, pad_edge=False)
    table.add_column(first)
    for title in COLUMNS.values():
        table.add_column(title, justify="right")
    for label, measures in rows.items():
        figures = asdict(measures)
        cells = (
            f"{figures[name]:.1%}" if name in SHARES else f"{figures[name]:.1f}" for name in COLUMNS
        )
        table.add_row(label, *cells)
    return table


def _times(ratio: float | None) -> str:
    return "–" if ratio is None else f"{ratio:.2f} 倍"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Yield a progress callback: a bar on a terminal, elsewhere a line each quarter; on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _tell
        return
    columns = (TextColumn("模拟"), BarColumn(), MofNCompleteColumn(), TextColumn("天"))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("模拟", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(done: int, total: int) -> None:
    if done == total or done % max(1, total // 4) == 0:
        typer.echo(f"已模拟 {done}/{total} 天", err=True)
