"""What the service of courses takes and gives."""

from dataclasses import dataclass
from datetime import date, datetime

ASKED, PASSED_ON, DECLINED, LEFT = "asked", "passed_on", "declined", "left"
SEATED = (ASKED, PASSED_ON)
"""States of a sign-up in which it has a seat."""


@dataclass(frozen=True)
class NewCourse:
    """A course to hand in; see ``tables.CourseRow``."""

    title: str
    trade: str
    provider: str
    city: str
    address: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    times: str = ""
    weekend: bool | None = None
    evening: bool | None = None
    fee: int | None = None
    subsidised: bool | None = None
    seats: int | None = None
    description: str = ""
    is_demo: bool = False


@dataclass(frozen=True)
class Course(NewCourse):
    """A course as it is kept; ``id`` is the short one that people see."""

    id: str = ""
    taken: int = 0
    open: bool = True

    @property
    def seats_left(self) -> int | None:
        """How many seats are free, None where there is no limit."""
        return None if self.seats is None else max(self.seats - self.taken, 0)


@dataclass(frozen=True)
class CourseWish:
    """What is to be learnt, where (a code, None: anywhere) and under which conditions.

    ``subject`` are the person's words, ``wants`` and ``unwanted`` names of ``rules.CONDITIONS``.
    """

    subject: str = ""
    place: str | None = None
    wants: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


@dataclass(frozen=True)
class CoursePage:
    """Courses out of ``total``; ``relaxed`` names what was given up: subject, place, wants."""

    total: int
    courses: tuple[Course, ...]
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignUp:
    """Somebody's wish to attend a course."""

    id: int
    course: Course
    conversation: str
    state: str
    at: datetime
