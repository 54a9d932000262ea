"""What the service of windows takes and gives. All times are aware and half-open."""

from dataclasses import dataclass
from datetime import datetime


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
    minutes: int


@dataclass(frozen=True)
class Hall:
    """A hall 经办大厅; ``place`` is a GB/T 2260 code, ``capacity`` people at one time."""

    id: int
    name: str
    aliases: tuple[str, ...]
    place: str
    address: str
    capacity: int
    hours: str


@dataclass(frozen=True)
class VisitWish:
    """What a person wants: without a hall any, without times as soon as is calm."""

    business: str
    hall: str | None = None
    start: datetime | None = None
    end: datetime | None = None


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
    """An answer to a wish; ``note`` says where it departs from what was wished."""

    hall: str
    business: str
    alternatives: tuple[str, ...]
    slots: tuple[Slot, ...]
    note: str


@dataclass(frozen=True)
class Booking:
    """A booking, with DESIGN section 4's fields."""

    code: str
    status: str
    hall: str
    business: str
    window: str
    start: datetime
    end: datetime
    bring: tuple[str, ...]


@dataclass(frozen=True)
class QuietTime:
    """A calmer time to come; ``expected_people`` of the whole hall."""

    start: datetime
    end: datetime
    expected_people: int


@dataclass(frozen=True)
class Crowd:
    """How full a hall is now, from its bookings; ``quiet`` holds calmer times, soonest first."""

    hall: str
    is_open: bool
    people: int
    capacity: int
    hours: str
    quiet: tuple[QuietTime, ...]
