"""What stands for a number: no reader stumbles over it, and none that is typed is one."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.pay import read_pay
from language.personal import find_personal
from language.places import find_places
from language.text import normalise, simplified
from language.times import read_times
from language.trades import find_trade
from store.clock import SHANGHAI
from store.vault.placeholders import LABELS, LETTERS, disarmed, ids_in, masked, placeholder

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
_kinds = st.sampled_from(sorted(LABELS))
_ids = st.text(LETTERS, min_size=8, max_size=8)


@given(_kinds, _ids)
def test_no_reader_reads_anything_in_it(kind: str, value_id: str) -> None:
    text = placeholder(kind, value_id)
    assert normalise(text).text == simplified(text) == text
    assert find_personal(text) == ()
    assert ids_in(f"找我{text}。") == [value_id]
    assert not find_places(text)
    assert not find_trade(text)
    assert read_pay(text) is None
    assert read_times(text, NOW) is None


@given(_kinds, _ids)
def test_what_is_not_known_is_made_plain(kind: str, value_id: str) -> None:
    typed = placeholder(kind, value_id)
    assert disarmed(typed, {value_id}.__contains__) == typed
    plain = disarmed(f"打{typed}", set[str]().__contains__)
    assert plain == f"打[{typed[1:-1]}]"
    assert ids_in(normalise(plain).text) == []


@pytest.mark.parametrize(
    "typed",
    [
        "﹝手机号#bcdfghjl﹞",
        "〔手機號#bcdfghjl〕",
        "〔手机号＃bcdfghjl〕",
        "〔手\u200b机号#bcdfghjl〕",
    ],
)
def test_what_becomes_one_when_normalised_is_made_plain_too(typed: str) -> None:
    assert ids_in(normalise(typed).text) == ["bcdfghjl"]
    assert ids_in(normalise(disarmed(typed, {"bcdfghjl"}.__contains__)).text) == []


def test_document_numbers_keep_their_brackets() -> None:
    text = "人社部发〔2022〕28号〔图片〕"
    assert disarmed(text, set[str]().__contains__) == text


@pytest.mark.parametrize(
    ("kind", "value", "mask"),
    [
        ("phone", "13800138000", "138****8000"),
        ("landline", "02162345678", "021****5678"),
        ("id_card", "11010519491231002X", "110***********002X"),
        ("bank_card", "6222021380013800", "6222********3800"),
        ("passport", "E12345678", "E1*****78"),
        ("email", "zhang@example.com", "z***@example.com"),
    ],
)
def test_a_mask_shows_the_ends(kind: str, value: str, mask: str) -> None:
    assert masked(kind, value) == mask
