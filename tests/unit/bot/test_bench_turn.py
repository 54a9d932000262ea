"""A turn is shown beside both plain bots: what ours takes, and how many times theirs."""

from bench import echo
from bench.turn import OURS, TITLES, _compared, table

TIMES = {"stock": [10.0] * 20, "plain": [20.0] * 20, OURS: [30.0] * 20}


def test_ours_is_compared_with_each_plain_bot() -> None:
    row = _compared(TIMES)
    assert (row["stock_p50_ratio"], row["plain_p50_ratio"]) == (3.0, 1.5)
    assert (row["ours_p50"], row["stock_p95"], row["n"]) == (30.0, 10.0, 20)


def test_every_plain_bot_has_a_line() -> None:
    assert set(TITLES) == set(echo.PIPELINES)
    rates = {f"{name}_per_second": 1.0 for name in TIMES}
    ages = {f"{name}_{age}_p50": 1.0 for name in TIMES for age in ("new", "old")}
    shown = table(
        {
            "one": _compared(TIMES),
            "side_by_side": _compared(TIMES) | rates,
            "long": ages | {"ratio": 1.0},
            "resident_mb": 1400,
        }
    )
    for title in TITLES.values():
        assert shown.count(title) == 4
    assert "30.0 毫秒" in shown
    assert "3.0 倍" in shown
