"""A booking in other hands: the link that opens it on any device, and who took it up there.

A link is the booking's code with a signature of ours over the code and the number of its link.
Who has it may look, move and cancel. A new link ends the old ones; every link ends a day after
the visit. A ticket's address (``tickets``) opens nothing but the ticket: it is handed to
messengers, who fetch pictures by it.
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from actions.appointments.booking import queries
from actions.appointments.booking.tables import BookingHolderRow, BookingRow
from actions.appointments.records import Booking
from actions.dialogue.personal.links import same_person

SIGNATURE_BYTES = 20
"""160 bits: 32 characters of base32, none of them filling."""

LIVES_AFTER = timedelta(days=1)
"""How long after the visit's end its link still opens."""

PATH = "/visits/"
TOKEN = re.compile("[A-Z0-9-]{1,60}")


def link_token(booking: Booking, key: str) -> str:
    """Return what the present link of a booking ends in: ``<code>-<32 characters>``."""
    return f"{booking.code}-{_signature(booking.code, booking.link_number, key)}"


def link_path(booking: Booking, key: str) -> str:
    """Return the path of a booking's page; ``key`` is the settings' signing key."""
    return PATH + link_token(booking, key)


def by_link(connection: Connection, token: str, key: str, *, now: datetime) -> Booking | None:
    """Return the booking that a link opens; None for one that is not ours, ended, or over."""
    if not TOKEN.fullmatch(token):
        return None
    code = token.rpartition("-")[0]
    booking = queries.booking(connection, BookingRow.code == code)
    # Without a booking a signature is compared all the same: the time taken tells nothing.
    right = _signature(code, booking.link_number if booking else 0, key)
    given = token.rpartition("-")[2].encode(errors="replace")
    if not hmac.compare_digest(right.encode(), given) or booking is None:
        return None
    return None if now >= booking.end + LIVES_AFTER else booking


def renew(connection: Connection, booking: Booking) -> Booking:
    """End every link that has been given out for a booking; a second tap ends nothing more."""
    connection.execute(
        update(BookingRow)
        .where(BookingRow.id == booking.id, BookingRow.link_number == booking.link_number)
        .values(link_number=booking.link_number + 1)
    )
    return queries.the_booking(connection, booking.id)


def take_up(connection: Connection, booking: Booking, conversation: str) -> None:
    """Let a booking be seen and changed from ``conversation``, too; doing it again does nothing.

    IntegrityError where the same is done at the same moment.
    """
    holds = queries.booking(connection, BookingRow.id == booking.id, held_by(conversation))
    if holds is None:
        connection.execute(
            insert(BookingHolderRow).values(booking_id=booking.id, conversation=conversation)
        )


def held_by(conversation: str) -> ColumnElement[bool]:
    """Return SQL: a booking was made in this conversation, or taken up there by its link.

    Or it was made in a conversation that its person linked with this one.
    """
    taken_up = select(BookingHolderRow.booking_id).where(
        BookingHolderRow.conversation == conversation
    )
    return or_(same_person(BookingRow.owner, conversation), BookingRow.id.in_(taken_up))


def owner_for(connection: Connection, conversation: str, code: str) -> str:
    """Return the owner as whom ``conversation`` may act on a booking: itself, or who made it."""
    owner = connection.scalar(
        select(BookingRow.owner).where(BookingRow.code == code, held_by(conversation))
    )
    return conversation if owner is None else owner


def _signature(code: str, number: int, key: str) -> str:
    signed = hmac.new(key.encode(), f"visit-link\0{code}\0{number}".encode(), hashlib.sha256)
    return base64.b32encode(signed.digest()[:SIGNATURE_BYTES]).decode()
