"""What a plan promises: whose minutes, how many seats, and the limits kept when all are taken."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from actions.appointments.staggering.day import STEP, Group, HallDay, Plan
from actions.appointments.staggering.forecast import forecast
from actions.appointments.staggering.planner import plan_day

DAY = ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60))
HALL = HallDay(DAY, (Group(8, 12, 8, 49),), cap=40)
MIXED = replace(HALL, groups=(Group(3, 15, 6, 12), Group(5, 8, 6, 30), Group(1, 12, 8, 3)))


def seats(plan: Plan) -> int:
    return sum(seat.seats for seat in plan.seats)


def in_session(day: HallDay) -> NDArray[np.bool_]:
    minutes = np.arange(day.sessions[0][0], day.sessions[-1][1])
    return np.logical_or.reduce([(minutes >= a) & (minutes < b) for a, b in day.sessions])


@st.composite
def hall_days(draw: st.DrawFn) -> HallDay:
    groups = []
    for _ in range(draw(st.integers(1, 3))):
        windows = draw(st.integers(1, 8))
        mean = draw(st.floats(2, 40))
        spread = mean * draw(st.floats(0, 1.5))
        share = draw(st.floats(0, 0.5))
        groups.append(Group(windows, mean, spread, share * windows * 390 / mean))
    start = draw(st.integers(8 * 60, 10 * 60))
    first = (start, start + draw(st.integers(20, 240)))
    second = (first[1] + draw(st.integers(5, 120)), 18 * 60)
    return HallDay(
        draw(st.sampled_from([(first,), (first, second)])),
        tuple(groups),
        cap=draw(st.integers(0, 60)),
        wait_target=draw(st.floats(0, 15)),
        jitter=draw(st.floats(0, 10)),
        reserved=draw(st.floats(0, 1)),
    )


def check_shape(day: HallDay, plan: Plan) -> None:
    for seat in plan.seats:
        group = day.groups[seat.group]
        assert seat.minute % STEP == 0
        assert 0 <= seat.window < group.windows
        assert seat.seats >= 1
        assert any(a <= seat.minute < b for a, b in day.sessions)
    places = Counter((seat.group, seat.window, seat.minute) for seat in plan.seats)
    assert set(places.values()) <= {1}


@pytest.mark.parametrize("day", [HALL, MIXED, replace(HALL, sessions=((9 * 60 + 3, 15 * 60 + 1),))])
def test_seats_are_on_the_grid_and_in_the_sessions(day: HallDay) -> None:
    plan = plan_day(day)
    assert seats(plan) > 20
    check_shape(day, plan)


@settings(max_examples=8)
@given(hall_days())
def test_any_hall_day_gets_a_plan_that_keeps_its_promises(day: HallDay) -> None:
    """Where walk-ins alone break a limit, a plan can only leave it at that."""
    plan, alone = plan_day(day), forecast(day, {})
    check_shape(day, plan)
    opened = in_session(day)
    full = (plan.forecast.within_cap < 0.95) & (alone.within_cap > 0.955)
    target = max(day.target(group) for group in day.groups)
    long = (plan.forecast.wait > target + 1e-6) & (alone.wait < 0.95 * target)
    assert not full[opened].any()
    assert not long[opened].any()


@pytest.mark.parametrize("day", [HALL, MIXED, replace(HALL, cap=13), replace(MIXED, cap=14)])
def test_all_seats_taken_the_limits_hold_at_every_minute(day: HallDay) -> None:
    plan = plan_day(day)
    opened = in_session(day)
    assert plan.forecast.within_cap[opened].min() >= 0.95
    assert plan.forecast.wait[opened].max() <= max(map(day.target, day.groups))


@pytest.mark.parametrize("day", [HALL, MIXED])
def test_limits_are_not_kept_by_opening_next_to_nothing(day: HallDay) -> None:
    """At least three quarters of what the windows could do are booked or left to walk-ins."""
    able = sum(group.windows * 390 / group.mean for group in day.groups)
    coming = sum(group.walk_ins for group in day.groups)
    assert seats(plan_day(day)) * day.show + coming > 0.75 * able


@pytest.mark.parametrize("day", [HALL, MIXED])
def test_fewer_walk_ins_never_fewer_seats(day: HallDay) -> None:
    opened = [
        seats(plan_day(replace(day, groups=tuple(less_walking(day, share)))))
        for share in (0.0, 1.0, 2.0)
    ]
    assert opened == sorted(opened, reverse=True)
    assert opened[0] > opened[-1]


def less_walking(day: HallDay, share: float) -> Iterator[Group]:
    for group in day.groups:
        yield replace(group, walk_ins=share * group.walk_ins)


@pytest.mark.parametrize("day", [HALL, MIXED])
def test_a_smaller_cap_never_more_seats(day: HallDay) -> None:
    opened = [seats(plan_day(replace(day, cap=cap))) for cap in (0, 8, 12, 16, 40)]
    assert opened == sorted(opened)
    assert opened[0] == 0 < opened[-1]


@pytest.mark.parametrize("day", [HALL, MIXED])
def test_a_lower_target_means_fewer_seats_and_shorter_waits(day: HallDay) -> None:
    strict, lax = (plan_day(replace(day, wait_target=target)) for target in (2.0, 8.0))
    assert seats(strict) < seats(lax)
    assert strict.forecast.wait.mean() < lax.forecast.wait.mean()


def test_the_windows_of_a_group_call_at_different_minutes() -> None:
    plan = plan_day(HALL)
    minutes = [{s.minute for s in plan.seats if s.window == w} for w in range(8)]
    assert all(len(each) >= 15 for each in minutes)
    assert len({frozenset(each) for each in minutes}) == 8
    together = Counter(seat.minute for seat in plan.seats)
    assert max(together.values()) <= 5
    assert sum(s.seats for s in plan.seats if s.minute % 60 == 0) < 0.15 * seats(plan)


def test_a_window_is_not_called_again_before_its_service_is_likely_over() -> None:
    plan = plan_day(replace(HALL, groups=(Group(6, 20, 5, 0),)))
    for window in range(6):
        mine = sorted(seat.minute for seat in plan.seats if seat.window == window)
        assert min(b - a for a, b in pairwise(mine)) >= 10


@pytest.mark.parametrize("group", [Group(1, 12, 8, 6), Group(1, 20, 11, 3), Group(2, 20, 11, 6)])
def test_a_single_window_can_be_booked_too(group: Group) -> None:
    able = group.windows * sum(end - start for start, end in DAY) / group.mean
    assert seats(plan_day(HallDay(DAY, (group,), cap=20))) >= 0.35 * able


def test_windows_do_not_stand_idle_until_the_stream_has_come() -> None:
    plan = plan_day(HALL)
    for start, _ in HALL.sessions:
        first = sum(seat.seats for seat in plan.seats if start <= seat.minute < start + 10)
        later = sum(seat.seats for seat in plan.seats if start + 30 <= seat.minute < start + 40)
        assert first > later


def test_short_services_take_several_people_at_one_minute_of_a_window() -> None:
    plan = plan_day(HallDay(DAY, (Group(2, 2, 1, 0),), cap=40))
    assert max(seat.seats for seat in plan.seats) > 1
    check_shape(HALL, plan)


@pytest.mark.parametrize("share", [0.0, 0.05, 0.3, 1.0])
def test_reserved_seats_are_the_share_asked_for_spread_over_the_day(share: float) -> None:
    plan = plan_day(replace(HALL, reserved=share))
    kept = [seat.minute for seat in plan.seats if seat.reserved]
    assert len(kept) == pytest.approx(share * len(plan.seats), abs=1)
    if share == 0.05:
        assert kept[0] < 10 * 60
        assert max(b - a for a, b in pairwise(kept)) < 150


def test_the_last_people_called_have_time_before_the_windows_close() -> None:
    plan = plan_day(HALL)
    morning = [seat.minute for seat in plan.seats if seat.minute < 12 * 60]
    assert 12 * 60 - 25 <= max(morning) <= 12 * 60 - 12


def test_a_service_longer_than_the_session_is_not_called() -> None:
    day = replace(HALL, sessions=((9 * 60, 9 * 60 + 40), (14 * 60, 17 * 60)))
    plan = plan_day(replace(day, groups=(Group(4, 60, 20, 0),)))
    assert plan.seats
    assert min(seat.minute for seat in plan.seats) >= 14 * 60


def test_a_rush_of_walk_ins_closes_its_own_time_only() -> None:
    rush = tuple(1.0 if n in (18, 19) else 0.0 for n in range(48))  # 9:00 to 10:00
    plan = plan_day(replace(HALL, groups=(Group(8, 12, 8, 60, rush),)))
    minutes = [seat.minute for seat in plan.seats]
    assert not [minute for minute in minutes if 545 <= minute < 600]
    assert len([minute for minute in minutes if minute >= 810]) > 90


def test_one_window_and_forty_get_plans() -> None:
    one = plan_day(HallDay(DAY, (Group(1, 12, 8, 0),), cap=40))
    forty = plan_day(HallDay(DAY, (Group(40, 12, 8, 0),), cap=200))
    assert 8 <= seats(one) < 32
    assert seats(forty) > 45 * seats(one)  # a long counter bears more per window


def test_the_forecast_of_a_plan_is_that_of_all_its_seats_taken() -> None:
    plan = plan_day(MIXED)
    taken: Counter[tuple[int, int]] = Counter()
    for seat in plan.seats:
        taken[seat.group, seat.minute] += seat.seats
    again = forecast(MIXED, taken)
    assert np.array_equal(again.people, plan.forecast.people)
    assert np.array_equal(again.within_cap, plan.forecast.within_cap)
