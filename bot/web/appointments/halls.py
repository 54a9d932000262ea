"""The public page of the halls: how full each is now, and the week as a picture."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from actions.appointments.crowd.picture import week_png
from actions.appointments.records import Crowd, Hall
from actions.appointments.service import Appointments
from bot import contract, headers
from bot.web.appointments import sentences
from bot.web.render import Renderer
from bot.web.ttl_cache import TtlCache
from language.wording import clock, day_and_time
from store.clock import utc_now
from store.database import Database

NOW_KEPT = timedelta(seconds=20)
WEEK_KEPT = timedelta(minutes=5)


@dataclass(frozen=True)
class HallNow:
    """A hall as it is now; ``quiet`` says when it is calmer, as people say it."""

    hall: Hall
    crowd: Crowd
    quiet: tuple[str, ...]

    @property
    def people(self) -> str:
        """How many people are there, as a sentence; noted on the spot or only expected."""
        noted = self.crowd.counted is not None
        told = sentences.HALL_PEOPLE_COUNTED if noted else sentences.HALL_PEOPLE_EXPECTED
        return told.format(people=self.crowd.people, capacity=self.crowd.capacity)

    @property
    def share(self) -> float:
        """People in the hall as a share of those it holds, at most 1."""
        return min(1.0, self.crowd.people / self.crowd.capacity)

    @property
    def picture_words(self) -> str:
        """What the week's picture says to who cannot see it."""
        calm = sentences.WEEK_CALM.format(times="、".join(self.quiet)) if self.quiet else ""
        return sentences.WEEK_ALT.format(hall=self.hall.name) + calm


def add_halls(public: APIRouter, render: Renderer, database: Database) -> None:
    """Add ``/halls`` and ``/halls/{hall_id}/week.png``."""
    windows = Appointments(database)

    def draw(hall: str, now: datetime) -> bytes:
        return week_png(windows.week(hall, now=now))

    halls = TtlCache[None, tuple[HallNow, ...]](lambda _, now: halls_now(windows, now), NOW_KEPT)
    weeks = TtlCache[str, bytes](draw, WEEK_KEPT)

    @public.get("/halls", response_class=HTMLResponse, responses=contract.page())
    async def page() -> HTMLResponse:
        now = utc_now()
        as_of = clock(now)
        return render("halls.html", halls=await halls.get(None, now=now), as_of=as_of)

    @public.get(
        "/halls/{hall_id}/week.png",
        response_class=Response,
        responses={**contract.page(404), 200: contract.content("image/png", "The week")},
    )
    async def week(hall_id: str) -> Response:
        known = {str(hall.id): hall.name for hall in await database.run(windows.halls)}
        if hall_id not in known:
            return render.say(404, sentences.NO_HALL_TITLE, sentences.NO_HALL_TEXT)
        picture = await weeks.get(known[hall_id], now=utc_now())
        return Response(picture, media_type="image/png", headers=headers.FOR_MINUTES)


def halls_now(windows: Appointments, now: datetime) -> tuple[HallNow, ...]:
    """Return every hall as it is at ``now``."""
    return tuple(
        _hall_now(hall, windows.crowd(hall.name, now=now), now) for hall in windows.halls()
    )


def _hall_now(hall: Hall, crowd: Crowd, now: datetime) -> HallNow:
    quiet = (
        sentences.QUIET_TIME.format(time=day_and_time(calm.start, now), people=calm.expected_people)
        for calm in crowd.quiet
    )
    return HallNow(hall, crowd, tuple(quiet))
