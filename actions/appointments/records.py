"""What the service of windows takes and gives. All times are aware and half-open."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time


@dataclass(frozen=True)
class Business:
    """A business 业务; ``minutes`` is its usual length, ``bring`` what to have along."""

    id: int
    name: str
    aliases: tuple[str, ...]
    bring: tuple[str, ...]
    online: str | None
    online_url: str | None
    courier: str | None
    minutes: float


@dataclass(frozen=True)
class Hall:
    """A hall 经办大厅; ``place`` is a GB/T 2260 code, ``capacity`` people at one time.

    ``sessions`` are its opening hours on a working day, Asia/Shanghai, half-open.
    """

    id: int
    name: str
    aliases: tuple[str, ...]
    place: str
    address: str
    capacity: int
    hours: str
    sessions: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True)
class VisitWish:
    """What a person wants: without a hall any, without times as soon as is calm.

    ``earliest`` asks for the first free times of the stretch (「越早越好」) before calm ones;
    ``priority`` people (老年人、残疾人) may have the reserved seats, too. ``owner`` is who comes
    themselves, and so not to where they are booked already but for ``besides``, the id of a
    booking that is moved; None where it is somebody else, of whom nothing is known. ``not_halls``
    are not offered, ``not_times`` neither (see ``offering.unwanted``).
    """

    business: str
    hall: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    earliest: bool = False
    priority: bool = False
    not_halls: tuple[str, ...] = ()
    not_times: tuple[str, ...] = ()
    owner: str | None = None
    besides: int | None = None

    def of(self, owner: str, *, for_other: bool) -> "VisitWish":
        """Return the wish as that of who comes: the owner, unless ``for_other``."""
        return replace(self, owner=None if for_other else owner)

    def moving(self, booking: "Booking") -> "VisitWish":
        """Return the wish as that of who moves a booking."""
        whose = self.of(booking.owner, for_other=booking.for_other)
        return replace(whose, besides=booking.id)


@dataclass(frozen=True)
class Slot:
    """A slot worth offering. ``expected_people`` and ``capacity`` are the whole hall's."""

    id: int
    start: datetime
    end: datetime
    expected_people: int
    capacity: int
    reason: str


@dataclass(frozen=True)
class SlotOffer:
    """An answer to a wish; ``note`` says where it departs from what was wished.

    ``more`` says that another page would not be empty. ``full`` says that the wished stretch,
    ``start`` to ``end``, has no seat left: one may wait for one, or go to ``elsewhere``, a
    nearby hall that has seats then.
    """

    hall: str
    business: str
    alternatives: tuple[str, ...]
    slots: tuple[Slot, ...]
    note: str
    more: bool
    full: bool
    start: datetime
    end: datetime
    elsewhere: str | None


@dataclass(frozen=True)
class Booking:
    """A booking, with DESIGN section 4's fields and what the service needs besides.

    ``status``: held, confirmed, cancelled, checked_in, served, no_show; waitlisted for a
    place on the waiting list, whose ``start`` and ``end`` are the wished stretch and whose
    ``slot_id`` is 0. ``hold_until`` is set while held; ``closed`` says that the hall has
    since announced to be closed then; ``lapsed`` that a hold ran out; ``for_other`` that somebody
    else comes than who booked. ``link_number`` is that of the one link that opens it.
    """

    id: int
    code: str
    owner: str
    status: str
    hall: str
    address: str
    business: str
    window: str
    start: datetime
    end: datetime
    bring: tuple[str, ...]
    priority: bool = False
    slot_id: int = 0
    hold_until: datetime | None = None
    checked_in_at: datetime | None = None
    called_at: datetime | None = None
    closed: bool = False
    lapsed: bool = False
    for_other: bool = False
    link_number: int = 1


@dataclass(frozen=True)
class QuietTime:
    """A calmer time to come; ``expected_people`` of the whole hall."""

    start: datetime
    end: datetime
    expected_people: int


@dataclass(frozen=True)
class Crowd:
    """How full a hall is now; ``quiet`` holds calmer times, soonest first.

    ``people`` are those ``counted``, where the hall notes who comes and goes (None where
    nobody was noted today), else those ``predicted`` from its plan and its bookings.
    """

    hall: str
    is_open: bool
    people: int
    capacity: int
    hours: str
    quiet: tuple[QuietTime, ...]
    counted: int | None = None
    predicted: int = 0


@dataclass(frozen=True)
class Week:
    """Whom a hall expects: for each of ``days`` and half hour of ``times`` the mean people.

    ``times`` are the beginnings of the half hours in minutes after midnight; ``people`` has
    one row a day, with None where the hall is closed.
    """

    hall: str
    capacity: int
    days: tuple[date, ...]
    times: tuple[int, ...]
    people: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True)
class Closure:
    """A stretch in which a hall is closed, or one ``window`` of it; announced ``by`` staff."""

    id: int
    hall: str
    window: str | None
    start: datetime
    end: datetime
    reason: str
    by: str
    announced_at: datetime
