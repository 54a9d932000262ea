"""Values that no button of ours has, pressed, remembered or typed: no action is upset by them."""

from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import pytest

from actions.dialogue.dialogue import Dialogue
from actions.dialogue.services import Services
from actions.dialogue.turn import Turn
from actions.dialogue.values import sound
from actions.features import FEATURES
from actions.server.protocol import events_of
from tests.chat.conftest import NOW, Person

NASTY: list[Any] = [
    *(0, -1, 1, 2**31 - 1, 2**31, 2**63, 2**64, 10**20, 1e308, -1e308, 1.5, True, 99_999),
    *(
        "1e308",
        "9" * 20,
        "0",
        "-1",
        "²",
        "٣",
        "9" * 200,
        "",
        " ",
        "\0",
        "\ud800",
        "%_\\",
        "x" * 4001,
    ),
    *("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00", "9999-12-31T23:59:59-12:00"),
    *("2000-01-01T00:00:00+14:00", "2099-12-31T23:59:59-12:00", "2026-03-05T10:00:00"),
    *("999999", "000000", "100000", "😀" * 100, "/policies/../..", None, [], {}),
]
VISIT = {"business": "失业登记", "come": "yes"}
TYPED = [
    "9999年1月1日",
    "我想9999年1月1日办失业登记",
    "1年1月1日上午办失业登记",
    "0000年0月0日",
    "99999999999年后",
    "过99999999999天去办失业登记",
    "99999999999999999999个月以后",
    "一万年以后去",
    "25点99分",
    "工资1e308",
    "工资99999999999999999999999999以上",
    "工资" + "9" * 400 + "万",
    "月薪一万万万万万万万万亿",
    "第99999999999999999999页",
    "第99999999999999999999个",
    "预约号 YY-" + "9" * 50,
    "9" * 4000,
    "²³¹年²月",
    "٣月٣日",
]


CONTEXTS = [{"tasks": [task]} for task in ("booking", "jobs", "policy")]
DAMAGED = [
    *NASTY,
    {"tasks": 7},
    {"lists": [{}]},
    {"asked": {"x": 1}},
    {"at": "x"},
    {"buttons": [1]},
]


def tries() -> Iterator[tuple[str, str, Any]]:
    """Yield every intent with every key, and every key with every value that is admitted for it.

    A few values go with each intent, others with the next; of those that are refused one stands
    for all.
    """
    by_action = {intent.action: name for name, intent in FEATURES.intents.items()}
    for key in FEATURES.values:
        values = [value for value in NASTY if sound(FEATURES.values, key, value)]
        values = [*values, 1e308]
        turns = cycle(values)
        for intent in by_action.values():
            yield from ((intent, key, value) for value in islice(turns, min(FEW, len(values))))


FEW = 3


def turn_of(intent: str, text: str = "", **known: Any) -> Turn:
    return Turn(intent, text, NOW, "web:nasty", "m", **known)


def test_no_value_of_a_button_upsets_an_answer(services: Services) -> None:
    dialogue = Dialogue(FEATURES, services)
    for intent, key, value in tries():
        pressed = turn_of(intent, values={key: value})
        assert dialogue.answer(pressed).replies, (intent, key, value)


def test_no_time_or_page_of_a_visit_upsets_an_answer(services: Services) -> None:
    dialogue = Dialogue(FEATURES, services)
    for key in ("visit_from", "visit_until", "page", "slot_id", "hall", "code", "ask"):
        for value in NASTY:
            for intent in ("book_window", "change_booking", "affirm"):
                pressed = turn_of(intent, values={**VISIT, key: value})
                assert dialogue.answer(pressed).replies, (intent, key, value)


def test_nothing_remembered_upsets_an_answer(services: Services) -> None:
    dialogue = Dialogue(FEATURES, services)
    for intent, key, value in tries():
        if key not in FEATURES.slots:
            continue
        slots = {"context": CONTEXTS[0], "business": "失业登记", key: value}
        turn = turn_of(intent, "下午吧", slots=slots)
        events = events_of(turn, dialogue.answer(turn).slots)
        if not sound(FEATURES.values, key, value):
            kept = [event["value"] for event in events if event.get("name") == key]
            assert kept, (intent, key, value)
            assert kept[-1] != value, (intent, key, value)


@pytest.mark.parametrize("context", DAMAGED, ids=repr)
def test_no_damaged_context_upsets_an_answer(services: Services, context: Any) -> None:
    turn = turn_of("inform", "第二个", slots={"context": context})
    assert Dialogue(FEATURES, services).answer(turn).replies


@pytest.mark.parametrize("text", TYPED)
def test_no_typed_words_upset_an_answer(services: Services, text: str) -> None:
    dialogue = Dialogue(FEATURES, services)
    for intent in ("inform", "search_jobs", "book_window", "change_booking", "nlu_fallback"):
        for context in (None, *CONTEXTS):
            assert dialogue.answer(turn_of(intent, text, slots={"context": context})).replies


def test_a_time_that_cannot_be_is_forgotten(person: Person) -> None:
    person.slots = {
        "hall": "浦东示例大厅",
        "business": "失业登记",
        "come": "yes",
        "visit_from": "9999-12-31T09:00:00+08:00",
        "visit_until": "9999-12-31T12:00:00+08:00",
    }
    said = person.says("offer_slots", "帮我预约")
    assert said["data"]["kind"] == "slot_list"
    assert "9999" not in said["text"]
