"""The page of figures: what was asked, how it was answered; each leads to the turns behind it."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from nicegui import events, ui
from starlette.requests import Request

from bot.console import names
from bot.console.cases.closed import Closed
from bot.console.cases.queue import late, read_waiting
from bot.console.figures import charts, sentences
from bot.console.figures.beside import Beside
from bot.console.figures.counts import Figures, Row
from bot.console.figures.reading import read_figures
from bot.console.frame import current, frame
from bot.console.guard import soon
from bot.console.parts import empty, heading
from bot.console.services import services
from bot.console.transcripts.filters import Filters
from store.clock import to_shanghai, utc_now

INTENTS_SHOWN = 12
INTENTS_DRAWN = 5
DAYS = 30
CHOSEN = 0
"""The period of days that are typed."""
MOST_DAYS = 400


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
            today = to_shanghai(utc_now()).date()
            self.since = self._day(sentences.SINCE, today - timedelta(days=DAYS - 1))
            self.until = self._day(sentences.UNTIL, today)
            ui.space()
            ui.button(sentences.B_CSV, on_click=self._download).props("outline no-caps")
        self.tiles = ui.element("div").classes("tiles")
        self.charts = ui.element("div").classes("charts")
        soon(Beside().fill)

    def _day(self, label: str, day: date) -> ui.input:
        box = ui.input(label, value=day.isoformat(), on_change=self.refresh).classes("day")
        box.bind_visibility_from(self.days, "value", value=CHOSEN)
        return box.props("type=date outlined dense stack-label debounce=400")

    def _within(self) -> tuple[date, int]:
        """Return the first day and how many there are."""
        today = to_shanghai(utc_now()).date()
        if days := int(self.days.value):
            return today - timedelta(days=days - 1), days
        return period(str(self.since.value or ""), str(self.until.value or ""), today)

    async def refresh(self) -> None:
        """Count and draw again."""
        (first, days), channel = self._within(), str(self.channel.value or "")
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
        by_person = self._filters(kind="person").address()
        _tile(sentences.ALONE, percent(figures.alone), by_person)
        not_understood = self._filters(kind="fallback").address()
        _tile(sentences.FALLBACK, percent(figures.fallback), not_understood)
        missing = self._filters(kind="not_covered").address()
        _tile(sentences.NOT_COVERED, percent(figures.not_covered), missing)
        unhappy = self._filters(kind="unhelpful").address()
        _tile(sentences.HELPFUL, percent(figures.helpful), unhappy)
        _tile(sentences.SOLVED, percent(figures.solved), self._closed(solved="no").address())
        more = sentences.LATE.format(n=overdue) if overdue else ""
        _tile(sentences.WAITING + more, str(waiting), "/")
        hours = "" if figures.hours is None else sentences.HOURS.format(hours=figures.hours)
        _tile(sentences.CLOSED + hours, str(figures.closed), self._closed().address())

    def _closed(self, solved: str = "") -> Closed:
        """Return the cases that are counted here."""
        filters = self._filters()
        return Closed(filters.since, filters.until, filters.channel, solved)

    def _draw_charts(self, figures: Figures) -> None:
        days = [f"{day.month}/{day.day}" for day in figures.days]
        channels, intents = figures.by_day("channel"), figures.by_day("intent")
        totals = [(name, sum(counts)) for name, counts in intents.items()][:INTENTS_SHOWN]
        with ui.element("section").classes("panel"):
            named = {names.CHANNELS.get(each, each): counts for each, counts in channels.items()}
            open_day = partial(self._open_day, "channel", list(channels))
            charts.by_day(sentences.BY_DAY, days, named, open_day, kind="bar")
            ui.label(sentences.CLICK).classes("soft")
            charts.links(self._day_links(figures))
        with ui.element("section").classes("panel"):
            charts.ranking(sentences.BY_INTENT, totals, partial(self._open_intent, totals))
            charts.links(
                [
                    (names.intent(name), count, self._filters(intent=name).address())
                    for name, count in totals
                ]
            )
        with ui.element("section").classes("panel"):
            few = list(intents)[:INTENTS_DRAWN]
            drawn = {names.intent(each): intents[each] for each in few}
            open_intent_day = partial(self._open_day, "intent", few)
            charts.by_day(sentences.BY_INTENT_DAY, days, drawn, open_intent_day, kind="line")

    def _day_links(self, figures: Figures) -> list[tuple[str, int, str]]:
        counts = Counter[date]()
        for row in figures.rows:
            counts[row.day] += row.messages
        return [
            (f"{day.month}月{day.day}日", counts[day], self._on(day).address())
            for day in reversed(figures.days)
            if counts[day]
        ]

    def _on(self, day: date, **more: str) -> Filters:
        return self._filters(since=day.isoformat(), until=day.isoformat(), **more)

    def _open_day(
        self, key: str, keys: Sequence[str], event: events.EChartPointClickEventArguments
    ) -> None:
        """Open what a day's bar or point is made of."""
        if self._figures is not None:
            day = self._figures.days[event.data_index]
            ui.navigate.to(self._on(day, **{key: keys[event.series_index]}).address())

    def _open_intent(
        self, totals: Sequence[tuple[str, int]], event: events.EChartPointClickEventArguments
    ) -> None:
        intent = totals[::-1][event.data_index][0]
        ui.navigate.to(self._filters(intent=intent).address())

    def _download(self) -> None:
        if self._figures is not None:
            name = f"zhida-{self._figures.days[0]}-{self._figures.days[-1]}.csv"
            # With a mark at the beginning, or Excel takes it for another encoding.
            ui.download.content("\ufeff" + as_csv(self._figures.rows), name, "text/csv")


def period(since: str, until: str, today: date) -> tuple[date, int]:
    """Return the first of some days that are typed, and how many they are; at most of a year.

    What is no day, or to come, is today; the earlier of the two is the first.
    """
    ends = sorted(min(_date(each, today), today) for each in (since, until))
    return ends[0], min(MOST_DAYS, (ends[1] - ends[0]).days + 1)


def _date(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return otherwise


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
        table.writerow([row.day, channel, intent, names.outcome(row.outcome), row.messages])
    return written.getvalue()


def _order(row: Row) -> tuple[date, str, str, str]:
    return row.day, row.channel, row.intent or "", row.outcome or ""


def _tile(title: str, figure: str, address: str) -> None:
    with ui.link(target=address).classes("tile"):
        ui.label(figure).classes("figure")
        ui.label(title).classes("soft")
