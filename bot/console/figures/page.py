"""The page of figures: what was asked, how it was answered; each leads to the turns behind it."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from nicegui import events, ui
from starlette.requests import Request

from bot.console import names
from bot.console.cases.queue import late, read_waiting
from bot.console.figures import sentences
from bot.console.figures.beside import Beside
from bot.console.figures.counts import Figures, Row
from bot.console.figures.reading import read_figures
from bot.console.frame import current, frame
from bot.console.guard import soon
from bot.console.parts import empty, heading
from bot.console.services import services
from bot.console.transcripts.filters import Filters
from store.clock import to_shanghai, utc_now

COLOURS = ("#0f5a66", "#c77700", "#5b7db1", "#7a9a3a", "#9c2f1f", "#8a5fa8", "#4f8f8b", "#6b6b6b")
INTENTS_SHOWN = 12
INTENTS_DRAWN = 5
DAYS = 30


@ui.page("/figures")
async def figures_page(request: Request) -> None:
    """Figures of the last thirty days, of all channels."""
    staff = current(request)
    with frame(staff, "/figures"):
        await FiguresPage().refresh()


class FiguresPage:
    """The moving parts of the page."""

    def __init__(self) -> None:
        self._figures: Figures | None = None
        heading(sentences.TITLE)
        with ui.row().classes("filters"):
            self.days = ui.select(
                sentences.PERIODS, label=sentences.PERIOD, value=DAYS, on_change=self.refresh
            )
            channels = {"": sentences.ANY, **names.CHANNELS}
            self.channel = ui.select(
                channels, label=sentences.CHANNEL, value="", on_change=self.refresh
            )
            for each in (self.days, self.channel):
                each.props("outlined dense options-dense").classes("hall-choice")
            ui.space()
            ui.button(sentences.B_CSV, on_click=self._download).props("outline no-caps")
        self.tiles = ui.element("div").classes("tiles")
        self.charts = ui.element("div").classes("charts")
        soon(Beside().fill)

    async def refresh(self) -> None:
        """Count and draw again."""
        days, channel = int(self.days.value), str(self.channel.value or "")
        first = to_shanghai(utc_now()).date() - timedelta(days=days - 1)
        database = services().database
        figures = await database.run(read_figures, database, first, days, channel)
        waiting = await database.run(read_waiting, services(), utc_now())
        self._figures = figures
        self.tiles.clear()
        with self.tiles:
            self._draw_tiles(figures, len(waiting), late(waiting, utc_now()))
        self.charts.clear()
        with self.charts:
            if not figures.total:
                empty(sentences.NOTHING)
            else:
                self._draw_charts(figures)

    def _filters(self, **more: str) -> Filters:
        """Return the filters of the turns that are counted here."""
        figures = self._figures
        within = (
            {"since": figures.days[0].isoformat(), "until": figures.days[-1].isoformat()}
            if figures
            else {}
        )
        return Filters(**{**within, "channel": str(self.channel.value or ""), **more})

    def _draw_tiles(self, figures: Figures, waiting: int, overdue: int) -> None:
        _tile(sentences.MESSAGES, f"{figures.total:,}", self._filters().address())
        by_staff = self._filters(kind="by_staff").address()
        _tile(sentences.ALONE, percent(figures.alone), by_staff)
        not_understood = self._filters(kind="fallback").address()
        _tile(sentences.FALLBACK, percent(figures.fallback), not_understood)
        missing = self._filters(kind="not_covered").address()
        _tile(sentences.NOT_COVERED, percent(figures.not_covered), missing)
        unhappy = self._filters(kind="unhelpful").address()
        _tile(sentences.HELPFUL, percent(figures.helpful), unhappy)
        _tile(sentences.SOLVED, percent(figures.solved), "/")
        more = sentences.LATE.format(n=overdue) if overdue else ""
        _tile(sentences.WAITING + more, str(waiting), "/")
        hours = "" if figures.hours is None else sentences.HOURS.format(hours=figures.hours)
        _tile(sentences.CLOSED + hours, str(figures.closed), "/")

    def _draw_charts(self, figures: Figures) -> None:
        days = [f"{day.month}/{day.day}" for day in figures.days]
        channels = {names.CHANNELS.get(k, k): v for k, v in figures.by_day("channel").items()}
        with ui.element("section").classes("panel"):
            ui.label(sentences.BY_DAY).classes("panel-name")
            ui.label(sentences.CLICK).classes("soft")
            _chart(sentences.BY_DAY, days, channels, self._open_day, kind="bar")
        intents = figures.by_day("intent")
        totals = {name: sum(counts) for name, counts in intents.items()}
        with ui.element("section").classes("panel"):
            ui.label(sentences.BY_INTENT).classes("panel-name")
            _ranking(sentences.BY_INTENT, totals, self._open_intent)
        with ui.element("section").classes("panel"):
            ui.label(sentences.BY_INTENT_DAY).classes("panel-name")
            few = {names.intent(each): intents[each] for each in list(intents)[:INTENTS_DRAWN]}
            _chart(sentences.BY_INTENT_DAY, days, few, self._open_day, kind="line")

    def _open_day(self, event: events.EChartPointClickEventArguments) -> None:
        if self._figures is not None:
            day = self._figures.days[event.data_index].isoformat()
            ui.navigate.to(self._filters(since=day, until=day).address())

    def _open_intent(self, event: events.EChartPointClickEventArguments) -> None:
        if self._figures is not None:
            intents = list(self._figures.by_day("intent"))[:INTENTS_SHOWN][::-1]
            ui.navigate.to(self._filters(intent=intents[event.data_index]).address())

    def _download(self) -> None:
        if self._figures is not None:
            name = f"zhida-{self._figures.days[0]}-{self._figures.days[-1]}.csv"
            # With a mark at the beginning, or Excel takes it for another encoding.
            ui.download.content("\ufeff" + as_csv(self._figures.rows), name, "text/csv")


def percent(share: float | None) -> str:
    """Return a share as it is read."""
    return sentences.UNKNOWN if share is None else f"{share:.0%}"


def as_csv(rows: Sequence[Row]) -> str:
    """Return what was counted as a table, by day."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(sentences.COLUMNS)
    for row in sorted(rows, key=_order):
        channel = names.CHANNELS.get(row.channel, row.channel)
        intent = names.intent(row.intent) if row.intent else ""
        table.writerow([row.day, channel, intent, names.outcome(row.outcome), row.count])
    return written.getvalue()


def _order(row: Row) -> tuple[date, str, str, str]:
    return row.day, row.channel, row.intent or "", row.outcome or ""


def _tile(title: str, figure: str, address: str) -> None:
    with ui.link(target=address).classes("tile"):
        ui.label(figure).classes("figure")
        ui.label(title).classes("soft")


def _chart(
    title: str,
    days: Sequence[str],
    series: dict[str, list[int]],
    click: object,
    *,
    kind: str,
) -> None:
    options = {
        "color": list(COLOURS),
        "aria": {"enabled": True},
        "legend": {"type": "scroll", "top": 0, "right": 40},
        "toolbox": _toolbox(title),
        "grid": {"left": 40, "right": 12, "top": 36, "bottom": 24},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": list(days)},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [
            {"name": name, "type": kind, "stack": "all" if kind == "bar" else None, "data": counts}
            for name, counts in series.items()
        ],
    }
    _draw(title, options, click)


def _ranking(title: str, totals: dict[str, int], click: object) -> None:
    shown = list(totals.items())[:INTENTS_SHOWN][::-1]
    options = {
        "color": list(COLOURS),
        "aria": {"enabled": True},
        "grid": {"left": 8, "right": 44, "top": 28, "bottom": 8, "containLabel": True},
        "toolbox": _toolbox(title),
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


def _toolbox(title: str) -> dict[str, object]:
    """Return what keeps a chart as a picture."""
    save = {"title": sentences.SAVE_PICTURE, "name": title, "pixelRatio": 2}
    return {"right": 4, "top": 0, "feature": {"saveAsImage": save}}


def _draw(title: str, options: Mapping[str, object], click: object) -> None:
    chart = ui.echart(dict(options), on_point_click=click)  # type: ignore[arg-type]
    chart.classes("chart").props["role"] = "img"
    chart.props["aria-label"] = title
