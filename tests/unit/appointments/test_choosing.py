"""The order in which free times are offered: fit, calm, well apart, and never twice."""

from datetime import date, timedelta
from itertools import combinations, islice

from hypothesis import given
from hypothesis import strategies as st

from actions.appointments.offering.selection import Choice, Wanted, nearness, rank
from actions.calendar import at_minute

DAY = date(2026, 3, 12)
CAPACITY = 40
NINE, NOON, THREE = 9 * 60, 12 * 60, 15 * 60


def choice(minute: int, people: int = 0, day: date = DAY) -> Choice:
    return Choice(at_minute(day, minute), day, minute, people)


def wanted(start: int, end: int, *, earliest: bool = False, days: int = 1) -> Wanted:
    last = DAY + timedelta(days=days - 1)
    return Wanted(at_minute(DAY, start), at_minute(last, end), earliest)


def first(found: list[Choice], wish: Wanted, count: int = 3) -> list[Choice]:
    return list(islice(rank(found, wish, CAPACITY), count))


grid = st.lists(
    st.builds(
        choice,
        minute=st.integers(NINE // 5, 17 * 12).map(lambda step: step * 5),
        people=st.integers(0, CAPACITY),
        day=st.sampled_from([DAY + timedelta(days=n) for n in range(-2, 4)]),
    ),
    unique_by=lambda one: one.start,
    max_size=40,
)
wishes = st.builds(
    wanted,
    start=st.integers(NINE, NOON),
    end=st.integers(NOON + 1, 17 * 60),
    earliest=st.booleans(),
    days=st.integers(1, 3),
)


@given(found=grid, wish=wishes)
def test_every_time_is_offered_exactly_once(found: list[Choice], wish: Wanted) -> None:
    ranked = list(rank(found, wish, CAPACITY))
    assert sorted(one.start for one in ranked) == sorted(one.start for one in found)


@given(found=grid, wish=wishes)
def test_no_two_times_are_close_while_others_are_not(found: list[Choice], wish: Wanted) -> None:
    # Whatever is offered next to a time a quarter of an hour away or less, there was no
    # other left further from all that were offered before.
    ranked = list(rank(found, wish, CAPACITY))
    quarter = timedelta(minutes=15)
    for place, one in enumerate(ranked):
        before = ranked[:place]
        if any(abs(one.start - other.start) < quarter for other in before):
            assert all(
                any(abs(later.start - other.start) < quarter for other in before)
                for later in ranked[place:]
            )


@given(found=grid, start=st.integers(NINE, 16 * 60))
def test_the_first_time_for_a_point_is_among_the_nearest(found: list[Choice], start: int) -> None:
    wish = wanted(start, start + 60)
    inside = [one for one in found if wish.covers(one.start)]
    if inside:
        best = first(inside, wish, 1)[0]
        # Half an hour nearer outweighs the fullest hall: 2 an hour against 1.
        nearest = min(abs(one.start - wish.start) for one in inside)
        assert abs(best.start - wish.start) <= nearest + timedelta(minutes=30)


def test_a_stretch_gives_its_calmest_times_well_apart() -> None:
    people = {NINE: 20, NINE + 5: 3, NINE + 10: 4, NINE + 60: 12, NINE + 100: 8, NINE + 150: 15}
    found = [choice(minute, number) for minute, number in people.items()]
    offered = first(found, wanted(NINE, NOON))
    assert [one.minute for one in offered] == [NINE + 5, NINE + 100, NINE + 150]
    assert all(
        abs(one.start - other.start) >= timedelta(minutes=45)
        for one, other in combinations(offered, 2)
    )


def test_a_wish_over_days_gives_different_days_the_sooner_first() -> None:
    days = [DAY + timedelta(days=n) for n in range(3)]
    found = [choice(minute, 5, day) for day in days for minute in (NINE, NOON - 60, THREE)]
    offered = first(found, wanted(NINE, 17 * 60, days=3))
    assert [one.day for one in offered] == days


def test_a_much_calmer_day_goes_before_a_sooner_one() -> None:
    found = [choice(NINE, 30), choice(NINE, 4, DAY + timedelta(days=1))]
    offered = first(found, wanted(NINE, 17 * 60, days=2))
    assert [one.people for one in offered] == [4, 30]


def test_a_point_takes_the_nearest_a_quarter_of_an_hour_apart() -> None:
    found = [choice(minute) for minute in range(THREE, THREE + 60, 5)]
    offered = first(found, wanted(THREE, THREE + 60))
    assert [one.minute - THREE for one in offered] == [0, 15, 30]


def test_the_earliest_go_by_time_however_full() -> None:
    found = [choice(minute, 40 - minute // 60) for minute in range(NINE, NOON, 5)]
    offered = first(found, wanted(NINE, NOON, earliest=True), 5)
    assert [one.minute - NINE for one in offered] == [0, 15, 30, 45, 60]


def test_beside_a_full_afternoon_come_the_same_hours_of_the_next_day() -> None:
    after = DAY + timedelta(days=1)
    found = [choice(NINE, 5), *(choice(minute, 5, after) for minute in (NINE, THREE, 17 * 60 + 30))]
    offered = first(found, wanted(13 * 60, 17 * 60), 2)
    # Another day (0.3) beside four hours of the same one (1.0): the wished hours win.
    assert [(one.day, one.minute) for one in offered] == [(after, THREE), (DAY, NINE)]


def test_a_wish_of_several_days_has_no_hours_and_a_point_only_its_start() -> None:
    assert wanted(NINE, NOON, days=2).band == (0, 24 * 60)
    assert wanted(NINE, NINE + 60).band == (NINE, NINE)
    assert wanted(NINE, 24 * 60).band == (NINE, 24 * 60)
    midnight = Wanted(at_minute(DAY, 0), at_minute(DAY, 24 * 60))
    assert midnight.days == (DAY, DAY)


def test_the_same_district_is_nearer_than_the_same_city_than_the_same_province() -> None:
    ours = "310115"
    places = ["110105", "310104", "310115", "320105"]
    assert [nearness(place, ours) for place in places] == [0, 2, 3, 0]
    assert nearness("330106", "330203") == 1
