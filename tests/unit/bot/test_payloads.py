"""Checking what buttons send."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.features import FEATURES
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
    assert read_payload(payload, INTENTS, FEATURES.values) == (passed_on or payload)


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
        read_payload(payload, INTENTS, FEATURES.values)


@given(st.text(max_size=80))
def test_any_payload_is_read_or_refused(payload: str) -> None:
    with pytest.raises(BadPayload):
        read_payload("/unknown" + payload, INTENTS, FEATURES.values)
    with pytest.raises(BadPayload):
        read_payload("/greet{" + payload, INTENTS - {"greet"}, FEATURES.values)


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
        passed_on = read_payload(
            "/ask_policy" + json.dumps(values, ensure_ascii=False), INTENTS, FEATURES.values
        )
    except BadPayload:
        assert any(any("\ud800" <= c <= "\udfff" for c in key) for key in values)
        return
    assert json.loads(passed_on.removeprefix("/ask_policy") or "{}") == values


@pytest.mark.parametrize(
    "values",
    [
        {"salary_min": 1e308},
        {"salary_min": -1},
        {"page": 10**20},
        {"page": "9" * 20},
        {"page": 1.5},
        {"page": True},
        {"slot_id": 2**63},
        {"slot_id": 2**31},
        {"slot_id": "²"},
        {"visit_from": "0001-01-01T00:00:00+08:00"},
        {"visit_from": "9999-12-31T23:59:59+08:00"},
        {"visit_from": "2026-03-05T10:00:00"},
        {"visit_until": "soon"},
        {"code": "x" * 201},
        {"business": "a\0b"},
        {"question": 7},
    ],
)
def test_values_that_no_button_of_ours_carries(values: dict[str, object]) -> None:
    with pytest.raises(BadPayload):
        read_payload("/book_window" + json.dumps(values), INTENTS, FEATURES.values)


def test_values_at_the_edge_pass() -> None:
    values = {
        "salary_min": 10_000_000,
        "page": 0,
        "slot_id": 2**31 - 1,
        "visit_from": "2026-03-05T10:00+08:00",
        "place": "310000",
    }
    payload = "/book_window" + json.dumps(values)
    assert read_payload(payload, INTENTS, FEATURES.values) == payload
