"""The pictures of a simulation; matplotlib is only loaded to draw."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from actions.appointments.simulation.runner import OURS, Result
from actions.appointments.simulation.sentences import CHINESE, ENGLISH, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.layout_engine import ConstrainedLayoutEngine

FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",  # the same glyphs; some systems register the collection by this name
    "Source Han Sans SC",
    "Noto Serif CJK SC",
    "WenQuanYi Micro Hei",
    "PingFang SC",
    "Microsoft YaHei",
)
COLOURS = {
    "walk_in": "#8c6d5a",
    "hourly": "#b5533c",
    "fixed30": "#c08a2e",
    "fixed15": "#6b7d8f",
    "staggered": "#1f6f78",
}
INK, PALE = "#33383d", "#c9ced3"
DPI = 144
BAND = (5, 95)
NAMED_TARGETS = (3.5, 4.0, 7.0)


def draw_day(result: Result, file: Path) -> None:
    """People in the hall over the day, a panel for each policy, and their mean waits.

    Raises OSError when the file cannot be written.
    """
    words, style = _style()
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(style):
        figure = Figure(figsize=(10.5, 6.0), layout=_layout())
        *panels, last = figure.subplots(2, 3).flat
        bands = [np.percentile(days.people, BAND[1], axis=0) for days in result.policies.values()]
        top = max(1.08 * np.max(bands), 1.15 * result.scenario.cap)
        for axes, name in zip(panels, result.policies, strict=True):
            _draw_people(axes, result, name, words)
            axes.set_ylim(0, top)
        _draw_waits(last, result, words)
        for axes in (panels[0], panels[3]):
            axes.set_ylabel(words.people)
        figure.supxlabel(words.band.format(runs=result.runs), fontsize=9, x=0.01, ha="left")
        figure.savefig(file, dpi=DPI, format="png")


def draw_trade(result: Result, file: Path) -> None:
    """Staggering over its wait target: how far people are moved, for how much calm."""
    words, style = _style()
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context(style):
        figure = Figure(figsize=(10.5, 4.2), layout=_layout())
        for axes, field, label in zip(
            figure.subplots(1, 2),
            ("mean_wait_min", "peak_people"),
            (words.waits, words.peaks),
            strict=True,
        ):
            _draw_curve(axes, result, field, words)
            axes.set_xlabel(words.shift)
            axes.set_title(label, loc="left", fontsize=11)
        figure.savefig(file, dpi=DPI, format="png")


def _layout() -> "ConstrainedLayoutEngine":
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    return ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.1)


def _style() -> tuple[Words, dict[Any, Any]]:
    """The words that the fonts of this machine can show, and matplotlib's settings for them."""
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    font = next((name for name in FONTS if name in known), None)
    style: dict[Any, Any] = {
        "font.family": "sans-serif",
        "font.sans-serif": [*([font] if font else []), "DejaVu Sans"],
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": PALE,
        "text.color": INK,
        "axes.labelcolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "font.size": 9.5,
    }
    return (CHINESE if font else ENGLISH), style


def _draw_people(axes: "Axes", result: Result, name: str, words: Words) -> None:
    from matplotlib.ticker import MultipleLocator

    days, colour, cap = result.policies[name], COLOURS[name], result.scenario.cap
    hours = (np.arange(days.people.shape[1]) + result.scenario.sessions[0][0]) / 60
    low, high = np.percentile(days.people, BAND, axis=0)
    for (_, closing), (reopening, _) in pairwise(result.scenario.sessions):
        axes.axvspan(closing / 60, reopening / 60, color=PALE, alpha=0.25, lw=0)
    axes.fill_between(hours, low, high, color=colour, alpha=0.2, lw=0)
    axes.plot(hours, days.people.mean(axis=0), color=colour, lw=1.8)
    axes.axhline(cap, color=INK, lw=0.9, ls=(0, (4, 3)))
    _note(axes, words.cap.format(cap=cap), (1, cap), across="data", ha="right")
    peak = words.peak.format(peak=days.measures.peak_people)
    wait = words.wait.format(wait=days.measures.mean_wait_min)
    axes.set_title(words.policies[name], loc="left", fontsize=11.5, color=colour, pad=18)
    _note(axes, f"{peak}  {wait}", (0, 1), across="axes fraction", ha="left")
    axes.set_xlim(hours[0], hours[-1])
    axes.xaxis.set_major_locator(MultipleLocator(2))
    axes.xaxis.set_major_formatter(lambda hour, _: f"{hour:.0f}:00")
    axes.grid(axis="y", color=PALE, lw=0.5, alpha=0.6)


def _note(
    axes: "Axes",
    text: str,
    place: tuple[float, float],
    *,
    across: Literal["data", "axes fraction"],
    ha: Literal["left", "right"],
) -> None:
    """A small line of text over a place: a share of the width, and a height in ``across``."""
    axes.annotate(
        text,
        place,
        xycoords=("axes fraction", across),
        xytext=(0, 4),
        textcoords="offset points",
        ha=ha,
        fontsize=9,
    )


def _draw_waits(axes: "Axes", result: Result, words: Words) -> None:
    names = list(result.policies)[::-1]
    waits = [result.policies[name].measures.mean_wait_min for name in names]
    labels = [words.policies[name] for name in names]
    bars = axes.barh(labels, waits, color=[COLOURS[name] for name in names], height=0.62)
    axes.bar_label(bars, fmt="%.1f", padding=3, fontsize=9)
    axes.set_title(words.waits, loc="left", fontsize=11.5, pad=18)
    axes.set_xlim(0, max([*waits, 1.0]) * 1.15)
    axes.tick_params(left=False, labelbottom=False, bottom=False)
    axes.spines["bottom"].set_visible(False)


def _draw_curve(axes: "Axes", result: Result, field: str, words: Words) -> None:
    moved = [measures.mean_shift_min for measures in result.curve.values()]
    heights = [getattr(measures, field) for measures in result.curve.values()]
    axes.plot(moved, heights, color=COLOURS[OURS], lw=1.8, marker="o", ms=3.5)
    for target, measures in result.curve.items():
        if target in NAMED_TARGETS:
            axes.annotate(
                words.target.format(target=target),
                (measures.mean_shift_min, getattr(measures, field)),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=8.5,
            )
    for name, days in result.policies.items():
        place = (days.measures.mean_shift_min, getattr(days.measures, field))
        axes.plot(*place, marker="D" if name == OURS else "s", ms=8, color=COLOURS[name])
        axes.annotate(
            words.policies[name],
            place,
            xytext=(-10, -20) if name == OURS else (9, -3),
            textcoords="offset points",
            color=COLOURS[name],
        )
    axes.set_xlim(-2, max([*moved, 1.0]) * 1.08)
    axes.set_ylim(0, None)
    axes.grid(color=PALE, lw=0.5, alpha=0.6)
