"""A visit from the wish to the hall, through the whole running assistant."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from actions.appointments.booking.notices import REMINDER_HOURS
from actions.appointments.chat.notices import notice_reply
from actions.appointments.halls.tables import SlotRow
from actions.appointments.service import Appointments, Booking, Notice
from store.clock import utc_now
from store.database import Database
from tests.dialogue.person import Person
from tests.support.assistant import Assistant

NEAR = timedelta(minutes=10)


@pytest.fixture
def database(assistant: Assistant) -> Iterator[Database]:
    """The running assistant's database."""
    database = Database(assistant.database_url)
    yield database
    database.close()


def booking_of(database: Database, code: str) -> Booking:
    found = Appointments(database).booking(code)
    assert found is not None
    return found


def bring_near(database: Database, booking: Booking) -> None:
    """Let a visit's time come: no test can wait for days."""
    start = utc_now() + NEAR
    with database.write() as session:
        moved = update(SlotRow).where(SlotRow.id == booking.slot_id)
        session.execute(moved.values(start=start, end=start + NEAR))
        session.commit()


def test_the_whole_visit(person: Person, database: Database) -> None:
    (times,) = person.says("帮我约明天上午去浦东办失业登记")
    assert times["data"]["kind"] == "slot_list"
    assert times["data"]["slots"]
    # The way from home stands above the times.
    assert all(way in times["text"] for way in times["data"]["alternatives"])

    (held,) = person.taps_a_time()
    code = held["data"]["code"]
    assert (held["data"]["status"], code in held["text"]) == ("held", True)

    answer = person.says("现场招聘会还能办吗")[-1]
    assert answer["data"]["kind"] == "policy_answer"
    assert person.titles()[0] == "确认预约"

    (confirmed,) = person.says("好的")
    assert (confirmed["data"]["status"], confirmed["data"]["code"]) == ("confirmed", code)
    picture = person.assistant.http.get(confirmed["image"])
    assert picture.headers["content-type"] == "image/png"
    entry = person.assistant.http.get(confirmed["data"]["calendar"])
    assert entry.headers["content-type"].startswith("text/calendar")

    (offer,) = person.taps("改约")
    assert offer["data"]["hall"] == confirmed["data"]["hall"]
    (changed,) = person.taps_a_time()
    assert (changed["data"]["code"], changed["data"]["status"]) == (code, "confirmed")
    assert changed["data"]["start"] != confirmed["data"]["start"]

    (early,) = person.says("我到了")
    assert "起可以签到" in early["text"]

    bring_near(database, booking_of(database, code))
    booking = booking_of(database, code)
    key = person.assistant.settings.signing_key()
    due = Notice(1, REMINDER_HOURS, booking, {})
    reminder = notice_reply(due, Appointments(database), key=key, now=utc_now())
    assert code in reminder["text"]
    assert reminder["image"] == confirmed["image"]

    (arrived,) = person.says("我到大厅了")
    assert (arrived["data"]["status"], arrived["data"]["code"]) == ("checked_in", code)
    assert booking.window in arrived["text"]


def test_cancelling_by_number(person: Person) -> None:
    person.says("去浦东约创业担保贷款")
    code = person.taps_a_time()[0]["data"]["code"]
    person.taps("确认预约")
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    assert "请核对" in person.says(f"取消{wrong}")[0]["text"]
    person.says(f"取消{code}")
    (gone,) = person.says("好的")
    assert (gone["data"]["code"], gone["data"]["status"]) == (code, "cancelled")


def test_whoever_cannot_go_on_line_is_not_sent_there(person: Person) -> None:
    person.says("帮我约浦东的失业登记")
    (times,) = person.says("我爸70岁不会用手机")
    assert times["text"].startswith("好的，给老年人")
    assert any(":" in title for title in person.titles())


def test_a_group_is_told_how(person: Person) -> None:
    person.says("约失业登记")
    (told,) = person.says("我们30个人一起办")
    assert "一个预约只办一个人的业务" in told["text"]


def test_the_crowd_and_the_week(person: Person) -> None:
    (now,) = person.says("浦东大厅人多不多")
    assert now["data"]["halls"][0]["capacity"] > 0
    (week,) = person.taps("看本周人流")
    picture = person.assistant.http.get(week["image"])
    assert picture.headers["content-type"] == "image/png"
