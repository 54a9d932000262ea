"""How commands speak: lines on stdout, one-line reasons on stderr, JSON when asked."""

import json
from typing import Any, NoReturn

import typer


def say(line: str) -> None:
    """Print one line at once: long work is watched through pipes, too."""
    typer.echo(line)


def fail(reason: str, code: int = 1) -> NoReturn:
    """Print a one-line reason on stderr and leave: 1 it failed, 2 it was asked wrongly."""
    typer.echo(f"错误：{' '.join(reason.split())}", err=True)
    raise typer.Exit(code)


def as_json(value: Any) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
