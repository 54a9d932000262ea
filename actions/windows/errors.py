"""What can go wrong with a booking; what a person reads derives from ``code``."""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from actions.windows.records import Booking


class WindowError(Exception):
    """A wish that cannot be met; nothing was changed. ``code`` is stable."""

    code: ClassVar[str] = "window_error"


class SlotFull(WindowError):
    """Every seat of the slot is taken."""

    code = "slot_full"


class SlotPast(WindowError):
    """The slot has begun already."""

    code = "slot_past"


class UnknownSlot(WindowError):
    """No such slot, or its window does not do this business."""

    code = "unknown_slot"


class UnknownBusiness(WindowError):
    """No business of this name."""

    code = "unknown_business"


class UnknownHall(WindowError):
    """No hall of this name."""

    code = "unknown_hall"


class UnknownBooking(WindowError):
    """No booking of this code that is this person's."""

    code = "unknown_booking"


class BookingPast(WindowError):
    """The visit has begun, or is over: it can no longer be cancelled."""

    code = "booking_past"


class AlreadyBooked(WindowError):
    """This person has an active booking for this business: ``booking``."""

    code = "already_booked"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class WindowsBusy(Exception):
    """A lock could not be had in time: not the person's doing, worth trying again.

    Not a ``WindowError``, so that no caller mistakes it for a final answer.
    """

    code: ClassVar[str] = "windows_busy"
