"""What is pressed or said again in the same moment is stored, and answered by the first answer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.dialogue.turn import Reply
from bot.messaging import answers, intake
from bot.messaging.intake import Accepted
from bot.messaging.messages import Incoming
from bot.messaging.repeats import SINCE_ANSWER, SINCE_TEXT
from store.database import Database
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import PULLED, plain, take_in

PAYLOAD = '/book_window{"slot_id":13}'
SECOND = timedelta(seconds=1)


def press(key: str, after: timedelta = timedelta(), payload: str = PAYLOAD) -> Incoming:
    return replace(incoming(key, "明天 9:30"), payload=payload, received_at=NOW + after)


def said(key: str, after: timedelta = timedelta(), text: str = "好") -> Incoming:
    return replace(incoming(key, text), received_at=NOW + after)


def answer(database: Database, reply: Reply) -> None:
    done = answers.finish(
        database,
        claimed(database),
        "me",
        replies=[reply],
        nlu=None,
        now=NOW + SECOND,
        pulled=PULLED,
    )
    assert done is not None


def test_presses_at_once_are_one(database: Database) -> None:
    with ThreadPoolExecutor(5) as pool:
        found = list(pool.map(lambda n: take_in(database, press(str(n))), range(5)))
    assert len({accepted.inbox_id for accepted in found}) == 1
    assert sum(not accepted.repeated for accepted in found) == 1
    assert intake.count_pending(database, "web:one") == 1


def test_a_press_just_answered_gets_the_same_answer(database: Database) -> None:
    first = take_in(database, press("a"))
    answer(database, plain("约好了。"))
    again = take_in(database, press("b", SECOND + SINCE_ANSWER))
    assert again == Accepted(first.inbox_id, repeated=True)
    done = answers.outcome(database, again.inbox_id)
    assert done is not None
    assert [reply["text"] for reply in done.replies] == ["约好了。"]
    later = take_in(database, press("c", SECOND + SINCE_ANSWER + SECOND))
    assert not later.repeated


def test_a_repeat_delivered_again_stays_one(database: Database) -> None:
    first = take_in(database, press("a"))
    take_in(database, press("b"))
    answer(database, plain("约好了。"))
    take_in(database, press("c", timedelta(hours=1)))
    late = take_in(database, press("b", timedelta(hours=2)))
    assert late == Accepted(first.inbox_id, repeated=True)


def test_a_button_that_the_answer_offers_anew_may_be_pressed_anew(database: Database) -> None:
    take_in(database, press("a"))
    answer(database, {**plain("还有："), "buttons": [{"title": "换一批", "payload": PAYLOAD}]})
    assert not take_in(database, press("b", 2 * SECOND)).repeated


@pytest.mark.parametrize(
    "between", [said("x", text="等等"), press("x", payload='/book_window{"slot_id":14}')]
)
def test_what_is_said_in_between_makes_it_another(database: Database, between: Incoming) -> None:
    for message in (press("a"), between, press("b")):
        assert not take_in(database, message).repeated
    assert intake.count_pending(database, "web:one") == 3


def test_the_same_words_are_one_only_in_a_moment_and_unanswered(database: Database) -> None:
    take_in(database, said("a"))
    assert take_in(database, said("b", SINCE_TEXT)).repeated
    assert not take_in(database, said("c", SINCE_TEXT + SECOND)).repeated


def test_who_has_the_answer_may_say_the_same_again(database: Database) -> None:
    take_in(database, said("a"))
    answer(database, plain("好的。"))
    assert not take_in(database, said("b", SECOND)).repeated


def test_another_s_press_is_another(database: Database) -> None:
    take_in(database, press("a"))
    assert not take_in(database, replace(press("b"), peer="two")).repeated
