"""How days, clocks and pay are said."""

from datetime import UTC, date, datetime, timedelta

import pytest

from language import wording

NOW = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # Monday 2 March, 01:30 in Shanghai


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "今天 01:30"),
        (1, "明天3月3日周二 01:30"),
        (2, "后天3月4日周三 01:30"),
        (3, "3月5日周四 01:30"),
        (-1, "3月1日周日 01:30"),
    ],
)
def test_a_near_day_is_named_and_another_has_its_weekday(days: int, said: str) -> None:
    assert wording.day_and_time(NOW + timedelta(days=days), NOW) == said


def test_times_on_record_are_shanghai_s() -> None:
    assert wording.on_record(NOW, NOW) == "今天 01:30"
    assert wording.on_record(NOW - timedelta(hours=2), NOW) == "3月1日 23:30"
    before = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
    assert wording.on_record(before, NOW) == "2025年12月31日 23:59"
    assert wording.on_record(before + timedelta(minutes=1), NOW) == "1月1日 00:00"


def test_dates() -> None:
    on = date(2020, 2, 6)
    assert wording.date_with_weekday(on) == "2月6日周四"
    assert wording.full_date(on) == "2020年2月6日"
    assert wording.full_date_with_weekday(on) == "2020年2月6日 星期四"
    assert wording.month(on) == "2020年2月"
    assert wording.short_date(on) == "周四 2/6"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (6000, 8000, "6000–8000 元/月"),
        (6000, None, "6000 元/月起"),
        (None, 8000, "最高 8000 元/月"),
        (None, None, "工资面议"),
    ],
)
def test_pay(low: int | None, high: int | None, said: str) -> None:
    assert wording.pay(low, high) == said


def test_a_wish_for_pay() -> None:
    assert wording.pay_at_least(6000) == "6000 元以上"
