"""The console's page of courses: who signed up, what is on the list, a form for one more."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

from nicegui import ui
from starlette.requests import Request

from actions.training.chat.courses import city_of_course, fee
from actions.training.records import Course, NewCourse, SignUp
from actions.training.rules import is_at_weekend, is_in_the_evening
from actions.training.service import BadCourse, Training
from bot.console.acting import ActingStaff, Refusals
from bot.console.frame import current, frame
from bot.console.parts import Cards, Fields, Values, form, heading, part_heading
from bot.console.permissions import Deed
from bot.console.services import services
from bot.console.tables import Staff
from bot.console.training import sentences as say
from bot.console.views import conversation_address
from language.places import NATIONAL, city_of, place_in
from language.trades import find_trade
from language.wording import date_with_weekday, on_record
from store.clock import utc_now

SOURCE = "工作台"


@ui.page("/training")
async def training_page(request: Request) -> None:
    """Sign-ups, courses, and a form."""
    staff = current(request)
    with frame(staff, "/training"):
        await TrainingPage(staff).refresh()


class TrainingPage:
    """The moving parts of the page."""

    def __init__(self, staff: Staff) -> None:
        self._acting = ActingStaff(staff)
        self._training = services().of(Training)
        heading(say.HEADING, say.HINT)
        part_heading(say.SIGN_UPS)
        self._sign_ups = Cards(self._training.waiting, self._draw_sign_up, say.NO_SIGN_UPS)
        part_heading(say.COURSES)
        self._courses = Cards(self._training.all, self._draw_course, say.NO_COURSES)
        part_heading(say.NEW)
        form(say.B_PUT, _fields, self._put)

    async def refresh(self) -> None:
        """Read and draw again."""
        await self._sign_ups.refresh()
        await self._courses.refresh()

    def _draw_sign_up(self, one: SignUp) -> None:
        with ui.row().classes("tags"):
            ui.label(one.course.title).classes("name")
            ui.label(one.course.provider)
            ui.label(_begins(one.course)).classes("chip")
            ui.label(say.SIGNED_UP.format(at=on_record(one.at, utc_now()))).classes("soft")
        with ui.row().classes("actions"):
            for title, accepted in ((say.B_PASSED_ON, True), (say.B_DECLINED, False)):
                settle = partial(self._settle, one, accepted)
                ui.button(title, on_click=settle).props("outline dense no-caps")
            ui.link(say.B_CONVERSATION, conversation_address(one.conversation))

    def _draw_course(self, course: Course) -> None:
        seats = "" if course.seats is None else say.SEATS.format(seats=course.seats)
        with ui.row().classes("tags"):
            ui.label(course.title).classes("name")
            ui.label(f"{course.provider}　{city_of_course(course)}")
            for words in (_begins(course), fee(course), say.DEMO if course.is_demo else ""):
                if words:
                    ui.label(words).classes("chip")
            ui.label(say.TAKEN.format(taken=course.taken, seats=seats)).classes("soft")
            ui.space()
            ui.button(say.B_CLOSE, on_click=partial(self._close, course)).props(
                "flat dense no-caps"
            )

    async def _put(self, told: Values) -> bool:
        course = read_course(told)
        if course is None:
            ui.notify(say.BAD, type="negative")
            return False
        key = f"{course.title}|{course.provider}|{course.starts_on or ''}"

        def work(_now: datetime) -> str | None:
            return self._training.put(course, SOURCE, key[:200])

        refusals: Refusals = {BadCourse: lambda _error, _now: say.BAD}
        done = await self._acting.do_and_tell(
            Deed.EDIT_COURSE, f"course:{key}", work, say.PUT, refusals
        )
        await self.refresh()
        return done

    async def _close(self, course: Course) -> None:
        def work(_now: datetime) -> bool:
            return self._training.close(course.id)

        subject = f"course:{course.id}"
        await self._acting.do_and_tell(Deed.CLOSE_COURSE, subject, work, say.CLOSED, {})
        await self.refresh()

    async def _settle(self, sign_up: SignUp, accepted: bool) -> None:
        def work(_now: datetime) -> bool:
            return self._training.settle(sign_up.id, accepted=accepted)

        subject = f"course:{sign_up.course.id}:sign-up:{sign_up.id}"
        told = await self._acting.do(Deed.SETTLE_SIGN_UP, subject, work, {})
        done = say.PASSED_ON if accepted else say.DECLINED
        ui.notify(told.refused or (done if told.value else say.GONE))
        await self.refresh()


def _fields() -> Fields:
    return {
        "title": ui.input(say.TITLE),
        "provider": ui.input(say.PROVIDER),
        "place": ui.input(say.PLACE),
        "address": ui.input(say.ADDRESS),
        "starts_on": ui.input(say.STARTS).props("type=date"),
        "ends_on": ui.input(say.ENDS).props("type=date"),
        "times": ui.input(say.TIMES),
        "fee": ui.number(say.FEE, min=0, precision=0),
        "seats": ui.number(say.SEATS_FIELD, min=1, precision=0),
        "description": ui.input(say.DESCRIPTION),
        "subsidised": ui.checkbox(say.SUBSIDISED),
    }


def read_course(told: Mapping[str, object]) -> NewCourse | None:
    """Return what the form says, None where it is not filled in; the service checks the rest."""
    words = {
        name: str(told[name] or "").strip()
        for name in ("title", "provider", "place", "address", "times", "description")
    }
    place = NATIONAL if words["place"] == say.ONLINE else place_in(words["place"])
    try:
        starts, ends = (
            date.fromisoformat(str(told[name])) if told[name] else None
            for name in ("starts_on", "ends_on")
        )
    except ValueError:
        return None
    if not place or not words["title"] or not words["provider"]:
        return None
    trade = find_trade(words["title"])
    return NewCourse(
        title=words["title"][:100],
        trade=trade.name if trade else "",
        provider=words["provider"][:100],
        city=place if place == NATIONAL else city_of(place),
        address=words["address"][:200],
        starts_on=starts,
        ends_on=ends,
        times=words["times"][:100],
        weekend=is_at_weekend(words["times"]),
        evening=is_in_the_evening(words["times"]),
        fee=_whole(told["fee"]),
        subsidised=bool(told["subsidised"]) or None,
        seats=_whole(told["seats"]),
        description=words["description"][:2000],
    )


def _begins(course: Course) -> str:
    on = course.starts_on
    return say.ANY_TIME if on is None else say.BEGINS.format(day=date_with_weekday(on))


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
