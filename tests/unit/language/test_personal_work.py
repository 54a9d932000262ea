"""However somebody fills a message, looking for numbers in it takes work as long as it is."""

import random
import sys
from collections.abc import Callable
from itertools import cycle, islice
from types import FrameType

import pytest

from language.personal import find_personal

LONGEST = 4000
CALLS_A_CHARACTER = 100
"""Calls within Python, each well under a microsecond: what is spent stays under 30 ms."""

dice = random.Random(20260302)  # noqa: S311  no secret
DIGITS = [dice.choice("0123456789") for _ in range(LONGEST)]
GAPS = [dice.choice(", ;、") for _ in range(LONGEST)]
TEXTS = {
    "spaced": " ".join(DIGITS),
    "listed": ",".join(DIGITS),
    "mixed gaps": "".join(map(str.__add__, DIGITS, GAPS)),
    "as cards begin": "4 " * LONGEST,
    "as telephones begin": "13,1;" * LONGEST,
    "telephones": "13800138000。a" * LONGEST,
    "with the country's code": "+86 1" * LONGEST,
    "area codes": "0 1 0 " * LONGEST,
    "counted": "前四位1" * LONGEST,
    "in words": "1然后是" * LONGEST,
    "scripts": "".join(islice(cycle("1一①"), LONGEST)),
    "addresses": "13800138000@a.cn " * LONGEST,
    "passports": "护照E12345678" * LONGEST,
    "money": "¥ ¥ 13800138000 " * LONGEST,
}


def calls_of(work: Callable[[], object]) -> int:
    """Return how many calls, of functions and of what is built in, some work makes."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", TEXTS)
def test_the_work_grows_with_the_length_and_no_faster(name: str) -> None:
    whole = TEXTS[name][:LONGEST]
    half = calls_of(lambda: find_personal(whole[: LONGEST // 2]))
    calls = calls_of(lambda: find_personal(whole))
    assert calls < 2.5 * half + LONGEST
    assert calls < CALLS_A_CHARACTER * LONGEST
