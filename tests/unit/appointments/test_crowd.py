"""Whom a hall expects at a minute, and the picture of its week."""

import struct
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.appointments.crowd import picture
from actions.appointments.crowd.expectation import SHOW, DayLoad, half_hours
from actions.appointments.records import Week

DAY = DayLoad({540: 2, 550: 1, 600: 4}, first=540, walk_ins=(1.0, 2.5), stay=20.0)
WEEK = Week(
    hall="测试大厅",
    capacity=40,
    days=tuple(date(2026, 11, 23) + timedelta(days=n) for n in (0, 1, 2)),
    times=(540, 570, 600),
    people=((4, 38, None), (12, None, 0), (None, None, None)),
)


@pytest.mark.parametrize(
    ("minute", "walking", "booked"),
    [(539, 0, 0), (540, 1, 2), (549, 2.5, 2), (550, 0, 3), (559, 0, 3), (560, 0, 1), (600, 0, 4)],
)
def test_people_are_walk_ins_and_who_booked_within_a_stay(
    minute: int, walking: float, booked: int
) -> None:
    assert DAY.people(minute) == pytest.approx(walking + SHOW * booked)


@given(
    booked=st.dictionaries(st.integers(0, 287).map(lambda n: 5 * n), st.integers(0, 9)),
    stay=st.floats(0, 120),
    minute=st.integers(0, 1440),
)
def test_the_quick_count_is_the_plain_one(booked: dict[int, int], stay: float, minute: int) -> None:
    plain = sum(people for start, people in booked.items() if minute - stay < start <= minute)
    assert DayLoad(booked, stay=stay).people(minute) == pytest.approx(SHOW * plain)


def test_a_mean_is_over_the_steps_of_its_stretch() -> None:
    # 9:00 and 9:05 before, 9:10 and 9:15 with the third, 9:20 and 9:25 without the first two.
    assert DAY.mean(540, 570) == pytest.approx((3.5 + SHOW * (2 + 2 + 3 + 3 + 1 + 1)) / 6)


def test_half_hours_go_from_first_opening_to_last_closing() -> None:
    assert half_hours([(540, 690), (810, 990)]) == tuple(range(540, 990, 30))
    assert half_hours([(525, 545)]) == (510, 540)


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def test_a_week_is_drawn_as_wide_as_a_telephone_shows() -> None:
    assert size(picture.week_png(WEEK)) == (900, 300)


def test_without_a_chinese_font_labels_are_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    # A missing character would be a warning, and so an error here.
    monkeypatch.setattr(picture, "FONTS", ())
    picture._font.cache_clear()
    try:
        assert size(picture.week_png(WEEK)) == (900, 300)
    finally:
        picture._font.cache_clear()
