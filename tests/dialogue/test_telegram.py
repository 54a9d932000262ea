"""The four journeys on Telegram: python-telegram-bot, messaging, Rasa and the actions, all real.

The assistant under test was started with the stand-in Bot API server ``bot_api``; every
test is another person, and reads both what Telegram was sent and what was stored.
"""

from collections.abc import Iterator

import pytest

from actions.appointments.service import Appointments
from actions.cases.service import Cases
from bot.channels.telegram.sentences import EXPIRED
from bot.messaging.transcripts import transcript
from store.clock import utc_now
from store.database import Database
from tests.support.assistant import Assistant
from tests.support.bot_api import BotApi, Sent
from tests.support.telegram_person import CHATS, PATIENCE, Person


@pytest.fixture
def person(assistant: Assistant, bot_api: BotApi) -> Iterator[Person]:
    """A person who has not written before."""
    database = Database(assistant.database_url)
    yield Person(bot_api, database)
    database.close()


def words(messages: list[Sent]) -> str:
    return "\n".join(message.text for message in messages)


def slot_titles(messages: list[Sent]) -> list[str]:
    """Titles of the buttons that are times of day, such as 明天 9:30."""
    titles = [title for message in messages for title in message.titles]
    return [title for title in titles if ":" in title or "：" in title]


def test_a_greeting_shows_what_can_be_done(person: Person) -> None:
    greeting = person.says("/start")
    assert "职达" in words(greeting)
    assert {"问政策", "找工作", "约窗口"} <= set(greeting[-1].titles)
    line = transcript(person.database, person.conversation)[0]
    assert (line.author, line.text) == ("user", "/start")


def test_a_policy_question_is_answered_with_the_source(person: Person) -> None:
    answer = person.says("现场招聘会还能办吗")
    assert "原文：「" in words(answer)
    assert "招聘" in words(answer)
    assert "/policies/" in words(answer)  # no https here, so the link is a line of text
    assert person.kinds() == ["policy_answer"]


def test_jobs_are_listed(person: Person) -> None:
    answer = person.says("我想在上海找电工的活，六千以上")
    assert "电工" in words(answer)
    assert person.kinds()[-1] == "job_list"
    data = transcript(person.database, person.conversation)[-1].data
    assert data is not None
    assert data["jobs"]


WISH = "帮我约明天上午去浦东办失业登记"


def offered(person: Person) -> list[Sent]:
    """Wish for a visit; return the times."""
    return person.says(WISH)


def test_a_tap_holds_and_another_confirms(person: Person) -> None:
    offer = offered(person)
    assert person.kinds()[-1] == "slot_list"
    title = slot_titles(offer)[0]
    person.taps(title)
    booked = person.taps("确认预约")
    assert person.kinds()[-1] == "booking"
    (booking,) = Appointments(person.database).bookings_of(person.conversation, now=utc_now())
    assert (booking.status, booking.code in words(booked)) == ("confirmed", True)
    # The press is shown in the transcript by what stood on the button.
    said = [x.text for x in transcript(person.database, person.conversation) if x.author == "user"]
    assert said == [WISH, title, "确认预约"]
    assert person.api.calls("answerCallbackQuery")[-1].get("text") is None


def test_tapping_again_books_nothing_more(person: Person) -> None:
    offer = offered(person)
    title = slot_titles(offer)[0]
    first = person.api.tap(person.chat, title)
    person.api.redeliver(first)
    person.taps(title)
    assert len(Appointments(person.database).bookings_of(person.conversation, now=utc_now())) == 1


def test_somebody_elses_button_books_nothing(person: Person) -> None:
    offer = offered(person)
    data = offer[-1].buttons[0][0]["callback_data"]
    stranger = next(CHATS)
    query = person.api.send_query(stranger, 1, data)["callback_query"]["id"]

    def answered() -> list[object]:
        calls = person.api.calls("answerCallbackQuery")
        return [call.get("text") for call in calls if call["callback_query_id"] == query]

    assert person.api.wait_for(answered, PATIENCE) == [EXPIRED]
    windows = Appointments(person.database)
    assert not windows.bookings_of(f"telegram:{stranger}", now=utc_now())
    assert not windows.bookings_of(person.conversation, now=utc_now())


def test_a_human_is_asked_for(person: Person) -> None:
    answer = person.says("转人工")
    (case,) = Cases(person.database).for_conversation(person.conversation)
    assert (case.reason, case.status) == ("handoff", "open")
    assert case.ticket in words(answer)


def test_the_whole_conversation_in_order(person: Person) -> None:
    person.says("现场招聘会还能办吗")
    person.says("我想在上海找电工的活，六千以上")
    person.taps(slot_titles(offered(person))[-1])
    person.says("转人工")
    assert person.kinds() == [
        "policy_answer",
        "job_list",
        "slot_list",
        "booking",
        "staff_case",
    ]


def test_a_picture_gets_a_polite_answer(person: Person) -> None:
    size = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}
    assert words(person.shows(photo=[size])).strip()
    line = transcript(person.database, person.conversation)[0]
    assert line.text == "〔图片〕"
