"""What else a person has with us, beside their conversation: bookings, and applications."""

from dataclasses import dataclass
from datetime import timedelta

from nicegui import ui

from actions.appointments.records import Booking
from actions.appointments.service import Appointments
from actions.dialogue.services import Services
from actions.jobs.applications.service import Application, Applications
from bot.console import names
from bot.console.cases import sentences, views
from store.clock import utc_now

SHOWN = 8
PAST = timedelta(days=180)


@dataclass(frozen=True)
class Held:
    """What a person has: bookings and waits, those to come first, and applications for postings."""

    bookings: tuple[Booking, ...]
    applications: tuple[Application, ...]


def read_beside(services: Services, conversation: str) -> Held:
    """Return what a person has (blocking)."""
    now = utc_now()
    found = services.of(Appointments).bookings_of(conversation, now=now - PAST)
    coming = [each for each in found if each.end > now]
    past = [each for each in reversed(found) if each.end <= now]
    sent = services.of(Applications).of(conversation, now)
    return Held(tuple([*coming, *past][:SHOWN]), sent[:SHOWN])


class Beside:
    """The panels; ``next`` is the booking to come."""

    def __init__(self, conversation: str) -> None:
        self._conversation = conversation
        self.next: Booking | None = None
        self._bookings = ui.element("section").classes("panel")
        self._applications = ui.element("section").classes("panel")
        self._applications.set_visibility(False)

    def draw(self, held: Held) -> None:
        """Draw them; whoever has applied for nothing has no panel of it."""
        now = utc_now()
        self.next = next((each for each in held.bookings if views.is_coming(each, now)), None)
        self._bookings.clear()
        with self._bookings:
            ui.label(sentences.BOOKINGS).classes("panel-name")
            if not held.bookings:
                ui.label(sentences.NO_BOOKINGS).classes("soft")
            for each in held.bookings:
                state = sentences.BOOKING_STATES.get(each.status, each.status)
                _draw_row(state, views.booking(each, now))
        self._applications.clear()
        self._applications.set_visibility(bool(held.applications))
        with self._applications:
            ui.label(sentences.APPLICATIONS).classes("panel-name")
            for one in held.applications:
                _draw_row(names.APPLICATION_STATES[one.state], views.application(one))


def _draw_row(state: str, words: str) -> None:
    with ui.element("div").classes("beside-row"):
        ui.label(state).classes("chip")
        ui.label(words).classes("words")
