"""What a plan promises: whose minutes, how many seats, and the limits kept when all are taken."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.windows.staggering.day import STEP, Group, HallDay, Plan
from actions.windows.staggering.planning import plan_day

DAY = ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60))
HALL = HallDay(DAY, (Group(8, 12, 8, 49),), cap=40)
MIXED = replace(HALL, groups=(Group(3, 15, 6, 12), Group(5, 8, 6, 30), Group(1, 12, 8, 3)))


def seats(plan: Plan) -> int:
    return sum(seat.seats for seat in plan.seats)


def in_session(day: HallDay) -> np.ndarray:
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


@settings(max_examples=25)
@given(hall_days())
def test_any_hall_day_gets_a_plan_that_keeps_its_promises(day: HallDay) -> None:
    plan = plan_day(day)
    check_shape(day, plan)
    alone = plan_day(replace(day, cap=0)).forecast
    keeps = (plan.forecast.within_cap >= 0.95) | (alone.within_cap < 0.0)
    quiet = walk_ins_only(day)
    opened = in_session(day)
    assert (keeps | (quiet.within_cap < 0.955))[opened].all()
    if len(day.groups) == 1:
        over = plan.forecast.wait > day.wait_target + 1e-6
        assert not (over & (quiet.wait < day.wait_target * 0.95))[opened].any()


def walk_ins_only(day: HallDay):  # type: ignore[no-untyped-def]
    from actions.windows.staggering.forecasting import forecast

    return forecast(day, {})
