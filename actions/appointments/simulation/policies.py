"""The five ways of letting people come, and how a person is given a time.

A policy only says which times are opened; everybody then takes, in the order of booking, the
free time nearest to their wish.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import floor

import numpy as np

from actions.appointments.simulation.people import Floats, People, walk_ins
from actions.appointments.simulation.scenarios import Scenario
from actions.appointments.staggering.day import Group, HallDay, Plan
from actions.appointments.staggering.planner import plan_day

HALF_HOUR = 30
DAY = 24 * 60


@dataclass(frozen=True)
class Opening:
    """A time that ``seats`` people of ``group`` may book; reserved ones only with priority."""

    minute: int
    group: int
    seats: int
    reserved: bool = False


def blocks(scenario: Scenario, length: int) -> list[Opening]:
    """Times every ``length`` minutes for all windows of a group at once.

    Each takes what the windows serve in it on average less the share of walk-ins; parts of
    a seat are carried to the next.
    """
    openings = []
    for number, group in enumerate(scenario.groups):
        owed = 0.0
        for start, end in scenario.sessions:
            for minute in range(start, end, length):
                served = group.windows * min(length, end - minute) / group.mean
                owed += served * (1 - scenario.walk_ins.share)
                seats = floor(owed + 1e-9)
                owed -= seats
                openings.append(Opening(minute, number, seats))
    return openings


def staggered(scenario: Scenario) -> list[Opening]:
    """The times that the plan of the hall-day opens."""
    seats = plan(scenario).seats
    return [Opening(seat.minute, seat.group, seat.seats, seat.reserved) for seat in seats]


def plan(scenario: Scenario) -> Plan:
    """The plan for a hall that knows its people's habits but not how this day will differ."""
    return plan_day(hall_day(scenario))


def hall_day(scenario: Scenario) -> HallDay:
    """The scenario as the planner sees it."""
    shape = _walk_in_shape(scenario)
    groups = tuple(
        Group(group.windows, group.mean, group.spread, walk_ins(scenario, group), shape)
        for group in scenario.groups
    )
    return HallDay(
        sessions=scenario.sessions,
        groups=groups,
        cap=scenario.cap,
        wait_target=scenario.plan.wait_target,
        show=scenario.booked.show,
        early=scenario.booked.early,
        jitter=scenario.booked.jitter,
        reserved=scenario.plan.reserved,
    )


def _walk_in_shape(scenario: Scenario) -> tuple[float, ...]:
    """Walk-ins per half-hour of the day, as the hall's records would show them."""
    minutes = np.zeros(DAY)
    opened = np.concatenate([np.arange(start, end) for start, end in scenario.sessions])
    rush = scenario.walk_ins.rush_minutes
    rest = len(opened) - rush
    share = scenario.walk_ins.rush_share if rest > 0 else 1.0
    minutes[opened[:rush]] = share / min(rush, len(opened))
    if rest > 0:
        minutes[opened[rush:]] = (1 - share) / rest
    return tuple(float(each) for each in minutes.reshape(-1, HALF_HOUR).sum(axis=1))


@dataclass(frozen=True)
class Times:
    """When the people of a day are to come and when they do, minutes, one entry each.

    ``given`` is NaN for walk-ins and those for whom no seat was left, ``comes`` for all who
    stay away.
    """

    given: Floats
    comes: Floats


def times(people: People, openings: Iterable[Opening] | None) -> Times:
    """The times under a policy that opens these for booking, or none at all.

    Without booking everybody who would come comes at the wished minute; with it, as early
    before the given one as is their habit.
    """
    if openings is None:
        given = np.where(people.books, people.wish, np.nan)
        comes = people.wish
    else:
        given = nearest(people, openings)
        comes = np.where(people.books, given - people.early, people.wish)
    return Times(given, np.where(people.shows, comes, np.nan))


def nearest(people: People, openings: Iterable[Opening]) -> Floats:
    """The minute each booking person is given, NaN for walk-ins and where no seat is left.

    One after the other they take the free seat nearest to their wish, the earlier of two
    equally near; people with priority take a reserved seat before another of the same minute.
    """
    ordered = sorted(openings, key=lambda opening: (opening.minute, not opening.reserved))
    minute = np.array([opening.minute for opening in ordered], dtype=np.float64)
    group = np.array([opening.group for opening in ordered], dtype=np.int64)
    reserved = np.array([opening.reserved for opening in ordered], dtype=np.bool_)
    free = np.array([opening.seats for opening in ordered], dtype=np.int64)
    given = np.full(len(people), np.nan)
    for person in np.flatnonzero(people.books):
        possible = (free > 0) & (group == people.group[person])
        if not people.priority[person]:
            possible &= ~reserved
        if possible.any():
            away = np.where(possible, np.abs(minute - people.wish[person]), np.inf)
            seat = int(np.argmin(away))
            free[seat] -= 1
            given[person] = minute[seat]
    return given


POLICIES: Mapping[str, Callable[[Scenario], Sequence[Opening]] | None] = {
    "walk_in": None,
    "hourly": partial(blocks, length=60),
    "fixed30": partial(blocks, length=30),
    "fixed15": partial(blocks, length=15),
    "staggered": staggered,
}
"""What each policy opens for booking on a day; none where everybody simply comes."""
