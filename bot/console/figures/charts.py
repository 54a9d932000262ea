"""The charts of the figures' page: drawn by ECharts, kept as pictures, told in links, too."""

from collections.abc import Callable, Mapping, Sequence

from nicegui import events, ui

from bot.console import names
from bot.console.figures import sentences
from bot.console.views import as_script

COLOURS = ("#0f5a66", "#c77700", "#5b7db1", "#7a9a3a", "#9c2f1f", "#8a5fa8", "#4f8f8b", "#6b6b6b")
Click = Callable[[events.EChartPointClickEventArguments], None]

_SAVE = """() => {
  const chart = getElement(%s).chart;
  const link = document.createElement("a");
  link.href = chart.getDataURL({type: "png", pixelRatio: 2, backgroundColor: "#fff"});
  link.download = %s;
  link.click();
}"""


def by_day(
    title: str,
    days: Sequence[str],
    series: Mapping[str, Sequence[int]],
    click: Click,
    *,
    kind: str,
) -> None:
    """Draw counts of each day: ``bar`` on each other, ``line`` beside each other."""
    options = {
        "color": list(COLOURS),
        "aria": {"enabled": True},
        "legend": {"type": "scroll", "top": 0},
        "grid": {"left": 40, "right": 12, "top": 36, "bottom": 24},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": list(days)},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {
                "name": name,
                "type": kind,
                "stack": "all" if kind == "bar" else None,
                "data": list(counts),
            }
            for name, counts in series.items()
        ],
    }
    _draw(title, options, click)


def ranking(title: str, totals: Sequence[tuple[str, int]], click: Click) -> None:
    """Draw what there was most of, the most on top."""
    shown = list(totals)[::-1]
    options = {
        "color": list(COLOURS),
        "aria": {"enabled": True},
        "grid": {"left": 8, "right": 44, "top": 8, "bottom": 8, "containLabel": True},
        "tooltip": {},
        "xAxis": {"type": "value", "minInterval": 1},
        "yAxis": {"type": "category", "data": [names.intent(name) for name, _ in shown]},
        "series": [
            {
                "type": "bar",
                "data": [count for _, count in shown],
                "label": {"show": True, "position": "right"},
            }
        ],
    }
    _draw(title, options, click)


def links(rows: Sequence[tuple[str, int, str]]) -> None:
    """Draw, folded away, a chart's figures as links: for the keyboard, and for who hears them."""
    with ui.element("details").classes("reading"):
        with ui.element("summary"):
            ui.label(sentences.AS_LINKS).classes("run")
        with ui.element("ul").classes("figure-links"):
            for name, count, address in rows:
                with ui.element("li"):
                    ui.link(sentences.NAMED_COUNT.format(name=name, count=count), address)


def _draw(title: str, options: Mapping[str, object], click: Click) -> None:
    with ui.row().classes("chart-head"):
        ui.label(title).classes("panel-name")
        ui.space()
        save = ui.button(sentences.SAVE_PICTURE).props("flat dense no-caps")
        save.props["aria-label"] = f"{sentences.SAVE_PICTURE}：{title}"
    chart = ui.echart(dict(options), on_point_click=click)
    chart.classes("chart").props["role"] = "img"
    chart.props["aria-label"] = title
    save.on("click", js_handler=_SAVE % (chart.id, as_script(f"{title}.png")))
