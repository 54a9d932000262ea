"""What goes over the wire between messaging and Rasa."""

import pytest

from nlu.channel_report import (
    IDLE_SECONDS,
    NOT_UNDERSTOOD,
    RENEW_AFTER_USER_TURNS,
    BadRequest,
    TurnRequest,
    clauses_of,
    commands_of,
    nlu_report,
    replies_of,
    session_is_over,
    sound_text,
    trimmed,
    without_overlaps,
)

BODY = {"sender": "web:1", "text": "你好", "message_id": "m1", "metadata": {"channel": "web"}}


def parsed(ranking: list[tuple[str, float]], text: str = "上海电工") -> dict[str, object]:
    return {
        "text": text,
        "intent": {"name": ranking[0][0], "confidence": ranking[0][1]},
        "intent_ranking": [{"name": name, "confidence": c} for name, c in ranking],
        "entities": [
            {"entity": "place", "value": "上海", "start": 0, "end": 2, "extractor": "x"},
        ],
        "text_tokens": [[0, 2]],
    }


def test_a_turn_carries_its_message_id_to_the_actions() -> None:
    turn = TurnRequest.read(BODY)
    assert turn.metadata == {"message_id": "m1", "channel": "web"}


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {**BODY, "sender": ""},
        {**BODY, "sender": "x" * 161},
        {**BODY, "sender": None},
        {**BODY, "message_id": ""},
        {**BODY, "message_id": 3},
        {**BODY, "text": None},
        {**BODY, "metadata": [1]},
    ],
)
def test_what_is_no_turn_is_refused(body: object) -> None:
    with pytest.raises(BadRequest):
        TurnRequest.read(body)


def test_the_best_real_intent_is_reported_below_the_threshold() -> None:
    report = nlu_report(
        parsed([("nlu_fallback", 0.6), ("ask_policy", 0.31), ("search_jobs", 0.3), ("greet", 0.1)])
    )
    assert (report["intent"], report["confidence"]) == ("ask_policy", 0.31)
    assert [guess["intent"] for guess in report["ranking"]] == [
        "ask_policy",
        "search_jobs",
        "greet",
    ]


def test_trimming_keeps_the_fallback_and_three_real_intents() -> None:
    ranking = [("nlu_fallback", 0.6), *((f"i{n}", 0.1) for n in range(28))]
    kept = trimmed(parsed(ranking))
    assert [guess["name"] for guess in kept["intent_ranking"]] == ["nlu_fallback", "i0", "i1", "i2"]
    assert set(kept) == {"text", "intent", "entities", "intent_ranking", "danger"}
    assert set(kept["entities"][0]) == {"entity", "value", "start", "end"}


@pytest.mark.parametrize("kind", [None, "threat"])
def test_danger_goes_to_the_actions_and_into_the_answer(kind: str | None) -> None:
    heard = {**parsed([("distress", 1.0)]), "danger": kind}
    assert trimmed(heard)["danger"] == kind
    assert nlu_report(heard)["danger"] == kind


def test_a_pressed_button_speaks_of_no_danger() -> None:
    # Rasa reads a payload past the pipeline.
    pressed = parsed([("greet", 1.0)], text="/greet")
    assert nlu_report(trimmed(pressed))["danger"] is None


def test_of_overlapping_entities_the_longest_is_reported() -> None:
    place = {"entity": "place", "value": "浦东", "start": 0, "end": 2}
    hall = {"entity": "hall", "value": "浦东大厅", "start": 0, "end": 4, "extractor": "x"}
    trade = {"entity": "trade", "value": "电工", "start": 5, "end": 7}
    assert [e["value"] for e in without_overlaps([trade, place, hall])] == ["浦东大厅", "电工"]


def test_a_buttons_values_are_not_reported_as_spans_of_speech() -> None:
    pressed = parsed([("search_jobs", 1.0)], text='/search_jobs{"place":"上海"}')
    assert nlu_report(pressed)["entities"] == []


@pytest.mark.parametrize(
    ("turns", "idle", "over"),
    [
        (RENEW_AFTER_USER_TURNS - 1, 1.0, False),
        (RENEW_AFTER_USER_TURNS, 1.0, True),
        (2, IDLE_SECONDS + 1.0, True),
        (0, None, False),
    ],
)
def test_when_a_session_is_over(turns: int, idle: float | None, over: bool) -> None:
    assert session_is_over(turns, idle) is over


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("算了先不找了，我要办失业登记", [(0, "算了先不找了"), (7, "我要办失业登记")]),
        ("找个保洁的活顺便问下社保", [(0, "找个保洁的活"), (6, "顺便问下社保")]),
        ("上海电工", []),
        ("一，二，三，四，五，六", []),
        ('/search_jobs{"trade": "电工", "place": "310000"}', []),
    ],
)
def test_a_message_of_few_clauses_is_read_clause_by_clause(
    text: str, clauses: list[tuple[int, str]]
) -> None:
    assert clauses_of(text) == clauses


def test_what_a_message_was_read_as_is_in_the_context_that_it_left() -> None:
    read = [{"command": "page", "list": "postings"}]
    events = [
        {"event": "slot", "name": "trade", "value": "电工"},
        {"event": "slot", "name": "context", "value": {"commands": read}},
    ]
    assert commands_of(events) == read
    assert commands_of(events[:1]) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("你好", True),
        ("/greet", True),
        ('/search_jobs{"page": 2, "trade": "电工"}', True),
        ("/nosuch", False),
        ('/nosuch{"a": 1}', False),
        ("/search_jobs{bad", False),
        ('/search_jobs{"a": 1} x', False),
        ("/search_jobs[1]", False),
        ("/", False),
        ("/search_jobs" + '{"a":' * 50_000, False),
    ],
)
def test_only_payloads_of_our_buttons_get_through(text: str, kept: bool) -> None:
    assert sound_text(text, {"greet", "search_jobs"}) == (text if kept else NOT_UNDERSTOOD)


def test_replies_are_read_in_order_from_the_events() -> None:
    events = [
        {"event": "action", "name": "action_greet"},
        {"event": "bot", "text": None, "data": {"custom": {"text": "一"}}},
        {"event": "slot", "name": "trade", "value": None},
        {"event": "bot", "text": "二", "data": {}},
    ]
    assert [reply["text"] for reply in replies_of(events)] == ["一", "二"]
