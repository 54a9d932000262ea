"""Routes of a booking's ticket: the calendar entry and the QR code."""

from fastapi import APIRouter, Response

from actions.appointments.booking import tickets
from actions.appointments.records import Booking
from actions.appointments.service import Appointments
from bot import contract, headers
from bot.web.appointments import sentences
from bot.web.render import Renderer
from store.clock import utc_now
from store.database import Database
from store.settings import Settings


def add_tickets(
    public: APIRouter, render: Renderer, database: Database, settings: Settings
) -> None:
    """Add ``/bookings/{token}.ics`` and ``/bookings/{token}.png``.

    Who has the address has the ticket; it holds nothing of the person.
    """
    windows, key = Appointments(database), settings.signing_key()

    async def booking(token: str) -> Booking | None:
        code = tickets.read_token(token, key)
        return await database.run(windows.booking, code) if code is not None else None

    def nothing() -> Response:
        return render.say(404, sentences.NO_TICKET_TITLE, sentences.NO_TICKET_TEXT)

    @public.get(
        "/bookings/{token}.ics",
        response_class=Response,
        responses={**contract.page(404), 200: contract.content("text/calendar", "An entry")},
    )
    async def calendar(token: str) -> Response:
        found = await booking(token)
        if found is None:
            return nothing()
        named = {"Content-Disposition": f'attachment; filename="{found.code}.ics"'}
        entry = tickets.calendar(found, now=utc_now())
        kind = f"text/calendar; method={tickets.method(found)}"
        return Response(entry, media_type=kind, headers=headers.PERSONAL | named)

    @public.get(
        "/bookings/{token}.png",
        response_class=Response,
        responses={**contract.page(404), 200: contract.content("image/png", "A QR code")},
    )
    async def qr(token: str) -> Response:
        found = await booking(token)
        if found is None:
            return nothing()
        picture = tickets.qr(found.code)
        return Response(picture, media_type="image/png", headers=headers.PERSONAL)
