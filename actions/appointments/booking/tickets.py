"""What a person takes along of a booking: its address, a calendar entry, a QR code.

A ticket's address is a token: the booking's code with a signature of ours. Whoever has it
sees the ticket and nothing else; nobody finds one by trying codes.
"""

import base64
import hashlib
import hmac
import io
from datetime import UTC, datetime

import segno
from icalendar import Alarm, Calendar, Event

from actions.appointments import sentences
from actions.appointments.booking.queries import CANCELLED, HELD
from actions.appointments.booking.rules import REMIND_BEFORE
from actions.appointments.records import Booking

SIGNATURE_BYTES = 10
"""80 bits: 16 characters of base32, none of them filling."""

SEQUENCE_FROM = datetime(2020, 1, 1, tzinfo=UTC)
"""Sequence numbers are seconds from then on: the 31 bits there are for them last until 2088."""

MODULE_PIXELS, QUIET_MODULES, PRINT_DPI = 12, 4, 300
"""A code of 21 modules is 348 pixels wide with its quiet zone: 29 mm on paper."""


def token(code: str, key: str) -> str:
    """Return the address of a booking's ticket: ``<code>-<16 characters of base32>``."""
    signed = hmac.new(key.encode(), f"booking-ticket\0{code}".encode(), hashlib.sha256)
    return f"{code}-{base64.b32encode(signed.digest()[:SIGNATURE_BYTES]).decode()}"


def read_token(given: str, key: str) -> str | None:
    """Return the code of a token that is ours, as it stands; None for any other text."""
    code = given.rpartition("-")[0]
    right = token(code, key)
    return code if hmac.compare_digest(right.encode(), given.encode(errors="replace")) else None


def qr(code: str) -> bytes:
    """Return a booking's code, or the address of its page, as a QR code: a PNG.

    Of the square's area 15% or more may be damaged (error correction M).
    """
    picture = io.BytesIO()
    segno.make(code, error="m", micro=False).save(
        picture, kind="png", scale=MODULE_PIXELS, border=QUIET_MODULES, dpi=PRINT_DPI
    )
    return picture.getvalue()


def calendar(booking: Booking, *, now: datetime) -> bytes:
    """Return a booking as a calendar file (RFC 5545) that reminds two hours before.

    Taken in again after a change, it replaces the entry of the same booking: the UID stays,
    the sequence number grows with the time of asking. A visit that will not be, cancelled or
    before closed doors, takes the entry away.
    """
    entries = Calendar()
    entries.add("prodid", "-//Zhida//Booking//ZH")
    entries.add("version", "2.0")
    entries.add("method", method(booking))
    entries.add_component(_event(booking, _is_off(booking), now))
    file: bytes = entries.to_ical()
    return file


def method(booking: Booking) -> str:
    """Return what a calendar file does; its media type must say the same (RFC 5545, 3.7.2)."""
    return "CANCEL" if _is_off(booking) else "PUBLISH"


def _is_off(booking: Booking) -> bool:
    return booking.status == CANCELLED or booking.closed


def _event(booking: Booking, off: bool, now: datetime) -> Event:
    names = {"hall": booking.hall, "business": booking.business}
    event = Event()
    event.add("uid", f"{booking.code}@zhida")
    event.add("sequence", int((now - SEQUENCE_FROM).total_seconds()))
    for stamp in ("dtstamp", "last-modified"):
        event.add(stamp, _utc(now))
    event.add("dtstart", _utc(booking.start))
    event.add("dtend", _utc(booking.end))
    event.add("summary", sentences.TICKET_TITLE.format(**names))
    event.add("location", booking.address)
    event.add("description", _description(booking))
    event.add("status", _status(booking, off))
    if not off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", -REMIND_BEFORE)
        alarm.add("description", sentences.TICKET_REMINDER.format(**names))
        event.add_component(alarm)
    return event


def _status(booking: Booking, off: bool) -> str:
    if off:
        return "CANCELLED"
    return "TENTATIVE" if booking.status == HELD else "CONFIRMED"


def _description(booking: Booking) -> str:
    lines = [sentences.TICKET_CODE.format(code=booking.code)]
    if booking.status == CANCELLED:
        return "\n".join([*lines, sentences.TICKET_CANCELLED])
    if booking.closed:
        return "\n".join([*lines, sentences.TICKET_CLOSED])
    if booking.status == HELD:
        lines.append(sentences.TICKET_HELD)
    lines.append(sentences.TICKET_WINDOW.format(window=booking.window))
    if booking.bring:
        lines.append(sentences.TICKET_BRING.format(bring="、".join(booking.bring)))
    return "\n".join([*lines, sentences.TICKET_CHANGE])


def _utc(moment: datetime) -> datetime:
    # UTC needs no time zone's table in the file: no calendar program can read it otherwise.
    return moment.astimezone(UTC)
