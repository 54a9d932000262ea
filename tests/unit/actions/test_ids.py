"""Ids that people read out: every single slip is noticed."""

from hypothesis import given
from hypothesis import strategies as st

from actions.ids import ALPHABET, make_id, new_id, read_id

bodies = st.text(ALPHABET, min_size=2, max_size=10)


@given(bodies)
def test_an_id_reads_back_however_it_is_typed(body: str) -> None:
    given_out = make_id("YY", body)
    assert read_id("YY", given_out) == given_out
    assert read_id("YY", f" {given_out.lower()} ") == given_out
    assert read_id("YY", given_out.removeprefix("YY-")) == given_out


@given(bodies, st.data())
def test_one_wrong_character_is_noticed(body: str, data: st.DataObject) -> None:
    right = make_id("YY", body)
    place = data.draw(st.integers(3, len(right) - 1))
    wrong = data.draw(st.sampled_from([c for c in ALPHABET if c != right[place]]))
    assert read_id("YY", right[:place] + wrong + right[place + 1 :]) is None


@given(bodies, st.data())
def test_two_swapped_neighbours_are_noticed(body: str, data: st.DataObject) -> None:
    right = make_id("YY", body)
    place = data.draw(st.integers(3, len(right) - 2))
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    assert swapped == right or read_id("YY", swapped) is None


def test_new_ids_are_valid() -> None:
    assert all(read_id("YY", (fresh := new_id("YY"))) == fresh for _ in range(100))
