"""Which slots are offered: free, in the wish, calm, spread, and never twice."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from actions.windows.offering.choosing import Load, choices, expected_people, nearest_days, pick

DAY = datetime(2026, 3, 12, 1, 0, tzinfo=UTC)  # 9:00 in Shanghai
END = DAY + timedelta(hours=8)
HALF = timedelta(minutes=30)


def load(number: int, minutes: int, taken: int, does: bool = True) -> Load:
    start = DAY + timedelta(minutes=minutes)
    return Load(number, start, start + HALF, 3, taken, does)


loads = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 3), st.booleans()), max_size=30).map(
    lambda rows: [load(n, 10 * m, taken, does) for n, (m, taken, does) in enumerate(rows)]
)


@given(loads=loads, limit=st.integers(1, 4))
def test_pages_hold_every_choice_once(loads: list[Load], limit: int) -> None:
    found = choices(loads, DAY, END, DAY - HALF)
    shown = []
    for offset in range(0, len(found) + limit, limit):
        shown += pick(found, DAY, END, limit=limit, offset=offset)
    assert sorted(choice.load.id for choice in shown) == sorted(c.load.id for c in found)


@given(loads=loads)
def test_only_free_slots_for_the_business_one_per_start(loads: list[Load]) -> None:
    found = choices(loads, DAY, END, DAY)
    assert all(c.load.taken < 3 and c.load.does_business and c.start > DAY for c in found)
    assert len({c.start for c in found}) == len(found)
    # Checked against the plainest way of counting: minute by minute.
    for choice in found:
        present = [x for x in loads if x.start < choice.load.end and x.end > choice.start]
        assert choice.people == sum(x.taken for x in present)


def test_a_stretch_is_spread_and_the_calmest_of_each_part_taken() -> None:
    day = [load(n, 30 * n, taken) for n, taken in enumerate([2, 1, 2, 2, 0, 2, 2, 2, 1])]
    found = choices(day, DAY, END, DAY - HALF)
    assert [c.load.id for c in pick(found, DAY, END, limit=3, offset=0)] == [4, 1, 8]


def test_a_point_takes_the_nearest() -> None:
    day = [load(n, 30 * n, taken) for n, taken in enumerate([0, 0, 2, 2, 2, 0, 0])]
    found = choices(day, DAY, END, DAY - HALF)
    start = DAY + timedelta(minutes=90)
    picked = pick(found, start, start + timedelta(hours=1), limit=3, offset=0)
    assert [c.load.id for c in picked] == [3, 2, 4]


def test_people_of_every_window_are_expected_while_they_overlap() -> None:
    day = [load(1, 0, 3), load(2, 10, 2, does=False), load(3, 30, 1)]
    assert expected_people(day, DAY, DAY + HALF) == 5
    assert expected_people(day, DAY + HALF, DAY + 2 * HALF) == 3


def test_the_nearest_days_are_kept_until_there_are_enough() -> None:
    days = [load(n, 24 * 60 * n, 0) for n in range(6)]
    found = choices(days, DAY, DAY + timedelta(days=7), DAY - HALF)
    wished = DAY + timedelta(days=3)
    kept = nearest_days(found, wished, wished + HALF, enough=3)
    assert [c.load.id for c in kept] == [2, 3, 4]
