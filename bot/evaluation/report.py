"""An evaluation's figures as lines for a person."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

SHOWN_ERRORS = 10
_WIDTH = 40


def report(figures: Mapping[str, Any]) -> str:
    """Return rates with their intervals, the groups, how well confidence fits, some errors."""
    return "\n".join(_lines(figures))


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    for name, value in figures.items():
        if isinstance(value, int | float):
            yield _line(name, value, figures["intervals"].get(name))
    for kind in ("per_style", "per_kind"):
        for name, group in figures.get(kind, {}).items():
            rate = group["accuracy"] if "accuracy" in group else group["recall"]
            yield _line(f"  {name} (n={group['n']})", rate, group["interval"])
    if "reliability" in figures:
        yield from _diagram(figures["reliability"])
    yield f"{'errors':24}{len(figures['errors'])}"
    for error in figures["errors"][:SHOWN_ERRORS]:
        yield "  " + json.dumps(error, ensure_ascii=False)


def _line(name: str, value: float, interval: list[float] | None) -> str:
    shown = f"{value:.4f}" if isinstance(value, float) else f"{value}"
    return f"{name:24}{shown}" + (f"  [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else "")


def _diagram(reliability: Mapping[str, Any]) -> Iterator[str]:
    """Yield a bar per bin of confidence: how many are right, and ``|`` where it should end."""
    yield f"reliability: ece {reliability['ece']}, brier {reliability['brier']}"
    for entry in reliability["bins"]:
        if not entry["n"]:
            continue
        bar = list("█" * round(entry["right"] * _WIDTH) + "·" * _WIDTH)[: _WIDTH + 1]
        bar[round(entry["confidence"] * _WIDTH)] = "|"
        span = f"{entry['from']:.1f}–{entry['to']:.1f}"
        yield f"  {span} {''.join(bar)} {entry['right']:.3f} (n={entry['n']})"
