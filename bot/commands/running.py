"""Commands about the running assistant and its model."""

from pathlib import Path

from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say
from store.settings import Settings


def run_up(settings: Settings) -> None:
    """Start and supervise all processes until a signal comes."""
    from bot.supervision.preflight import NotReady
    from bot.supervision.up import Assistant

    try:
        Assistant(settings, say).run()
    except NotReady as error:
        fail(str(error))


def run_train(settings: Settings) -> None:
    """Train the Rasa model unless it is there."""
    from bot.training import TrainingFailed, train

    try:
        train(settings, progress=say)
    except TrainingFailed as error:
        fail(str(error))


def run_bench_turn(settings: Settings, *, turns: int, as_json: bool) -> None:
    """Measure a chat turn beside a plain Rasa turn."""
    from bench.turn import BenchFailed, bench_turn, table

    try:
        result = bench_turn(
            settings, turns=turns, progress=lambda line: say(line) if not as_json else None
        )
    except BenchFailed as error:
        fail(str(error))
    if as_json:
        print_json(result)
    else:
        say(table(result))


def run_bench_policy(settings: Settings, *, articles: Path, sizes: str, as_json: bool) -> None:
    """Measure policy answers at growing sizes beside bm25s alone."""
    from bench.policy import BenchFailed, bench_policy, table

    try:
        numbers = [int(size) for size in sizes.split(",")]
    except ValueError:
        fail("--sizes 要写成逗号分隔的数字，例如 6000,64000。")
    try:
        result = bench_policy(
            settings,
            articles=articles,
            sizes=numbers,
            progress=lambda line: say(line) if not as_json else None,
        )
    except BenchFailed as error:
        fail(str(error))
    if as_json:
        print_json(result)
    else:
        say(table(result))


def run_bench_windows(*, seconds: float, history: int, as_json: bool) -> None:
    """Measure holding, offering and planning beside the bare database."""
    from bench.windows import bench_windows, table

    result = bench_windows(
        seconds=seconds,
        history=history,
        progress=lambda line: say(line) if not as_json else None,
    )
    if as_json:
        print_json(result)
    else:
        say(table(result))
