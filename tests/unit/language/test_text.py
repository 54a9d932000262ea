"""Normalising what people type."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.text import MAX_READ, fold, half_width, is_wordless, normalise, simplified

typed = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "/／ 　\u200b\u200d\ufe0f\ufeff\n\t\x00１Ａ㎡ﬁ預約門診臺灣乾著發后ﾊﾞé\u0301😀"
        ),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("我想預約明天的號", "我想预约明天的号"),
        ("１３８００１３８０００", "13800138000"),
        ("ＡＢＣ－１２", "ABC-12"),
        ("  大厅 \n\n 人多\t吗  ", "大厅 人多 吗"),
        ("转\u200b人\ufeff工", "转人工"),
        ("\u202e转人工", "转人工"),
        ("转\x00人\x07工", "转人工"),
        ("/restart", "／restart"),
        ("／restart", "／restart"),
        ("\u200b /restart", "／restart"),
        ("//x", "／/x"),
        ("\ud800你好", "你好"),
        ("\ue000你好", "你好"),
        ("e\u0301", "é"),
        ("ﾊﾞ", "バ"),
        ("", ""),
        (" \n\u200b", ""),
    ],
)
def test_what_nlu_reads(text: str, plain: str) -> None:
    assert normalise(text).text == plain


def test_the_primitives() -> None:
    assert fold("ＡＢＣ㎡") == "abcm2"
    assert half_width("１５：３０（Ａ）　") == "15:30(A) "
    assert len(half_width("㎡ﾊﾞ１")) == len("㎡ﾊﾞ１")
    assert simplified("臺灣預約") == "台湾预约"


def test_only_the_beginning_of_a_long_message_is_read() -> None:
    assert normalise("问" * 20_000).text == "问" * MAX_READ
    assert len(normalise("㍿" * 20_000).text) == MAX_READ
    assert normalise("e" + "\u0301" * 20_000).text.startswith("é")


@given(typed)
@example("㋿")
@example("ガ")
def test_the_text_read_is_clean_and_stays_so(text: str) -> None:
    plain = normalise(text).text
    assert len(plain) <= MAX_READ
    assert not plain.startswith(("/", " "))
    assert not plain.endswith(" ")
    assert "  " not in plain
    assert all(
        unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co"} for character in plain
    )
    assert normalise(plain).text == plain


@given(typed)
def test_every_character_knows_where_it_came_from(text: str) -> None:
    read = normalise(text)
    assert len(read.text) == len(read.origins) == len(read.ends)
    assert list(read.origins) == sorted(read.origins)
    for at in range(len(read.text)):
        start, end = read.span_as_typed(at, at + 1)
        assert 0 <= start < end <= len(text)


@given(
    st.sampled_from(["", "  ", "\u200b\u200b", "　你好，", "ﬁ"]),
    st.sampled_from(["浦東新區", "浦东", "１２３", "昆 明"]),
    st.sampled_from(["", "大廳", "  \n", "😀"]),
)
def test_a_span_points_back_at_what_was_typed(before: str, middle: str, after: str) -> None:
    read = normalise(before + middle + after)
    plain = normalise(middle).text
    start = read.text.index(plain)
    left, right = read.span_as_typed(start, start + len(plain))
    assert (before + middle + after)[left:right] == middle


def test_a_span_outside_the_text_is_refused() -> None:
    read = normalise("你好")
    assert read.span_as_typed(2, 2) == (2, 2)
    for start, end in [(-1, 1), (0, 3), (2, 1)]:
        with pytest.raises(ValueError, match="no span"):
            read.span_as_typed(start, end)


@pytest.mark.parametrize(
    "text", ["😂", "。。。", "？？", "👍🏻 👨‍👩‍👧", "", "\x00\x01", "^_^", "……"]
)
def test_wordless(text: str) -> None:
    assert is_wordless(text)


@pytest.mark.parametrize("text", ["好", "ok", "1", "😂好", "①", "é"])
def test_not_wordless(text: str) -> None:
    assert not is_wordless(text)
