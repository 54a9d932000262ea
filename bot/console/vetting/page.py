"""The console's page of ads that wait for a person, and of the minimum wages on file."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from nicegui import ui
from starlette.requests import Request

from actions.vetting.pay import MinimumWage
from actions.vetting.rulebook import rulebook
from actions.vetting.service import BadMinimumWage, Draft, UnknownDraft, Vetting
from bot.console.acting import ActingStaff, Refusals
from bot.console.frame import current, frame
from bot.console.parts import Cards, Fields, Values, form, heading, part_heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.vetting import sentences as say
from language.places import place_in, place_name
from language.wording import on_record
from store.clock import to_shanghai, utc_now


@ui.page("/vetting")
async def vetting_page(request: Request) -> None:
    """Drafts with what vetting found in them, and the minimum wages."""
    staff = current(request)
    with frame(staff, "/vetting"):
        await VettingPage(staff).refresh()


class VettingPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self._vetting = services().of(Vetting)
        heading(say.HEADING, say.HINT)
        self._drafts = Cards(self._vetting.waiting, self._draw, say.NOTHING)
        part_heading(say.WAGES, say.WAGES_HINT)
        self._wages = Cards(self._on_file, _draw_wage, say.NO_WAGES)
        form(say.B_PUT, _fields, self._put)

    async def refresh(self) -> None:
        """Read and draw again."""
        await self._drafts.refresh()
        await self._wages.refresh()

    def _on_file(self) -> Sequence[MinimumWage]:
        return self._vetting.wages(to_shanghai(utc_now()).date())

    def _draw(self, draft: Draft) -> None:
        with ui.row().classes("tags"):
            ui.label(draft.code).classes("ticket")
            word = say.DECISIONS[draft.decision]
            ui.label(say.VETTED.format(decision=word)).classes("soft")
            ui.label(on_record(draft.created_at, utc_now())).classes("soft")
        ui.label(draft.text).classes("words")
        for found in draft.findings:
            title = rulebook()[str(found["category"])].title
            words = {"title": title, "span": found["span"], "basis": found["basis"]}
            form = say.FOUND if found["span"] else say.MISSING
            ui.label(form.format(**words)).classes("citation")
        with ui.row().classes("tags"):
            decision = ui.select(say.DECISIONS, label=say.DECISION)
            names = {name: one.title for name, one in rulebook().items()}
            chosen = list({str(found["category"]) for found in draft.findings})
            categories = ui.select(names, label=say.CATEGORIES, multiple=True, value=chosen)
            note = ui.input(say.NOTE)
            for each in (decision, categories, note):
                each.props("outlined dense").classes("choice")
            decide = partial(self._decide, draft, decision, categories, note)
            ui.button(say.B_DECIDE, on_click=decide).props("outline no-caps")

    async def _decide(
        self, draft: Draft, decision: ui.select, categories: ui.select, note: ui.input
    ) -> None:
        if decision.value is None:
            ui.notify(say.NO_DECISION)
            return
        work = partial(
            self._decided, draft.id, str(decision.value), list(categories.value or ()), note.value
        )
        refusals: Refusals = {UnknownDraft: lambda _error, _now: say.GONE}
        await self._acting.do_and_tell(
            Deed.DECIDE_DRAFT, f"draft:{draft.code}", work, say.DECIDED, refusals
        )
        await self.refresh()

    def _decided(
        self, draft: int, decision: str, categories: Sequence[str], note: str, now: object
    ) -> None:
        del now
        self._vetting.decide(
            draft, decision, categories, note or "", staff=self._acting.name, now=utc_now()
        )

    async def _put(self, told: Values) -> bool:
        read = _read_wage(told["place"], told["monthly"], told["hourly"], told["starts"])
        if read is None:
            ui.notify(say.BAD_WAGE, type="negative")
            return False
        wage, starts_on = read

        def work(_now: object) -> None:
            self._vetting.set_wage(wage, starts_on, told["source"] or "")

        refusals: Refusals = {BadMinimumWage: lambda _error, _now: say.BAD_WAGE}
        subject = f"wage:{wage.place}:{starts_on}"
        done = await self._acting.do_and_tell(Deed.SET_WAGE, subject, work, say.WAGE_PUT, refusals)
        await self.refresh()
        return done


def _fields() -> Fields:
    return {
        "place": ui.input(say.PLACE),
        "monthly": ui.number(say.MONTHLY, min=1, precision=0),
        "hourly": ui.number(say.HOURLY, min=0.1),
        "starts": ui.input(say.STARTS).props("type=date"),
        "source": ui.input(say.SOURCE),
    }


def _read_wage(
    place: str | None, monthly: float | None, hourly: float | None, starts: str | None
) -> tuple[MinimumWage, date] | None:
    code = place_in(place or "")
    try:
        day = date.fromisoformat(starts or "")
    except ValueError:
        return None
    if code is None or not monthly or not hourly:
        return None
    return MinimumWage(code, int(monthly), float(hourly)), day


def _draw_wage(wage: MinimumWage) -> None:
    with ui.row().classes("tags"):
        ui.label(place_name(wage.place)).classes("name")
        ui.label(say.WAGE_LINE.format(monthly=wage.monthly, hourly=wage.hourly))
