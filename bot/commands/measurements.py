"""``zhida eval`` and ``zhida bench``: a command for each measurement that is declared."""

import inspect
import json
from collections.abc import Mapping
from typing import Any

import typer
from typer.core import TyperGroup

from actions.dialogue.deferred import Deferred
from actions.dialogue.feature import Measurement, MeasurementFailed
from bot.commands.options import AsJson, settings
from bot.commands.output import as_json as print_json
from bot.commands.output import fail, say

SHOWN_ERRORS = 10
GIVEN = 2
"""How many parameters of a measurement are not the command's: settings and progress."""


def group(measurements: Mapping[str, Measurement], help_text: str) -> typer.Typer:
    """Return the commands of ``measurements``; one is loaded when it is asked for."""

    class Measurements(TyperGroup):
        """Commands that load what they measure on use."""

        def list_commands(self, ctx: Any) -> list[str]:
            """Return the names."""
            return list(measurements)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            """Load one."""
            known = measurements.get(cmd_name)
            return None if known is None else _command(known)

    made = typer.Typer(cls=Measurements, help=help_text, no_args_is_help=True)
    made.callback()(lambda: None)
    return made


def _command(measurement: Measurement) -> Any:
    """Make a command whose options are the measurement's parameters, and ``--json``."""
    run = measurement.run.load() if isinstance(measurement.run, Deferred) else measurement.run

    def command(as_json: bool = False, **options: Any) -> None:
        def progress(line: str) -> None:
            if not as_json:
                say(line)

        try:
            figures = run(settings(), progress, **options)
        except MeasurementFailed as error:
            if error.figures is not None:
                _print(measurement, error.figures, as_json=as_json)
            fail(str(error))
        _print(measurement, figures, as_json=as_json)

    stated = list(inspect.signature(run).parameters.values())[GIVEN:]
    json_option = inspect.Parameter(
        "as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=AsJson
    )
    options = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in stated]
    command.__signature__ = inspect.Signature([*options, json_option])  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in [*options, json_option]}
    single = typer.Typer(add_completion=False)
    single.command(measurement.name, help=measurement.help)(command)
    return typer.main.get_command(single)


def _print(measurement: Measurement, figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(figures)
    elif measurement.show is not None:
        say(measurement.show(figures))
    else:
        _list(figures)


def _list(figures: Mapping[str, Any]) -> None:
    for name, value in figures.items():
        if not isinstance(value, dict | list):
            say(f"{name:24}{value:.4f}" if isinstance(value, float) else f"{name:24}{value}")
    errors = figures["errors"]
    say(f"{'errors':24}{len(errors)}")
    for error in errors[:SHOWN_ERRORS]:
        say("  " + json.dumps(error, ensure_ascii=False, default=str))
