"""Reading Rasa's tracker, and what goes back to it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from actions.dialogue.dialogue import Dialogue
from actions.dialogue.services import Services
from actions.dialogue.turn import Outcome, Turn, read_turn
from actions.features import FEATURES
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
        "active_loop": {},
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
    assert turn.form is None


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


def turn_with(form: str | None = None, **slots: Any) -> Turn:
    return Turn("a", "x", AT, "c", "m", form=form, slots=slots)


def test_only_changed_slots_go_back() -> None:
    turn = turn_with(trade="电工", place="310000")
    events = events_of(turn, Outcome((), {"trade": "电工", "place": "530100"}))
    assert [(e["event"], e["name"], e["value"]) for e in events] == [("slot", "place", "530100")]


def test_a_read_form_answer_is_forgotten(services: Services) -> None:
    turn = turn_with(job_wish="上海电工", unsure=1)
    events = events_of(turn, Dialogue(FEATURES, services).answer("action_thank", turn))
    assert {(e["name"], e["value"]) for e in events} == {("job_wish", None), ("unsure", None)}


def test_a_digression_keeps_the_form() -> None:
    assert events_of(turn_with(form="job_form"), Outcome(())) == []


def test_leaving_a_form_ends_it() -> None:
    events = events_of(turn_with(form="job_form"), Outcome((), leaves_form=True))
    assert [e["event"] for e in events] == ["active_loop", "slot"]


def test_asking_starts_the_form_and_ends_another() -> None:
    events = events_of(turn_with(form="job_form"), Outcome((), asks="booking_form"))
    assert [e["event"] for e in events] == ["active_loop", "slot", "followup"]
    assert events[-1]["name"] == "booking_form"
