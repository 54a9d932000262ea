"""Which courses fit a wish, and in which order. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from actions.training.records import Course, CoursePage, CourseWish
from language.places import NATIONAL, city_of, covers
from language.trades import find_trade, related

FREE, SUBSIDISED, WEEKEND, EVENING, ONLINE = "免费", "有补贴", "周末", "晚上", "线上"
CONDITIONS: Mapping[str, Callable[[Course], bool]] = {
    FREE: lambda course: course.fee == 0,
    SUBSIDISED: lambda course: course.subsidised is True,
    WEEKEND: lambda course: course.weekend is True,
    EVENING: lambda course: course.evening is True,
    ONLINE: lambda course: course.city == NATIONAL,
}
"""What a course may be; what it does not say is unknown, and no agreement."""

IN_TITLE, SAME, NEAR, IN_WORDS = 4, 3, 1, 1
"""How well a course teaches a subject: its title says so, its trade is the same, is near, or its
description mentions it."""

SUBJECT, PLACE, WANTS = "subject", "place", "wants"
_WEEKEND = re.compile(r"周末|双休|(?:周|礼拜|星期)[六日天]|[六日天]、[日天]")
_EVENING = re.compile(r"晚|夜|(?<!\d)(?:1[89]|2[0-2])[:：点]\d*\s*[-–—~至到]")


def page(
    courses: Sequence[Course], wish: CourseWish, today: date, *, limit: int, offset: int
) -> CoursePage:
    """Return a page of the courses for a wish, the best first.

    Where none fits, conditions are given up first, then the place: somebody who looks for a
    course nearby is not helped by the same one far away. What was refused is never shown.
    """
    taught = [
        (course, fit)
        for course in courses
        if is_shown(course, today) and (fit := fitness(course, wish.subject))
    ]
    for relaxed in ((), (WANTS,), (PLACE,), (PLACE, WANTS)):
        kept = [(course, fit) for course, fit in taught if _suits(course, wish, relaxed)]
        if kept:
            ordered = sorted(kept, key=lambda one: _order(one[0], one[1], wish))
            found = tuple(course for course, _ in ordered[offset : offset + limit])
            only_near = bool(wish.subject) and max(fit for _, fit in kept) <= NEAR
            return CoursePage(len(kept), found, (SUBJECT, *relaxed) if only_near else relaxed)
    return CoursePage(0, ())


def is_at_weekend(times: str) -> bool | None:
    """Whether it is taught at the weekend, as its times are written; None where they are not."""
    return bool(_WEEKEND.search(times)) if times else None


def is_in_the_evening(times: str) -> bool | None:
    """Whether it is taught in the evening."""
    return bool(_EVENING.search(times)) if times else None


def is_shown(course: Course, today: date) -> bool:
    """Whether one may still join: it is open and has not begun."""
    return course.open and (course.starts_on is None or course.starts_on > today)


def fitness(course: Course, subject: str) -> int:
    """Return how well a course teaches a subject, 0 not at all; 1 where none was named."""
    said = subject.strip().lower()
    if not said:
        return 1
    best = IN_TITLE if _named_in(said, course.title.lower()) else 0
    trade = find_trade(said)
    if trade is not None and course.trade:
        if trade.name == course.trade:
            best = max(best, SAME)
        elif course.trade in related(trade):
            best = max(best, NEAR)
    return max(best, IN_WORDS if said in course.description.lower() else 0)


def _named_in(said: str, title: str) -> bool:
    """Whether a title holds what was said, or each half of it: 电商直播 for 直播带货."""
    if said in title:
        return True
    pairs = [said[at : at + 2] for at in range(len(said) - 1)]
    return len(said) > 3 and any(pair in title for pair in (pairs[0], pairs[-1]))


def _suits(course: Course, wish: CourseWish, relaxed: Sequence[str]) -> bool:
    if any(CONDITIONS[name](course) for name in wish.unwanted if name in CONDITIONS):
        return False
    wants = () if WANTS in relaxed else wish.wants
    fits = all(CONDITIONS[name](course) for name in wants if name in CONDITIONS)
    return fits and (PLACE in relaxed or _is_there(course, wish.place))


def _is_there(course: Course, place: str | None) -> bool:
    if place is None or NATIONAL in (place, course.city):
        return True
    return covers(place, course.city) or city_of(place) == city_of(course.city)


def _order(course: Course, fit: int, wish: CourseWish) -> tuple[int, int, bool, bool, date, str]:
    unmet = sum(not CONDITIONS[name](course) for name in wish.wants if name in CONDITIONS)
    full = course.seats_left == 0
    elsewhere = wish.place is not None and course.city == NATIONAL
    return (-fit, unmet, full, elsewhere, course.starts_on or date.max, course.id)
