"""Errors mean something to messaging, waits grow, and the token stays out of the logs."""

import logging

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs
from telegram import error

from bot.channels.telegram.api import HideToken, UpdatesRequest, delivery_error, readable
from bot.channels.telegram.pace import Pace, Trouble
from bot.messaging.messages import NotNow, RetryLater, Undeliverable

PACE = Pace(first=1, ceiling=8, slow=30)
DATABASE_GONE = OperationalError("SELECT 1", {"text": "我的电话"}, Exception("gone"))


@pytest.mark.parametrize(
    ("problem", "seconds"),
    [
        (error.RetryAfter(17), 17.0),
        (error.TimedOut(), None),
        (error.NetworkError("Bad Gateway"), None),
        (error.TelegramError("?"), None),
        (error.InvalidToken("Unauthorized"), 300.0),
    ],
)
def test_errors_that_pass(problem: error.TelegramError, seconds: float | None) -> None:
    found = delivery_error(problem)
    assert isinstance(found, RetryLater)
    assert found.seconds == seconds


@pytest.mark.parametrize(
    "problem",
    [
        error.BadRequest("Chat not found"),
        error.ChatMigrated(-100),
    ],
)
def test_errors_that_stay(problem: error.TelegramError) -> None:
    assert isinstance(delivery_error(problem), Undeliverable)


def test_waits_double_up_to_a_ceiling_and_start_again() -> None:
    trouble = Trouble(PACE)
    for whole in (1, 2, 4, 8, 8, 8):
        assert whole / 2 <= trouble.after(error.TimedOut()) <= whole
    trouble.over()
    assert trouble.after(DATABASE_GONE) <= 1


def test_what_a_person_must_mend_is_tried_slowly() -> None:
    for problem in (error.Conflict("x"), error.InvalidToken(), error.BadRequest("bad webhook")):
        assert 24 <= Trouble(PACE).after(problem) <= 36


def test_flood_control_is_obeyed() -> None:
    assert 5 <= Trouble(PACE).after(error.RetryAfter(5)) <= 6


def test_one_line_when_trouble_begins_changes_or_ends() -> None:
    trouble = Trouble(PACE)
    with capture_logs() as lines:
        for problem in (error.TimedOut(), error.TimedOut(), error.Conflict("x"), DATABASE_GONE):
            trouble.after(problem)
        trouble.over()
        trouble.over()
    assert [line["event"] for line in lines] == ["telegram_trouble"] * 3 + ["telegram_well_again"]
    assert "我的电话" not in str(lines)


def test_the_token_is_taken_out_of_records(caplog: pytest.LogCaptureFixture) -> None:
    token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    hide = HideToken(token)
    hide.install()
    try:
        with caplog.at_level(logging.DEBUG):
            logging.getLogger("httpx").info("POST %s", f"https://x/bot{token}/getMe")
            logging.getLogger("httpx").info("POST %s", "https://x/other")
    finally:
        hide.remove()
    assert caplog.messages == ["POST https://x/bot<token>/getMe", "POST https://x/other"]


def test_an_unreadable_update_becomes_an_empty_one() -> None:
    chat = {"id": 1, "type": "private"}
    good = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": chat}}
    assert readable(good) == good
    for content in ({"message_id": 1}, {"message_id": 1, "date": "x", "chat": chat}, 7):
        assert readable({"update_id": 2, "message": content}) == {"update_id": 2}


def test_other_answers_than_lists_pass_unchanged() -> None:
    parse = UpdatesRequest.parse_json_payload
    assert parse(b'{"ok": true, "result": true}') == {"ok": True, "result": True}
    assert parse(b'{"ok": true, "result": [{"update_id": 3, "message": {"a": 1}}]}') == {
        "ok": True,
        "result": [{"update_id": 3}],
    }


def test_who_blocks_us_may_come_back() -> None:
    found = delivery_error(error.Forbidden("Forbidden: bot was blocked by the user"))
    assert isinstance(found, NotNow)
    assert found.lost
