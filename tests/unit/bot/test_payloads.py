"""Checking what buttons send."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.payloads import MAX_PAYLOAD, BadPayload, read_payload

INTENTS = frozenset({"greet", "book_window", "ask_policy"})


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
