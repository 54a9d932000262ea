"""People are told what is due: once, in order of their conversation, whatever fails."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import event, func, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from structlog.testing import capture_logs

from actions.appointments.booking.closures import close
from actions.appointments.booking.notices import notify
from actions.appointments.booking.rules import OFFERS_FROM, REOPENED_AFTER
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.appointments.chat.notices import notice_reply
from actions.appointments.halls.tables import HallDayRow, SlotRow
from actions.appointments.records import Booking
from actions.appointments.service import Desk, Notice, VisitWish, Windows
from actions.dialogue.turn import Reply
from bot.messaging import handover, intake
from bot.messaging.messages import Incoming
from bot.messaging.outbox import OutboxWorker, due
from bot.messaging.scheduler import APART, FIRST_WAIT, TOGETHER, UpkeepWorker
from bot.messaging.tables import Conversation, OutboxMessage
from bot.messaging.transcripts import TranscriptLine, replies_after
from store.clock import SHANGHAI, utc_now
from store.database import Database
from tests.database.appointments.support import BUSINESS, HALL, one_slot

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=SHANGHAI)
EVE = datetime(2026, 3, 3, 18, 0, tzinfo=SHANGHAI)


def words(notice: Notice, windows: Windows, *, now: datetime) -> Reply:
    """Say little, of the booking as the halls' service knows it."""
    booking = windows.booking(notice.booking.code)
    assert booking is not None
    return {"text": f"{notice.kind} {booking.code}", "buttons": [], "image": None, "data": None}


def worker(
    database: Database,
    say: Callable[..., Reply] = words,
    told: Callable[[str], None] = lambda _: None,
) -> UpkeepWorker:
    return UpkeepWorker(database, say, told)


def person(database: Database, name: str, channel: str = "web") -> str:
    """Somebody who has written before."""
    intake.accept(database, Incoming(channel, name, name, "你好", NOW))
    return f"{channel}:{name}"


def confirmed(database: Database, owner: str, hour: int = 9) -> Booking:
    """Tomorrow's visit."""
    slot = one_slot(database, NOW, capacity=1, hour=hour)
    windows = Windows(database)
    held = windows.hold(
        owner=owner, slot_id=slot, business=BUSINESS, request_key=owner + str(hour), now=NOW
    )
    return windows.confirm(owner, held.code, now=NOW)


def write_to(database: Database, conversation: str, text: str) -> None:
    """Answer what somebody wrote last."""
    turn = intake.claim(database, conversation, "me", now=EVE)
    assert turn is not None
    reply = {"text": text, "buttons": [], "image": None, "data": None}
    intake.finish(database, turn, "me", replies=[reply], nlu=None, now=EVE)


def said(database: Database, conversation: str) -> list[TranscriptLine]:
    return replies_after(database, conversation, 0)


def states(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(NoticeRow.status).order_by(NoticeRow.due_at)))


async def test_a_reminder_comes_when_it_is_due(database: Database) -> None:
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    upkeep = worker(database)
    await upkeep.tell(EVE - timedelta(seconds=1))
    assert said(database, somebody) == []
    await upkeep.tell(EVE)
    await upkeep.tell(EVE)
    (line,) = said(database, somebody)
    assert (line.text, line.author) == (f"reminder_day {booking.code}", "bot")
    assert states(database) == ["sent", "waiting"]
    assert upkeep.notices == {("reminder_day", "told"): 1}


async def test_in_the_words_of_the_chat(database: Database) -> None:
    """A closure, which looks for other times, and a reminder: as the server says them."""
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    one_slot(database, NOW, capacity=1, hour=14)
    upkeep = worker(database, partial(notice_reply, key="a-key"))
    await upkeep.tell(EVE)
    with database.read() as session:
        ends = session.get_one(SlotRow, booking.slot_id).end
    close(database, hall=HALL, start=NOW, end=ends, reason="停电", by="小李", now=EVE)
    await upkeep.tell(EVE)
    reminder, closed = said(database, somebody)
    for line in (reminder, closed):
        assert line.data is not None
        assert line.data["code"] == booking.code
        assert line.buttons
    assert booking.address in reminder.text
    assert "停电" in closed.text
    assert upkeep.notices == {("reminder_day", "told"): 1, ("closed", "told"): 1}


async def test_who_waits_is_told_of_the_conversation(database: Database) -> None:
    somebody = person(database, "a", "telegram")
    confirmed(database, somebody)
    woken: list[str] = []
    await worker(database, told=woken.append).tell(EVE)
    assert woken == [somebody]
    assert [line.status for line in said(database, somebody)] == ["pending"]


async def test_what_was_overtaken_is_not_said(database: Database) -> None:
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    with database.write() as session:
        row = session.get_one(BookingRow, booking.id)
        row.status, row.active, row.place = "cancelled", False, None
        session.commit()
    upkeep = worker(database)
    await upkeep.tell(EVE)
    assert said(database, somebody) == []
    assert states(database) == ["void", "waiting"]
    assert upkeep.notices == {("reminder_day", "dropped"): 1}


async def test_people_without_a_conversation_are_settled(database: Database) -> None:
    confirmed(database, "demo:17")

    def never(notice: Notice, windows: Windows, *, now: datetime) -> Reply:
        raise AssertionError("nobody to say it to")

    upkeep = worker(database, never)
    await upkeep.tell(EVE)
    assert states(database) == ["sent", "waiting"]
    assert upkeep.notices == {("reminder_day", "dropped"): 1}


async def test_a_person_talking_with_staff_is_reminded_all_the_same(database: Database) -> None:
    somebody = person(database, "a")
    confirmed(database, somebody)
    handover.take_over(database, somebody, staff="小李", now=NOW)
    with database.read() as session:
        active = session.get_one(Conversation, somebody).active_at
    await worker(database).tell(EVE)
    assert [line.author for line in said(database, somebody)] == ["staff", "bot"]
    with database.read() as session:
        conversation = session.get_one(Conversation, somebody)
        assert conversation.mode == "staff"
        assert conversation.active_at == active, "the list of who wrote stays as it was"


async def test_one_that_fails_stops_no_other_and_is_tried_again(database: Database) -> None:
    people = [person(database, name) for name in "abc"]
    bookings = [confirmed(database, owner, 9 + n) for n, owner in enumerate(people)]
    broken = {bookings[0].code}

    def sometimes(notice: Notice, windows: Windows, *, now: datetime) -> Reply:
        if notice.booking.code in broken:
            raise ValueError("no words")
        return words(notice, windows, now=now)

    upkeep = worker(database, sometimes)
    with capture_logs() as logs:
        await upkeep.tell(EVE)
    assert [len(said(database, owner)) for owner in people] == [0, 1, 1]
    with database.read() as session:
        failed = session.scalar(select(NoticeRow.id).where(NoticeRow.booking_id == bookings[0].id))
    assert [line["notice_id"] for line in logs if line["log_level"] == "error"] == [failed]
    broken.clear()
    await upkeep.tell(EVE + FIRST_WAIT / 2)
    assert said(database, people[0]) == []
    await upkeep.tell(EVE + FIRST_WAIT)
    assert len(said(database, people[0])) == 1
    assert upkeep.notices["reminder_day", "failed"] == 1


async def test_one_that_cannot_be_stored_stops_no_other(database: Database) -> None:
    people = [person(database, name) for name in "abc"]
    bookings = [confirmed(database, owner, 9 + n) for n, owner in enumerate(people)]

    def unstorable(notice: Notice, windows: Windows, *, now: datetime) -> Reply:
        reply = words(notice, windows, now=now)
        return {**reply, "data": object()} if notice.booking.code == bookings[1].code else reply

    upkeep = worker(database, unstorable)
    with capture_logs() as logs:
        await upkeep.tell(EVE)
    assert [len(said(database, owner)) for owner in people] == [1, 0, 1]
    assert len(logs) == 1
    assert states(database).count("sent") == 2


async def test_an_evening_of_reminders_takes_few_transactions(database: Database) -> None:
    """A commit each takes minutes where 8,000 people are to be reminded."""
    count = 2 * TOGETHER + 1
    slot = one_slot(database, NOW, capacity=count)
    windows = Windows(database)
    people = [person(database, f"p{number}") for number in range(count)]
    for owner in people:
        held = windows.hold(
            owner=owner, slot_id=slot, business=BUSINESS, request_key=owner, now=NOW
        )
        windows.confirm(owner, held.code, now=NOW)
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    await worker(database).tell(EVE)
    assert len(commits) == 3
    assert all(len(said(database, owner)) == 1 for owner in people)


async def test_reminders_are_pushed_one_after_another(database: Database) -> None:
    """Whoever writes meanwhile is answered at once; who fetches waits for nobody."""
    pushed = [person(database, name, "telegram") for name in "abc"]
    fetching = person(database, "d")
    for number, owner in enumerate([*pushed, fetching]):
        confirmed(database, owner, 9 + number)
    await worker(database).tell(EVE)
    with database.read() as session:
        rows = session.execute(
            select(OutboxMessage.next_attempt_at, OutboxMessage.status).order_by(OutboxMessage.id)
        ).all()
    assert [row.next_attempt_at - EVE for row in rows] == [0 * APART, APART, 2 * APART, 0 * APART]
    assert [row.status for row in rows] == ["pending"] * 3 + ["sent"]
    assert [row.peer for row in due(database, "telegram", now=EVE + APART)] == ["a", "b"]
    write_to(database, pushed[2], "在的")
    assert [row.reply["text"] for row in due(database, "telegram", now=EVE)][1:] == ["在的"]


async def test_failures_never_crowd_out_what_is_due(database: Database) -> None:
    """Those that fail are the longest due: they must not fill every batch."""
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    with database.engine.begin() as connection:
        for _ in range(250):
            notify(connection, booking.id, "reminder_hours", NOW)

    def sometimes(notice: Notice, windows: Windows, *, now: datetime) -> Reply:
        if notice.kind == "reminder_hours":
            raise ValueError("no words")
        return words(notice, windows, now=now)

    upkeep = worker(database, sometimes)
    with capture_logs() as logs:
        await upkeep.tell(EVE)
    assert len(logs) == 250
    assert [line.text for line in said(database, somebody)] == [f"reminder_day {booking.code}"]
    assert upkeep.notices["reminder_hours", "failed"] == 250


async def test_two_processes_tell_once(database: Database) -> None:
    people = [person(database, f"p{number}") for number in range(24)]
    for number, owner in enumerate(people):
        slot = one_slot(database, NOW, capacity=1, hour=9, days=1 + number)
        windows = Windows(database)
        held = windows.hold(
            owner=owner, slot_id=slot, business=BUSINESS, request_key=owner, now=NOW
        )
        windows.confirm(owner, held.code, now=NOW)
    with database.engine.begin() as connection:
        # Reminders of many days, all due in one moment at which they still hold.
        connection.execute(update(NoticeRow).values(due_at=EVE))
    other = Database(database.engine.url.render_as_string(hide_password=False))
    try:
        one, two = worker(database), worker(other)
        await asyncio.gather(one.tell(EVE), two.tell(EVE))
    finally:
        other.close()
    for owner in people:
        texts = [line.text for line in said(database, owner)]
        assert len(texts) == len(set(texts)) == 2
    assert set(states(database)) == {"sent"}
    both = one.notices + two.notices
    assert both["reminder_day", "told"] == both["reminder_hours", "told"] == 24


async def test_a_hold_that_ran_out_is_released(database: Database) -> None:
    somebody = person(database, "a")
    slot = one_slot(database, NOW, capacity=1)
    windows = Windows(database)
    held = windows.hold(owner=somebody, slot_id=slot, business=BUSINESS, request_key="k", now=NOW)
    upkeep = worker(database)
    await upkeep.sweep(NOW)
    assert upkeep.lapsed == 0
    later = NOW + timedelta(minutes=6)
    await upkeep.sweep(later)
    await upkeep.sweep(later)
    assert (upkeep.lapsed, upkeep.swept_at) == (1, later)
    booking = windows.booking(held.code)
    assert booking is not None
    assert booking.lapsed


async def test_the_coming_days_open_every_night(database: Database) -> None:
    one_slot(database, NOW, capacity=1)
    upkeep = worker(database)
    night = datetime(2026, 3, 4, 2, 0, tzinfo=SHANGHAI)
    assert last_day(database) is None
    await upkeep.nightly(NOW)
    assert last_day(database) == date(2026, 4, 2)
    await upkeep.nightly(night - timedelta(seconds=1))
    assert last_day(database) == date(2026, 4, 2)
    await upkeep.nightly(night)
    assert last_day(database) == date(2026, 4, 3)


async def test_a_night_that_failed_is_made_up_for(database: Database) -> None:
    one_slot(database, NOW, capacity=1)
    upkeep = worker(database)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE hall_days RENAME TO elsewhere"))
    with pytest.raises(SQLAlchemyError):
        await upkeep.nightly(NOW)
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE elsewhere RENAME TO hall_days"))
    await upkeep.nightly(NOW + timedelta(minutes=1))
    assert last_day(database) == date(2026, 4, 2)


def last_day(database: Database) -> date | None:
    """The last day that is open for booking."""
    with database.read() as session:
        return session.scalar(select(func.max(HallDayRow.day)))


class Messenger:
    """A push channel in memory."""

    channel = "telegram"

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.came = asyncio.Event()

    async def send(self, peer: str, outbox_id: int, reply: Reply) -> None:
        self.sent.append(reply["text"])
        self.came.set()


async def test_the_loops_bring_it_to_a_push_channel(database: Database) -> None:
    """From the notice to the messenger, by the clock: the visit is two hours and a bit away."""
    somebody = person(database, "a", "telegram")
    booking = confirmed(database, somebody)
    with database.engine.begin() as connection:
        connection.execute(update(NoticeRow).values(status="void"))
        notify(connection, booking.id, "freed", utc_now())
        connection.execute(
            update(BookingRow).values(status="held", hold_until=utc_now() + timedelta(hours=1))
        )
    messenger = Messenger()
    outbox = OutboxWorker(database, messenger)
    upkeep = worker(database, told=lambda _: outbox.wake())
    await outbox.start()
    await upkeep.start()
    try:
        async with asyncio.timeout(20):
            await messenger.came.wait()
    finally:
        await upkeep.stop()
        await outbox.stop()
    assert messenger.sent == [f"freed {booking.code}"]


async def test_a_reopening_is_told_in_the_words_of_the_chat(database: Database) -> None:
    """Who kept the booking may come, who gave it up is offered times, who waits gets a seat."""
    keeps, gave_up, waits = (person(database, name) for name in ("keeps", "gave_up", "waits"))
    kept, given = confirmed(database, keeps, 9), confirmed(database, gave_up, 10)
    windows, upkeep = Windows(database), worker(database, partial(notice_reply, key="k"))
    with database.read() as session:
        ends = session.get_one(SlotRow, given.slot_id).end
    close(database, hall=HALL, start=NOW, end=ends, reason="停电", by="小李", now=NOW)
    await upkeep.tell(NOW)
    windows.cancel(gave_up, given.code, now=NOW)
    wish = VisitWish(BUSINESS, HALL, NOW, ends)
    windows.wait_for(wish, owner=waits, request_key="wait", now=NOW)
    await upkeep.sweep(NOW)
    assert upkeep.offered == 0
    (closure,) = Desk(database).closures(HALL, since=NOW)
    Desk(database).reopen(closure.id, now=NOW)
    one_slot(database, NOW, capacity=1, hour=14)
    later = NOW + REOPENED_AFTER
    for _ in range(2):
        await upkeep.sweep(later)
        await upkeep.tell(later)
    assert upkeep.offered == 1
    assert upkeep.notices == {
        ("closed", "told"): 2,
        ("reopened", "told"): 2,
        ("freed", "told"): 1,
    }
    _, stands = said(database, keeps)
    assert kept.code in stands.text
    assert stands.data is not None
    assert (stands.data["code"], stands.data["status"]) == (kept.code, "confirmed")
    _, again = said(database, gave_up)
    assert "可以重新约" in again.text
    assert again.data is not None
    assert len(again.data["slots"]) == 1
    assert len(again.buttons) == 2
    (offer,) = said(database, waits)
    assert offer.data is not None
    assert offer.data["start"] == given.start.isoformat()


async def test_a_day_opened_at_night_is_offered_in_the_morning(database: Database) -> None:
    """Somebody waits for a day that is not open for booking yet."""
    one_slot(database, NOW, capacity=1)
    waits = person(database, "waits")
    wish = VisitWish(BUSINESS, HALL, NOW + timedelta(days=5), NOW + timedelta(days=6))
    Windows(database).wait_for(wish, owner=waits, request_key="wait", now=NOW)
    upkeep = worker(database, partial(notice_reply, key="k"))
    await upkeep.sweep(NOW)
    night = datetime(2026, 3, 4, 2, 0, tzinfo=SHANGHAI)
    await upkeep.nightly(night)
    await upkeep.sweep(night)
    await upkeep.tell(night)
    assert (upkeep.offered, said(database, waits)) == (1, [])
    await upkeep.tell(night.replace(hour=OFFERS_FROM.hour))
    (offer,) = said(database, waits)
    assert offer.data is not None
    assert offer.data["status"] == "held"
