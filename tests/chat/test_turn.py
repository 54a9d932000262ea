"""Reading Rasa's tracker, and what goes back to it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from actions.dialogue.turn import Turn, read_turn
from actions.server.protocol import events_of

AT = datetime(2026, 3, 4, 1, 30, tzinfo=UTC)


def tracker(text: str = "上海电工", **extra: Any) -> dict[str, Any]:
    message = {
        "text": text,
        "intent": {"name": "search_jobs", "confidence": 0.9},
        "intent_ranking": [
            {"name": "nlu_fallback", "confidence": 0.6},
            {"name": "search_jobs", "confidence": 0.3},
        ],
        "entities": [{"entity": "trade", "value": "电工", "start": 2, "end": 4}],
        "metadata": {"message_id": "m7", "received_at": AT.isoformat()},
    }
    return {
        "sender_id": "web:1",
        "slots": {"place": "310000", "trade": None},
        "latest_message": message,
        "events": [
            {"event": "user", "text": "你好"},
            {"event": "bot", "text": None},
            {"event": "user", "text": "/greet"},
            {"event": "user", "text": text},
        ],
        **extra,
    }


def test_a_typed_turn() -> None:
    turn = read_turn(tracker())
    assert (turn.text, turn.request_key, turn.now) == ("上海电工", "m7", AT)
    assert turn.name_of("trade") == "电工"
    assert turn.slots == {"place": "310000"}
    assert turn.ranking == (("search_jobs", 0.3),)
    assert turn.recent == ("你好", "上海电工")
    assert turn.values == {}
    assert turn.clauses == ()


def test_danger_is_known_to_the_actions() -> None:
    state = tracker("他们扣了我的身份证")
    assert read_turn(state).danger is None
    state["latest_message"]["danger"] = "coercion"
    assert read_turn(state).danger == "coercion"


def test_a_pressed_button_has_values_and_no_text() -> None:
    state = tracker('/book_window{"slot_id": 12}')
    state["latest_message"]["entities"] = [
        {"entity": "slot_id", "value": 12, "start": 12, "end": 27},
        {"entity": "business", "value": "失业登记", "start": 12, "end": 27},
        {"entity": "hall", "value": {"x": 1}, "start": 12, "end": 27},
    ]
    turn = read_turn(state)
    assert turn.text == ""
    assert turn.named == ()
    assert (turn.number("slot_id"), turn.value("business")) == (12, "失业登记")
    assert turn.value("hall") is None


@pytest.mark.parametrize("value", ["x", "", "1e999", "nan", None, [1]])
def test_a_number_that_is_none_is_none(value: object) -> None:
    turn = Turn("a", "", AT, "c", "m", values={"slot_id": value})
    assert turn.number("slot_id") is None


def test_a_moment_without_a_zone_is_a_fault() -> None:
    state = tracker()
    state["latest_message"]["metadata"]["received_at"] = "2026-03-04T01:30:00"
    with pytest.raises(ValueError, match="zone"):
        read_turn(state)


def test_only_changed_slots_go_back() -> None:
    turn = Turn("a", "x", AT, "c", "m", slots={"trade": "电工", "place": "310000"})
    events = events_of(turn, {"trade": "电工", "place": "530100"})
    assert [(e["event"], e["name"], e["value"]) for e in events] == [("slot", "place", "530100")]


def test_clauses_are_read_as_rasa_read_them() -> None:
    state = tracker("算了，我要办失业登记")
    clause = {**state["latest_message"], "text": "我要办失业登记", "start": 3, "entities": []}
    state["latest_message"]["clauses"] = [clause]
    (read,) = read_turn(state).clauses
    assert (read.text, read.start, read.intent) == ("我要办失业登记", 3, "search_jobs")
