"""What can go wrong with a booking; what a person reads derives from ``code``."""

from datetime import datetime
from typing import TYPE_CHECKING

from store.errors import ZhidaError

if TYPE_CHECKING:
    from actions.appointments.records import Booking


class WindowError(ZhidaError):
    """A wish that cannot be met; nothing was changed. ``code`` is stable."""

    code = "window_error"


class SlotFull(WindowError):
    """Every seat of the slot is taken."""

    code = "slot_full"


class SlotPast(WindowError):
    """The slot has begun already."""

    code = "slot_past"


class SlotClosed(WindowError):
    """The hall or window has since announced to be closed then."""

    code = "slot_closed"


class SlotReserved(WindowError):
    """The seat is kept for people who cannot go on line."""

    code = "slot_reserved"


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
    """The visit has begun, or is over: it can no longer be changed or cancelled."""

    code = "booking_past"


class BookingEnded(WindowError):
    """The booking was cancelled before: ``booking``."""

    code = "booking_ended"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class HoldLapsed(WindowError):
    """The hold ran out and somebody else has the seat now: ``booking``."""

    code = "hold_lapsed"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class AlreadyBooked(WindowError):
    """This person has an active booking for this business: ``booking``."""

    code = "already_booked"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class Overlaps(WindowError):
    """This person has a booking at that time, or too near to it elsewhere: ``booking``."""

    code = "overlaps"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class TooManyBookings(WindowError):
    """This person has as many bookings standing as one may have: ``limit``."""

    code = "too_many_bookings"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooFarAhead(WindowError):
    """Who stayed away often books only up to ``until`` (aware) for a while."""

    code = "too_far_ahead"

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class AlreadyWaiting(WindowError):
    """This person waits for a seat for this business already: ``wait``."""

    code = "already_waiting"

    def __init__(self, wait: "Booking") -> None:
        super().__init__(wait.code)
        self.wait = wait


class WaitPast(WindowError):
    """The stretch to wait for is over, or too near for anybody to be told in time."""

    code = "wait_past"


class TooEarly(WindowError):
    """One can check in from ``opens`` (aware) on."""

    code = "too_early"

    def __init__(self, booking: "Booking", opens: datetime) -> None:
        super().__init__(booking.code)
        self.booking = booking
        self.opens = opens


class TooLate(WindowError):
    """The time to check in is over: ``booking``."""

    code = "too_late"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class OtherHall(WindowError):
    """The booking that staff of one hall looked up is for another one: ``booking``."""

    code = "other_hall"

    def __init__(self, booking: "Booking") -> None:
        super().__init__(booking.code)
        self.booking = booking


class NotInHall(WindowError):
    """Called or finished without having checked in, or finished already."""

    code = "not_in_hall"


class CalledElsewhere(WindowError):
    """Called to another ``window`` already."""

    code = "called_elsewhere"

    def __init__(self, window: str) -> None:
        super().__init__(window)
        self.window = window


class StepOvertaken(WindowError):
    """The step that was to be undone is not the last one any more: somebody went on."""

    code = "step_overtaken"


class UndoTooLate(WindowError):
    """The step was noted on an earlier day."""

    code = "undo_too_late"


class BookedSince(WindowError):
    """The visit cannot stand again: since its end the person has booked in its place."""

    code = "booked_since"


class BadClosure(WindowError):
    """A closure that ends before it begins, or lies wholly in the past."""

    code = "bad_closure"


class UnknownWindow(WindowError):
    """The hall has no window of this name, or it does not do this business."""

    code = "unknown_window"


class CannotPlan(WindowError):
    """A hall's days cannot be planned; ``reason`` is for staff: no windows, say."""

    code = "cannot_plan"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WindowsBusy(ZhidaError):
    """A lock could not be had in time: not the person's doing, worth trying again.

    Not a ``WindowError``, so that no caller mistakes it for a final answer.
    """

    code = "windows_busy"
