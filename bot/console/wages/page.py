"""The console's page of published wage guidance: what is on file, and a form for more."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from nicegui import ui
from starlette.requests import Request

from actions.wages.rules import Quartiles
from actions.wages.service import BadGuide, Guide, Wages
from bot.console.acting import ActingStaff, Refusals
from bot.console.frame import current, frame
from bot.console.parts import Cards, Fields, Values, form, heading, part_heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.wages import sentences as say
from language.places import place_in, region_name, to_code
from language.wording import full_date
from store.clock import to_shanghai


@ui.page("/wages")
async def wages_page(request: Request) -> None:
    """What is on file, and a form."""
    staff = current(request)
    with frame(staff, "/wages"):
        await WagesPage(staff).refresh()


class WagesPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self._wages = services().of(Wages)
        heading(say.HEADING, say.HINT)
        self._guides = Cards(self._wages.all, self._draw, say.NOTHING)
        self.refresh = self._guides.refresh
        part_heading(say.NEW)
        form(say.B_PUT, _fields, self._put)

    def _draw(self, guide: Guide) -> None:
        n = say.ASKED.format(n=guide.n) if guide.n else ""
        words = {"place": region_name(guide.place), "trade": guide.trade, "year": guide.year}
        with ui.row().classes("tags"):
            ui.label(say.NAME.format(**words)).classes("name")
            ui.label(say.LINE.format(**vars(guide.quartiles)))
            ui.space()
            remove = partial(self._remove, guide)
            ui.button(say.B_REMOVE, on_click=remove).props("flat dense no-caps")
        source = {"source": guide.source, "on": full_date(guide.published_on), "n": n}
        ui.label(say.SOURCE_LINE.format(**source)).classes("soft")

    async def _put(self, told: Values) -> bool:
        guide = read_guide(told)
        if guide is None:
            ui.notify(say.BAD, type="negative")
            return False

        def work(now: datetime) -> bool:
            return self._wages.put(guide, to_shanghai(now).date())

        refusals: Refusals = {BadGuide: lambda _error, _now: say.BAD}
        subject = f"wage-guide:{guide.place}:{guide.trade}:{guide.year}"
        done = await self._acting.do_and_tell(Deed.SET_WAGE_GUIDE, subject, work, say.PUT, refusals)
        await self.refresh()
        return done

    async def _remove(self, guide: Guide) -> None:
        def work(_now: datetime) -> bool:
            return self._wages.remove(guide.id)

        subject = f"wage-guide:{guide.place}:{guide.trade}:{guide.year}"
        await self._acting.do_and_tell(Deed.REMOVE_WAGE_GUIDE, subject, work, say.REMOVED, {})
        await self.refresh()


def _fields() -> Fields:
    return {
        "place": ui.input(say.PLACE),
        "trade": ui.input(say.TRADE),
        "year": ui.number(say.YEAR, precision=0),
        "q1": ui.number(say.Q1, min=1, precision=0),
        "median": ui.number(say.MEDIAN, min=1, precision=0),
        "q3": ui.number(say.Q3, min=1, precision=0),
        "n": ui.number(say.N, min=1, precision=0),
        "source": ui.input(say.SOURCE),
        "on": ui.input(say.ON).props("type=date"),
    }


def read_guide(told: Mapping[str, object]) -> Guide | None:
    """Return what the form says, None where it is not filled in; the service checks the rest."""
    named, trade, source = (str(told[name] or "").strip() for name in ("place", "trade", "source"))
    place = to_code(named) or place_in(named)
    figures = [_whole(told[name]) for name in ("q1", "median", "q3")]
    year, n = _whole(told["year"]), _whole(told["n"])
    try:
        on = date.fromisoformat(str(told["on"] or ""))
    except ValueError:
        return None
    if not place or year is None or any(figure is None for figure in figures):
        return None
    q1, median, q3 = (figure or 0 for figure in figures)
    return Guide(place, trade, year, Quartiles(q1, median, q3), source, on, n)


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
