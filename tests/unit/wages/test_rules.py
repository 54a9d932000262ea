"""Figures of wage guidance: quartiles, units, and how a pay stands beside them."""

from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.wages.rules import ABOVE, BELOW, LEAST, WITHIN, Quartiles, quartiles, stands


def test_fewer_than_ten_give_no_figure() -> None:
    assert quartiles([6000] * (LEAST - 1)) is None
    assert quartiles([6000] * LEAST) == Quartiles(6000, 6000, 6000)


@given(st.lists(st.integers(1_000, 50_000), min_size=LEAST, max_size=60))
def test_quartiles_lie_in_order_within_what_was_stated(pays: list[int]) -> None:
    found = quartiles(pays)
    assert found is not None
    assert min(pays) <= found.q1 <= found.median <= found.q3 <= max(pays)
    assert found.median == round(quantiles(pays, n=4, method="inclusive")[1])


@pytest.mark.parametrize(
    ("unit", "median"), [("month", 8000), ("year", 96000), ("day", 368), ("hour", 46)]
)
def test_pay_by_another_unit(unit: str, median: int) -> None:
    assert Quartiles(7000, 8000, 9000).by(unit).median == median


@pytest.mark.parametrize(("pay", "where"), [(6999, BELOW), (7000, WITHIN), (9001, ABOVE)])
def test_how_a_pay_stands(pay: int, where: str) -> None:
    assert stands(pay, Quartiles(7000, 8000, 9000)) == where
