"""Normalising what people type, and checking what buttons send."""

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from language.text import (
    MAX_PAYLOAD,
    MAX_READ,
    BadPayload,
    is_wordless,
    normalise,
    read_payload,
)

INTENTS = frozenset({"greet", "book_window", "ask_policy"})

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


@pytest.mark.parametrize(
    ("payload", "passed_on"),
    [
        ("/greet", "/greet"),
        ("/greet{}", "/greet"),
        ('/book_window{"slot_id":12}', '/book_window{"slot_id": 12}'),
        ('/ask_policy{"question": "失业金", "sure": true, "n": 1.5}', None),
        ('/ask_policy{"question": "大括号}和{引号\\""}', None),
    ],
)
def test_payloads_of_ours(payload: str, passed_on: str | None) -> None:
    assert read_payload(payload, INTENTS) == (passed_on or payload)


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "greet",
        "/",
        "/unknown",
        "/restart",
        "/greet ",
        "/greet\n",
        " /greet",
        "/greet@1.0",
        "/greet[]",
        '/greet{"a": [1]}',
        '/greet{"a": {"b": 1}}',
        '/greet{"a": null}',
        '/greet{"a": NaN}',
        '/greet{"a": 1e999}',
        '/greet{"a": "\\ud800"}',
        '/greet{"a": "\ud800"}',
        "/greet{a: 1}",
        '/greet{"a": 1}{"b": 2}',
        '/greet{"a": 1} /restart',
        '/greet{"a": "' + "x" * MAX_PAYLOAD + '"}',
        "/greet" + "{" * 400 + "}" * 10,
    ],
)
def test_payloads_that_no_button_of_ours_has(payload: str) -> None:
    with pytest.raises(BadPayload):
        read_payload(payload, INTENTS)


@given(st.text(max_size=80))
def test_any_payload_is_read_or_refused(payload: str) -> None:
    with pytest.raises(BadPayload):
        read_payload("/unknown" + payload, INTENTS)
    with pytest.raises(BadPayload):
        read_payload("/greet{" + payload, INTENTS - {"greet"})


@given(
    st.dictionaries(
        st.text(max_size=8),
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
            st.integers(-(10**9), 10**9),
            st.booleans(),
        ),
        max_size=4,
    )
)
def test_a_flat_object_arrives_unchanged(values: dict[str, object]) -> None:
    try:
        passed_on = read_payload("/ask_policy" + json.dumps(values, ensure_ascii=False), INTENTS)
    except BadPayload:
        assert any(any("\ud800" <= c <= "\udfff" for c in key) for key in values)
        return
    assert json.loads(passed_on.removeprefix("/ask_policy") or "{}") == values
