"""A hall's week as a picture: days and half hours, the fuller the darker."""

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from actions.appointments import sentences as say
from actions.appointments.records import Week
from language.wording import short_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

FONTS = ("Noto Sans CJK SC", "Noto Serif CJK SC", "Noto Sans CJK JP", "Noto Serif CJK JP")
"""Any of these has the characters; matplotlib names a collection by its first face."""

WIDTH, ROW, FRAME, DPI = 9.0, 0.5, 1.5, 100
"""Inches, and dots an inch: 900 dots wide."""

CALM, FULL, CLOSED, INK, PAPER = "#f3f6f4", "#2f6f73", "#e7e5e1", "#33383a", "#ffffff"
DARK = 0.6
"""From this share of the capacity on, figures are written in the paper's colour."""


def week_png(week: Week) -> bytes:
    """Return a heat map of ``week`` as a PNG, 900 dots wide.

    Labels are Chinese where a font with Chinese characters is installed, else figures only.
    """
    from matplotlib.figure import Figure

    # Without pyplot: no window system, nothing kept once the figure goes, no shared state.
    figure = Figure(
        figsize=(WIDTH, ROW * len(week.days) + FRAME), dpi=DPI, facecolor=PAPER, layout="tight"
    )
    axes = figure.subplots()
    font = _font()
    _cells(axes, week)
    _labels(axes, week, font)
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _cells(axes: "Axes", week: Week) -> None:
    from matplotlib.colors import LinearSegmentedColormap, Normalize

    colours = LinearSegmentedColormap.from_list("calm", [CALM, FULL]).with_extremes(bad=CLOSED)
    shades = [[float("nan") if n is None else n for n in row] for row in week.people]
    axes.pcolormesh(
        shades, cmap=colours, norm=Normalize(0, week.capacity), edgecolors=PAPER, linewidth=2
    )
    for row, people in enumerate(week.people):
        for column, number in enumerate(people):
            if number is not None:
                dark = number >= DARK * week.capacity
                axes.text(
                    column + 0.5,
                    row + 0.5,
                    str(number),
                    ha="center",
                    va="center",
                    fontsize=10,
                    color=PAPER if dark else INK,
                )


def _labels(axes: "Axes", week: Week, font: "FontProperties | None") -> None:
    if font is None:
        title = say.WEEK_TITLE_PLAIN.format(capacity=week.capacity)
        days = [f"{day.month}/{day.day}" for day in week.days]
    else:
        title = say.WEEK_TITLE.format(hall=week.hall, capacity=week.capacity)
        days = [short_date(day) for day in week.days]
    axes.set_title(title, fontproperties=font, fontsize=13, color=INK, pad=12)
    axes.set_yticks(
        [row + 0.5 for row in range(len(days))], days, fontproperties=font, fontsize=11, color=INK
    )
    # The time stands where the half hour begins.
    hours = [(n, time) for n, time in enumerate(week.times) if time % 60 == 0]
    axes.set_xticks(
        [n for n, _ in hours], [f"{time // 60}:00" for _, time in hours], fontsize=10, color=INK
    )
    axes.tick_params(length=0)
    axes.invert_yaxis()
    for side in axes.spines.values():
        side.set_visible(False)


@cache
def _font() -> "FontProperties | None":
    """Return a font with Chinese characters; None where there is none."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = next((name for name in FONTS if name in installed), None)
    return None if found is None else font_manager.FontProperties(family=found)
