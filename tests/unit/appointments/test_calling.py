"""Whom the day board calls next."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from actions.appointments.visits.call_order import (
    SERVING,
    WAITING,
    Visit,
    calling_order,
    groups_of,
    next_to_call,
    people_ahead,
)
from store.clock import SHANGHAI

NINE = datetime(2026, 3, 11, 9, 0, tzinfo=SHANGHAI)
WINDOWS = {
    "1号": frozenset({"登记"}),
    "2号": frozenset({"登记"}),
    "3号": frozenset({"登记", "档案"}),
}


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def booked(
    code: str, start: int, arrived: int, *, priority: bool = False, window: str = "1号"
) -> Visit:
    return Visit(
        code, "登记", window, at(start), "checked_in", priority=priority, arrived_at=at(arrived)
    )


def walk_in(code: str, arrived: int, *, priority: bool = False, business: str = "登记") -> Visit:
    return Visit(
        code,
        business,
        "",
        at(arrived),
        "checked_in",
        priority=priority,
        walk_in=True,
        arrived_at=at(arrived),
    )


def codes(visits: tuple[Visit, ...]) -> str:
    return "".join(visit.code for visit in visits)


def test_who_comes_early_does_not_overtake() -> None:
    assert codes(calling_order([booked("B", 10, -20), booked("A", 0, 5)])) == "AB"


def test_who_comes_late_counts_from_coming() -> None:
    assert codes(calling_order([booked("B", 0, 15), booked("A", 10, 9)])) == "AB"


def test_walk_ins_count_from_their_arrival() -> None:
    waiting = [booked("C", 20, 0), walk_in("B", 12), booked("A", 10, 1)]
    assert codes(calling_order(waiting)) == "ABC"


def test_a_booking_goes_before_a_walk_in_of_the_same_minute() -> None:
    assert codes(calling_order([walk_in("B", 10), booked("A", 10, 10)])) == "AB"


def test_priority_people_go_first_booked_or_not() -> None:
    waiting = [booked("C", 0, 0), booked("B", 10, 9, priority=True), walk_in("A", 8, priority=True)]
    assert codes(calling_order(waiting)) == "ABC"


def test_only_who_waits_is_called() -> None:
    waiting = booked("A", 0, 0)
    called = Visit("B", "登记", "1号", at(0), "checked_in", False, called_at=at(1))
    coming = Visit("C", "登记", "1号", at(0), "confirmed", False)
    assert [one.stage for one in (waiting, called, coming)] == [WAITING, SERVING, "confirmed"]
    assert codes(calling_order([coming, called, waiting])) == "A"


def test_windows_of_one_group_share_their_queue() -> None:
    assert groups_of(booked("A", 0, 0, window="2号"), WINDOWS) == {WINDOWS["1号"]}


def test_a_walk_in_may_go_wherever_the_business_is_done() -> None:
    anywhere, only_third = walk_in("A", 0), walk_in("B", 0, business="档案")
    assert groups_of(anywhere, WINDOWS) == {WINDOWS["1号"], WINDOWS["3号"]}
    assert groups_of(only_third, WINDOWS) == {WINDOWS["3号"]}


def test_there_is_one_next_for_each_group() -> None:
    order = calling_order(
        [booked("A", 0, 0), booked("B", 5, 5), booked("C", 9, 9, window="3号"), walk_in("D", 12)]
    )
    assert codes(next_to_call(order, WINDOWS)) == "AC"


def test_who_is_next_in_two_groups_stands_there_once() -> None:
    assert codes(next_to_call(calling_order([walk_in("A", 0)]), WINDOWS)) == "A"


def test_whose_window_is_no_more_goes_wherever_the_business_is_done() -> None:
    gone = booked("A", 0, 0, window="9号")
    assert groups_of(gone, WINDOWS) == {WINDOWS["1号"], WINDOWS["3号"]}


def test_who_cannot_be_served_is_never_next() -> None:
    nobody_does_it = walk_in("A", 0, business="没有的业务")
    assert next_to_call(calling_order([nobody_does_it]), WINDOWS) == ()


def test_only_people_of_the_same_windows_are_ahead() -> None:
    order = calling_order(
        [
            booked("A", 0, 0),
            booked("B", 5, 5, window="2号"),
            booked("C", 9, 9, window="3号"),
            walk_in("D", 12),
            walk_in("E", 15, business="档案"),
        ]
    )
    assert people_ahead(order, WINDOWS) == {"A": 0, "B": 1, "C": 0, "D": 3, "E": 2}


MINUTES = st.integers(-30, 200)
SOMEBODY = st.builds(
    lambda start, arrived, priority, walks: (
        walk_in("X", arrived, priority=priority)
        if walks
        else booked("X", start, arrived, priority=priority)
    ),
    MINUTES,
    MINUTES,
    st.booleans(),
    st.booleans(),
)


@given(st.lists(SOMEBODY, max_size=12))
def test_nobody_is_called_before_somebody_with_an_older_claim(waiting: list[Visit]) -> None:
    order = calling_order(waiting)
    claims = [(not one.priority, max(one.start, one.arrived_at or one.start)) for one in order]
    assert len(order) == len(waiting)
    assert claims == sorted(claims)
