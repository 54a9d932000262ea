"""How things read anywhere in the console."""

from datetime import UTC, datetime, timedelta

from bot.console import views

NOW = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # 2 March, 01:30 in Shanghai


def test_times_are_shanghai_s() -> None:
    assert views.when(NOW, NOW) == "今天 01:30"
    assert views.when(NOW - timedelta(hours=2), NOW) == "3月1日 23:30"
    assert views.when(datetime(2025, 12, 31, 15, 59, tzinfo=UTC), NOW) == "2025年12月31日 23:59"
    assert views.when(datetime(2025, 12, 31, 16, 0, tzinfo=UTC), NOW) == "1月1日 00:00"
