"""The service of courses: found, handed in, and signed up for."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Select, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions.dialogue.personal.links import same_person
from actions.ids import new_id, read_id
from actions.training.records import (
    ASKED,
    DECLINED,
    LEFT,
    PASSED_ON,
    SEATED,
    Course,
    CoursePage,
    CourseWish,
    NewCourse,
    SignUp,
)
from actions.training.rules import is_shown, page
from actions.training.tables import CourseRow, CourseSignUpRow
from language.places import own_name
from store.clock import to_shanghai
from store.database import rows_changed
from store.errors import ZhidaError
from store.service import Service

PREFIX = "KC"
MOST = 5_000
"""Courses that are looked through; a city has hundreds."""


class NoSeat(ZhidaError):
    """The course is full, over, or not to be had any more."""

    code = "no_seat"


class BadCourse(ZhidaError):
    """A course that cannot be so: no title, no provider, no place, an end before its beginning."""

    code = "bad_course"


class Training(Service):
    """Courses over one database; every method is one unit of work, blocking."""

    def search(
        self, wish: CourseWish, *, now: datetime, limit: int = 3, offset: int = 0
    ) -> CoursePage:
        """Return courses for a wish, the best first; see ``rules.page``."""
        today = to_shanghai(now).date()
        begins = or_(CourseRow.starts_on.is_(None), CourseRow.starts_on > today)
        statement = select(CourseRow).where(CourseRow.open, begins).order_by(CourseRow.starts_on)
        with self._database.read() as session:
            courses = [_course(row) for row in session.scalars(statement.limit(MOST))]
        return page(courses, wish, today, limit=limit, offset=offset)

    def get(self, course_id: str, *, now: datetime) -> Course | None:
        """Return a course by its id as typed; None where it is unknown or not to be had."""
        with self._database.read() as session:
            row = session.scalar(_coded(course_id))
            found = None if row is None else _course(row)
        return found if found and is_shown(found, to_shanghai(now).date()) else None

    def all(self, limit: int = 200) -> Sequence[Course]:
        """Return the courses that are open, the next to begin first."""
        order = (CourseRow.starts_on.is_(None), CourseRow.starts_on, CourseRow.id)
        statement = select(CourseRow).where(CourseRow.open).order_by(*order).limit(limit)
        with self._database.read() as session:
            return tuple(map(_course, session.scalars(statement)))

    def put(self, course: NewCourse, source: str, key: str, *, dry: bool = False) -> str | None:
        """Keep a course, in the place of what ``source`` had under ``key``.

        Returns ``added``, ``updated`` or None where nothing changed. Seats that people have stay
        theirs: there are never fewer. Raises BadCourse. ``dry``: nothing is kept.
        """
        _check(course)
        with self._database.write() as session:
            same = select(CourseRow).filter_by(source=source, source_key=key)
            row = session.scalar(same.with_for_update())
            told = "updated"
            if row is None:
                row, told = CourseRow(source=source, source_key=key, code=new_id(PREFIX)), "added"
                row.taken = 0
                session.add(row)
            values = {**asdict(course), "open": True}
            if course.seats is not None:
                values["seats"] = max(course.seats, row.taken)
            changed = {name: value for name, value in values.items() if getattr(row, name) != value}
            for name, value in changed.items():
                setattr(row, name, value)
            if not dry:
                session.commit()
            return told if changed else None

    def close(self, course_id: str) -> bool:
        """Take a course off the list, at once; tell whether it was there."""
        closing = update(CourseRow).where(CourseRow.code == course_id, CourseRow.open)
        with self._database.write() as session:
            gone = rows_changed(session, closing.values(open=False))
            session.commit()
            return bool(gone)

    # Signing up --------------------------------------------------------------------------

    def sign_up(self, course_id: str, conversation: str, consent: str, now: datetime) -> SignUp:
        """Take a seat for a person who has agreed to ``consent``; one who has one keeps it.

        Raises NoSeat. The seat is taken by one statement that finds one free, and the table
        refuses one too many.
        """
        try:
            return self._signed_up(course_id, conversation, consent, now)
        except IntegrityError:
            # A rival message of the same person came first: find what it has made.
            return self._signed_up(course_id, conversation, consent, now)

    def leave(self, course_id: str, conversation: str) -> bool:
        """Give a person's seat back; tell whether there was one."""
        with self._database.write() as session:
            row = session.scalar(select(CourseRow).where(CourseRow.code == course_id))
            held = [] if row is None else _held(session, row.id, conversation)
            for one in held:
                free_seat(session, one, LEFT)
            session.commit()
            return bool(held)

    def mine(self, conversation: str) -> Sequence[SignUp]:
        """Return what a person has signed up for and not left, the next to begin first."""
        return self._sign_ups(
            same_person(CourseSignUpRow.conversation, conversation),
            CourseSignUpRow.state != LEFT,
        )

    def waiting(self) -> Sequence[SignUp]:
        """Return the sign-ups that staff have not dealt with, the oldest first."""
        return self._sign_ups(CourseSignUpRow.state == ASKED)

    def settle(self, sign_up: int, *, accepted: bool) -> bool:
        """Write down that the provider was told, or that the person cannot attend."""
        with self._database.write() as session:
            row = session.get(CourseSignUpRow, sign_up, with_for_update=True)
            if row is None or row.state != ASKED:
                return False
            if accepted:
                row.state = PASSED_ON
            else:
                free_seat(session, row, DECLINED)
            session.commit()
            return True

    def _signed_up(self, course_id: str, conversation: str, consent: str, now: datetime) -> SignUp:
        today = to_shanghai(now).date()
        with self._database.write() as session:
            row = session.scalar(_coded(course_id))
            if row is None or not is_shown(_course(row), today):
                raise NoSeat(course_id)
            if held := _held(session, row.id, conversation):
                return _sign_up(held[0], row)
            free = or_(CourseRow.seats.is_(None), CourseRow.taken < CourseRow.seats)
            taking = update(CourseRow).where(CourseRow.id == row.id, free)
            if not rows_changed(session, taking.values(taken=CourseRow.taken + 1)):
                raise NoSeat(course_id)
            same = {"course_id": row.id, "conversation": conversation}
            made = session.scalar(select(CourseSignUpRow).filter_by(**same))
            if made is None:
                made = CourseSignUpRow(**same)
                session.add(made)
            made.consent, made.state, made.at = consent, ASKED, now
            session.commit()
            session.refresh(row)
            return _sign_up(made, row)

    def _sign_ups(self, *conditions: object) -> Sequence[SignUp]:
        statement = (
            select(CourseSignUpRow, CourseRow)
            .join(CourseRow, CourseRow.id == CourseSignUpRow.course_id)
            .where(*conditions)  # type: ignore[arg-type]
            .order_by(CourseRow.starts_on, CourseSignUpRow.id)
        )
        with self._database.read() as session:
            return tuple(_sign_up(one, row) for one, row in session.execute(statement))


def free_seat(session: Session, sign_up: CourseSignUpRow, state: str) -> None:
    """End a sign-up; its seat, if it has one, is free again."""
    if sign_up.state in SEATED:
        freeing = update(CourseRow).where(CourseRow.id == sign_up.course_id, CourseRow.taken > 0)
        session.execute(freeing.values(taken=CourseRow.taken - 1))
    sign_up.state = state


def _held(session: Session, course: int, conversation: str) -> list[CourseSignUpRow]:
    mine = same_person(CourseSignUpRow.conversation, conversation)
    statement = select(CourseSignUpRow).where(
        CourseSignUpRow.course_id == course, mine, CourseSignUpRow.state.in_(SEATED)
    )
    return list(session.scalars(statement.with_for_update()))


def _coded(course_id: str) -> Select[CourseRow]:
    return select(CourseRow).where(CourseRow.code == read_id(PREFIX, course_id))


def _check(course: NewCourse) -> None:
    named = 0 < len(course.title) <= 100 and 0 < len(course.provider) <= 100
    days = course.starts_on is None or course.ends_on is None or course.starts_on <= course.ends_on
    numbers = (course.fee is None or 0 <= course.fee <= 1_000_000) and (
        course.seats is None or 0 < course.seats <= 100_000
    )
    if not (named and days and numbers and (own_name(course.city) or course.city == "100000")):
        raise BadCourse(course.title)


def _course(row: CourseRow) -> Course:
    names = (*NewCourse.__dataclass_fields__, "taken", "open")
    return Course(id=row.code, **{name: getattr(row, name) for name in names})


def _sign_up(one: CourseSignUpRow, row: CourseRow) -> SignUp:
    return SignUp(one.id, _course(row), one.conversation, one.state, one.at)
