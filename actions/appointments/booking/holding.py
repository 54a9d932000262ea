"""What the halls keep of a person: bookings, and places on the waiting list.

A visit that is over stays without its person: how long people waited and which seats were used
is what hours and windows are planned by.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, select, update
from sqlalchemy.orm import Session

from actions.appointments import sentences as say
from actions.appointments.booking.tables import BookingHolderRow, BookingRow, WaitRow
from actions.appointments.halls.tables import BusinessRow, HallRow, SlotRow
from actions.dialogue.personal.holdings import Erasure, Held, Holding, Kept
from actions.dialogue.replies import button
from language.wording import day_and_time

NOBODY = ""
"""The owner of a booking whose person was forgotten."""

OFFERED = "offered"
OPEN_WAITS = ("waiting", OFFERED)


class BookingHolding(Holding):
    """Bookings and the waiting list. One that stands is kept until its visit is over."""

    owned = {  # noqa: RUF012
        WaitRow: "owner",
        BookingRow: "owner",
        BookingHolderRow: "conversation",
    }

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Tell of each booking."""
        return [
            Held("bookings", say.HELD_BOOKING.format(code=row.code), _words(row, now), row.made)
            for row in self._visits(BookingRow.owner == person)
        ] + self._waits(person, now)

    def stays(self, person: str, now: datetime) -> Sequence[Kept]:
        """Tell of the visits that are not over: one that is kept free for nobody helps nobody."""
        return [
            Kept(
                row.code,
                say.KEPT_BOOKING.format(visit=_words(row, now), code=row.code),
                button(say.B_CANCEL_FIRST, "cancel_booking", code=row.code),
            )
            for row in self._visits(BookingRow.owner == person, BookingRow.active.is_(True))
        ]

    def alive(self) -> Sequence[Select[Any]]:
        """Select whose visit is not over, and who waits for a seat."""
        return (
            select(BookingRow.owner).where(BookingRow.active),
            select(WaitRow.owner).where(WaitRow.status.in_(OPEN_WAITS)),
            select(BookingHolderRow.conversation).where(
                BookingHolderRow.booking_id.in_(select(BookingRow.id).where(BookingRow.active))
            ),
        )

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Leave the waiting list; take the person out of what is over."""
        offered = WaitRow.booking_id.in_(select(BookingRow.id).where(BookingRow.active))
        mine = WaitRow.owner == erasure.person
        session.execute(delete(WaitRow).where(mine, ~and_(WaitRow.status == OFFERED, offered)))
        session.execute(
            delete(BookingHolderRow).where(BookingHolderRow.conversation == erasure.person)
        )
        forget_visits(session, BookingRow.owner == erasure.person)

    def let_go(self, session: Session, erasure: Erasure) -> None:
        """Take the person out of what was kept and is over by now."""
        mine = (BookingRow.owner == erasure.person) & BookingRow.code.in_(erasure.kept)
        session.execute(
            delete(WaitRow).where(
                WaitRow.owner == erasure.person,
                WaitRow.booking_id.in_(select(BookingRow.id).where(mine, ~BookingRow.active)),
            )
        )
        forget_visits(session, mine)

    def _visits(self, *conditions: ColumnElement[bool]) -> Sequence[Any]:
        wanted = (
            select(
                BookingRow.code,
                BookingRow.created_at.label("made"),
                HallRow.name.label("hall"),
                BusinessRow.name.label("business"),
                SlotRow.start.label("start"),
            )
            .join(SlotRow, SlotRow.id == BookingRow.slot_id)
            .join(HallRow, HallRow.id == SlotRow.hall_id)
            .join(BusinessRow, BusinessRow.id == BookingRow.business_id)
            .where(*conditions)
            .order_by(SlotRow.start)
        )
        with self._database.read() as session:
            return session.execute(wanted).all()

    def _waits(self, person: str, now: datetime) -> list[Held]:
        wanted = (
            select(
                WaitRow.code,
                WaitRow.created_at.label("made"),
                HallRow.name.label("hall"),
                BusinessRow.name.label("business"),
                WaitRow.start.label("start"),
            )
            .join(HallRow, HallRow.id == WaitRow.hall_id)
            .join(BusinessRow, BusinessRow.id == WaitRow.business_id)
            .where(WaitRow.owner == person)
        )
        with self._database.read() as session:
            rows = session.execute(wanted).all()
        return [
            Held("waits", say.HELD_WAIT.format(code=row.code), _words(row, now), row.made)
            for row in rows
        ]


def forget_visits(session: Session, *conditions: ColumnElement[bool]) -> None:
    """Take the person out of those of these bookings that are over."""
    over = (~BookingRow.active, *conditions)
    taken_up = BookingHolderRow.booking_id.in_(select(BookingRow.id).where(*over))
    session.execute(delete(BookingHolderRow).where(taken_up))
    session.execute(
        update(BookingRow).where(*over).values(owner=NOBODY, request_key=BookingRow.code)
    )


def _words(row: Any, now: datetime) -> str:
    when = day_and_time(row.start, now)
    return say.HELD_VISIT.format(when=when, hall=row.hall, business=row.business)
