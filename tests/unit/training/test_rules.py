"""Which courses fit a wish, in which order; what is read as a wish."""

from dataclasses import replace
from datetime import date

import pytest

from actions.dialogue.tasks import Words
from actions.training.chat.values import places, subjects, wants
from actions.training.demo import SEED, demo_courses
from actions.training.records import Course, CourseWish
from actions.training.rules import (
    EVENING,
    FREE,
    PLACE,
    WANTS,
    WEEKEND,
    is_at_weekend,
    is_in_the_evening,
    page,
)
from tests.chat.conftest import NOW, named_in

TODAY = date(2026, 3, 4)
WUHAN, KUNMING, ONLINE = "420100", "530100", "100000"
BASE = Course(
    title="电工取证班",
    trade="电工",
    provider="甲学校",
    city=WUHAN,
    starts_on=date(2026, 3, 20),
    id="KC-1",
    seats=20,
)


def found(wish: CourseWish, *courses: Course) -> tuple[list[str], tuple[str, ...]]:
    got = page(courses, wish, TODAY, limit=9, offset=0)
    return [course.id for course in got.courses], got.relaxed


def test_what_has_begun_or_is_closed_is_not_shown() -> None:
    begun = replace(BASE, starts_on=TODAY)
    assert found(CourseWish(), begun, replace(BASE, open=False)) == ([], ())
    assert found(CourseWish(), replace(BASE, starts_on=None)) == (["KC-1"], ())


def test_the_same_trade_comes_before_a_near_one_and_full_ones_last() -> None:
    near = replace(BASE, id="KC-2", title="制冷维修班", trade="电梯工")
    full = replace(BASE, id="KC-3", taken=20)
    soon = replace(BASE, id="KC-4", starts_on=date(2026, 3, 6))
    other = replace(BASE, id="KC-5", title="月嫂班", trade="月嫂")
    got, _ = found(CourseWish("电工"), near, full, BASE, soon, other)
    assert got[:3] == ["KC-4", "KC-1", "KC-3"]
    assert "KC-5" not in got


def test_conditions_are_given_up_before_the_place_and_refusals_never() -> None:
    here = replace(BASE, fee=900, evening=True)
    there = replace(BASE, id="KC-2", city=KUNMING, fee=0)
    free_here = CourseWish("电工", WUHAN, (FREE,))
    assert found(free_here, here, there) == (["KC-1"], (WANTS,))
    assert found(CourseWish("电工", "310000"), here) == (["KC-1"], (PLACE,))
    assert found(CourseWish("电工", WUHAN, (), (EVENING,)), here) == ([], ())
    # Unknown is no agreement.
    assert found(CourseWish("电工", WUHAN, (WEEKEND,)), BASE) == (["KC-1"], (WANTS,))


def test_what_is_on_line_is_everywhere() -> None:
    online = replace(BASE, id="KC-9", city=ONLINE)
    assert found(CourseWish("电工", KUNMING), online) == (["KC-9"], ())


@pytest.mark.parametrize(
    ("times", "weekend", "evening"),
    [
        ("周六、周日 9:00–16:30", True, False),
        ("周一至周五 18:30–20:30", False, True),
        ("周一至周五 9:00–16:30", False, False),
        ("", None, None),
    ],
)
def test_times_as_they_are_written(times: str, weekend: bool, evening: bool) -> None:
    assert (is_at_weekend(times), is_in_the_evening(times)) == (weekend, evening)


@pytest.mark.parametrize(
    ("text", "subject", "place", "conditions"),
    [
        ("哪有不要钱的焊工班", "焊工", None, [FREE]),
        ("我想在昆明学做西点", "西点", KUNMING, []),
        ("下了班还能去上的剪视频课", "剪视频", None, [EVENING]),
        ("礼拜天上课的呢", None, None, [WEEKEND]),
        ("武汉有哪些培训班", "", WUHAN, []),
        ("俺想学门手艺", None, None, []),
        ("帮我找昆明的电工工作", None, None, []),
    ],
)
def test_what_is_read_as_a_wish(
    text: str, subject: str | None, place: str | None, conditions: list[str]
) -> None:
    said = Words(text, NOW, named_in(text))
    assert next((one.value for one in subjects(said)), None) == subject
    assert next((one.value for one in places(said)), None) == place
    assert [one.value for one in wants(said)] == conditions


def test_made_up_courses_are_marked_and_begin_after_set_up() -> None:
    made = demo_courses(SEED, today=TODAY)
    assert made == demo_courses(SEED, today=TODAY)
    assert len({key for key, _ in made}) == len(made) == 41
    for _, course in made:
        assert course.is_demo
        assert course.provider.startswith("示例")
        assert course.starts_on is None or course.starts_on > TODAY
