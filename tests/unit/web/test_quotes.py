"""Finding and cutting out quoted words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.web.policies.quotes import MARKS_MAX, QUOTE_MAX, cut, find_quote

# Few letters, so that repeats, overlaps and near misses are common.
words = st.text("甲乙丙<&\"' \n\u3000", max_size=60)


def solid(text: str) -> str:
    return "".join(text.split())


@given(text=words, quote=words)
def test_a_span_says_the_quote_and_nothing_else(text: str, quote: str) -> None:
    for start, end in find_quote(text, quote):
        assert solid(text[start:end]) == solid(quote)
        assert text[start:end] == text[start:end].strip()


@given(text=words, start=st.integers(0, 60), length=st.integers(1, 20))
def test_every_stretch_of_the_text_is_found_however_it_is_wrapped(
    text: str, start: int, length: int
) -> None:
    stretch = text[start : start + length]
    wrapped = " \n".join(solid(stretch))
    assert bool(find_quote(text, wrapped)) == bool(solid(stretch))


@given(text=words, quote=words)
def test_what_is_not_said_is_not_found(text: str, quote: str) -> None:
    found = find_quote(text, quote)
    assert bool(found) == (bool(solid(quote)) and solid(quote) in solid(text))


@given(text=words, quote=words, start=st.integers(0, 60), length=st.integers(0, 60))
def test_cutting_loses_nothing(text: str, quote: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    start = min(start, end)
    marks = find_quote(text, quote)
    pieces = cut(text, start, end, marks)
    assert "".join(piece.text for piece in pieces) == text[start:end]
    assert all(piece.text for piece in pieces)
    inside = {place for left, right in marks for place in range(left, right)}
    at = start
    for piece in pieces:
        places = set(range(at, at + len(piece.text)))
        assert places <= inside if piece.marked else not places & inside
        at += len(piece.text)


def test_limits() -> None:
    assert find_quote("甲" * 5000, "甲" * (QUOTE_MAX + 1)) == []
    assert len(find_quote("甲 " * 500, "甲")) == MARKS_MAX
    assert find_quote("甲乙", "") == []
    assert find_quote("甲乙", " \n\u3000") == []
