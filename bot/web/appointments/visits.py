"""The page of one booking, opened by its link on any device: seen, moved, cancelled.

Who has the link may do this; the page's address is the proof, so a form of another page, which
does not know it, can do nothing. A GET changes nothing: messengers look at links on their own.
What is done is done only to the booking as the page showed it (``seen``).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from actions.appointments.booking import tickets
from actions.appointments.chat.booking_cards import as_seen
from actions.appointments.chat.sentences import MY_STATUS
from actions.appointments.errors import (
    UnknownBusiness,
    UnknownHall,
    WindowError,
    WindowsBusy,
)
from actions.appointments.records import Booking, Slot, VisitWish
from actions.appointments.service import Appointments
from bot import headers
from bot.web.appointments import sentences
from bot.web.render import Renderer
from language.wording import clock, day_and_time
from store.clock import SHANGHAI, utc_now
from store.database import Database
from store.settings import Settings

OFFERED = 6
COMING = ("held", "confirmed")
SHOW, MOVE, CANCEL = "show", "move", "cancel"
MOVED, CANCELLED, RENEWED, SINCE = "moved", "cancelled", "renewed", "since"


@dataclass(frozen=True)
class Choice:
    """A time to move to, as it is said."""

    slot_id: int
    when: str
    reason: str


@dataclass(frozen=True)
class VisitPage:
    """What a template needs of a booking; ``doing`` is what is being asked: show, move, cancel."""

    booking: Booking
    path: str
    now: datetime
    doing: str = SHOW
    day: date | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def when(self) -> str:
        """When the visit is: 明天 09:00–09:30."""
        return f"{day_and_time(self.booking.start, self.now)}–{clock(self.booking.end)}"

    @property
    def status(self) -> str:
        """How it stands, as the chat says it."""
        closed = self.booking.closed and self.booking.status in COMING
        return sentences.VISIT_CLOSED if closed else MY_STATUS[self.booking.status]

    @property
    def may_change(self) -> bool:
        """Whether it may still be moved and cancelled."""
        ahead = self.booking.start > self.now or self.booking.closed
        return self.booking.status in COMING and ahead

    @property
    def seen(self) -> str:
        """What its buttons are shown for."""
        return as_seen(self.booking)


class Visits:
    """Bookings by their links, over one database; blocking."""

    def __init__(self, appointments: Appointments) -> None:
        self._appointments = appointments

    def page(self, token: str, doing: str, day: date | None, now: datetime) -> VisitPage | None:
        """Return what a page shows; None where the link opens nothing."""
        booking = self._appointments.by_link(token, now=now)
        if booking is None:
            return None
        page = VisitPage(booking, self._appointments.link(booking), now)
        if doing == SHOW or not page.may_change:
            return page
        choices = self._choices(booking, day, now) if doing == MOVE else ()
        return VisitPage(booking, page.path, now, doing, day, choices)

    def _choices(self, booking: Booking, day: date | None, now: datetime) -> tuple[Choice, ...]:
        start = end = None
        if day is not None:
            start = datetime.combine(day, time(), SHANGHAI)
            end = start + timedelta(days=1)
        wish = VisitWish(booking.business, booking.hall, start, end, priority=booking.priority)
        wish = wish.moving(booking)
        try:
            slots = self._appointments.offer(wish, now=now, limit=OFFERED).slots
        except (UnknownBusiness, UnknownHall):
            return ()
        return tuple(_choice(slot, now) for slot in slots if slot.id != booking.slot_id)

    def act(
        self, token: str, seen: str, work: Callable[[Booking], str], now: datetime
    ) -> tuple[str, str] | None:
        """Do ``work`` to a booking that is as it was ``seen``; return its path and what was said.

        None where the link opens nothing.
        """
        booking = self._appointments.by_link(token, now=now)
        if booking is None:
            return None
        try:
            said = work(booking) if seen == as_seen(booking) else SINCE
        except (WindowError, WindowsBusy) as error:
            said = error.code
        # A renewed link leads on; the one it was done with is over.
        after = self._appointments.booking(booking.code) or booking
        return self._appointments.link(after), said

    def move(self, slot_id: int, now: datetime, booking: Booking) -> str:
        """Take another seat, and only then give the old one back."""
        self._appointments.change(booking.owner, booking.code, slot_id, now=now)
        return MOVED

    def cancel(self, now: datetime, booking: Booking) -> str:
        """Give the seat back."""
        self._appointments.cancel(booking.owner, booking.code, now=now)
        return CANCELLED

    def renew(self, booking: Booking) -> str:
        """End every link given out before."""
        self._appointments.renew_link(booking)
        return RENEWED


@dataclass(frozen=True)
class Pages:
    """The visits' pages and what is done on them, as answers."""

    visits: Visits
    render: Renderer
    database: Database
    settings: Settings

    async def show(self, token: str, doing: str, day: str = "", said: str = "") -> Response:
        """Return the page of a booking, ``said`` being what was just done."""
        page = await self._page(token, doing, _day(day))
        if page is None:
            return self._nothing()
        key = self.settings.signing_key()
        shown = self.render(
            "visit.html",
            page=page,
            note=sentences.VISIT_SAID.get(said, sentences.VISIT_REFUSED if said else ""),
            ticket=f"/bookings/{tickets.token(page.booking.code, key)}",
            address=self.settings.web_url + page.path,
        )
        shown.headers.update(headers.BY_LINK)
        return shown

    async def act(self, token: str, seen: str, work: Callable[[Booking], str]) -> Response:
        """Do ``work`` to a booking as it was ``seen``, and lead back to its page."""
        done = await self.database.run(self.visits.act, token, seen, work, utc_now())
        if done is None:
            return self._nothing()
        path, said = done
        return RedirectResponse(f"{path}?said={quote(said)}", 303, headers=headers.BY_LINK)

    async def link_qr(self, token: str) -> Response:
        """Return the link as a picture to be scanned."""
        page = await self._page(token, SHOW, None)
        if page is None:
            return self._nothing()
        picture = tickets.qr(self.settings.web_url + page.path)
        return Response(picture, media_type="image/png", headers=headers.PERSONAL)

    async def _page(self, token: str, doing: str, day: date | None) -> VisitPage | None:
        return await self.database.run(self.visits.page, token, doing, day, utc_now())

    def _nothing(self) -> Response:
        page = self.render.say(404, sentences.NO_VISIT_TITLE, sentences.NO_VISIT_TEXT)
        page.headers.update(headers.BY_LINK)
        return page


def add_visits(public: APIRouter, render: Renderer, database: Database, settings: Settings) -> None:
    """Add ``/visits/{token}``, what it asks (``/move``, ``/cancel``), and its QR code."""
    pages = Pages(Visits(Appointments.over(database, settings)), render, database, settings)
    _add_pages(public, pages)
    _add_deeds(public, pages)


def _add_pages(public: APIRouter, pages: Pages) -> None:
    @public.get("/visits/{token}", include_in_schema=False)
    async def visit(token: str, said: str = "") -> Response:
        return await pages.show(token, SHOW, said=said)

    @public.get("/visits/{token}/move", include_in_schema=False)
    async def ask_move(token: str, day: str = "") -> Response:
        return await pages.show(token, MOVE, day)

    @public.get("/visits/{token}/cancel", include_in_schema=False)
    async def ask_cancel(token: str) -> Response:
        return await pages.show(token, CANCEL)

    @public.get("/visits/{token}/link.png", include_in_schema=False)
    async def link_qr(token: str) -> Response:
        return await pages.link_qr(token)


def _add_deeds(public: APIRouter, pages: Pages) -> None:
    visits = pages.visits

    @public.post("/visits/{token}/move", include_in_schema=False)
    async def move(
        token: str, seen: Annotated[str, Form()] = "", slot: Annotated[str, Form()] = ""
    ) -> Response:
        slot_id = int(slot) if slot.isascii() and slot.isdigit() and len(slot) < 10 else 0
        return await pages.act(token, seen, partial(visits.move, slot_id, utc_now()))

    @public.post("/visits/{token}/cancel", include_in_schema=False)
    async def cancel(token: str, seen: Annotated[str, Form()] = "") -> Response:
        return await pages.act(token, seen, partial(visits.cancel, utc_now()))

    @public.post("/visits/{token}/renew", include_in_schema=False)
    async def renew(token: str, seen: Annotated[str, Form()] = "") -> Response:
        return await pages.act(token, seen, visits.renew)


def _choice(slot: Slot, now: datetime) -> Choice:
    return Choice(slot.id, day_and_time(slot.start, now), slot.reason)


def _day(typed: str) -> date | None:
    """Return a typed day; None for what is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
