"""People are told what is due: once, in order of their conversation, whatever fails."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import event, select, update
from structlog.testing import capture_logs

from actions.appointments.booking.notices import notify
from actions.appointments.booking.tables import BookingRow, NoticeRow
from actions.appointments.service import Appointments, Notice
from actions.dialogue.turn import Reply
from bot.messaging.notices import AGAIN, APART, TOGETHER
from bot.messaging.outbox import claim, delivery_of, due
from bot.messaging.tables import Conversation, OutboxMessage
from store.database import Database
from tests.database.appointments.support import BUSINESS, one_slot
from tests.database.messaging.noticing import (
    EVE,
    NOW,
    confirmed,
    person,
    said,
    states,
    teller_of,
    words,
)
from tests.support.messaging import answer, handover, vault


async def test_a_reminder_comes_when_it_is_due(database: Database) -> None:
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    teller = teller_of(database)
    await teller.tell(EVE - timedelta(seconds=1))
    assert said(database, somebody) == []
    await teller.tell(EVE)
    await teller.tell(EVE)
    (line,) = said(database, somebody)
    assert (line.text, line.author) == (f"reminder_day {booking.code}", "bot")
    assert states(database) == ["sent", "waiting"]
    assert teller.outcomes == {("reminder_day", "told"): 1}


async def test_who_waits_is_told_of_the_conversation(database: Database) -> None:
    somebody = person(database, "a", "telegram")
    confirmed(database, somebody)
    woken: list[str] = []
    await teller_of(database, told=woken.append).tell(EVE)
    assert woken == [somebody]
    assert [line.status for line in said(database, somebody)] == ["pending"]


async def test_what_was_overtaken_is_not_said(database: Database) -> None:
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    with database.write() as session:
        row = session.get_one(BookingRow, booking.id)
        row.status, row.active, row.place = "cancelled", False, None
        session.commit()
    teller = teller_of(database)
    await teller.tell(EVE)
    assert said(database, somebody) == []
    assert states(database) == ["void", "waiting"]
    assert teller.outcomes == {("reminder_day", "dropped"): 1}


async def test_people_without_a_conversation_are_settled(database: Database) -> None:
    confirmed(database, "demo:17")

    def never(notice: Notice, windows: Appointments, *, now: datetime) -> Reply:
        raise AssertionError("nobody to say it to")

    teller = teller_of(database, never)
    await teller.tell(EVE)
    assert states(database) == ["sent", "waiting"]
    assert teller.outcomes == {("reminder_day", "dropped"): 1}


async def test_a_person_talking_with_staff_is_reminded_all_the_same(database: Database) -> None:
    somebody = person(database, "a")
    confirmed(database, somebody)
    handover(database).take_over(somebody, staff="小李", now=NOW)
    with database.read() as session:
        active = session.get_one(Conversation, somebody).active_at
    await teller_of(database).tell(EVE)
    assert [line.author for line in said(database, somebody)] == ["staff", "bot"]
    with database.read() as session:
        conversation = session.get_one(Conversation, somebody)
        assert conversation.mode == "staff"
        assert conversation.active_at == active, "the list of who wrote stays as it was"


async def test_one_that_fails_stops_no_other_and_is_tried_again(database: Database) -> None:
    people = [person(database, name) for name in "abc"]
    bookings = [confirmed(database, owner, 9 + n) for n, owner in enumerate(people)]
    broken = {bookings[0].code}

    def sometimes(notice: Notice, windows: Appointments, *, now: datetime) -> Reply:
        if notice.booking.code in broken:
            raise ValueError("no words")
        return words(notice, windows, now=now)

    teller = teller_of(database, sometimes)
    with capture_logs() as logs:
        await teller.tell(EVE)
    assert [len(said(database, owner)) for owner in people] == [0, 1, 1]
    with database.read() as session:
        failed = session.scalar(select(NoticeRow.id).where(NoticeRow.booking_id == bookings[0].id))
    assert [line["notice_id"] for line in logs if line["log_level"] == "error"] == [failed]
    broken.clear()
    first_wait = timedelta(seconds=AGAIN.wait(1))
    await teller.tell(EVE + first_wait / 2)
    assert said(database, people[0]) == []
    await teller.tell(EVE + first_wait)
    assert len(said(database, people[0])) == 1
    assert teller.outcomes["reminder_day", "failed"] == 1


async def test_one_that_cannot_be_stored_stops_no_other(database: Database) -> None:
    people = [person(database, name) for name in "abc"]
    bookings = [confirmed(database, owner, 9 + n) for n, owner in enumerate(people)]

    def unstorable(notice: Notice, windows: Appointments, *, now: datetime) -> Reply:
        reply = words(notice, windows, now=now)
        return {**reply, "data": object()} if notice.booking.code == bookings[1].code else reply

    teller = teller_of(database, unstorable)
    with capture_logs() as logs:
        await teller.tell(EVE)
    assert [len(said(database, owner)) for owner in people] == [1, 0, 1]
    assert len(logs) == 1
    assert states(database).count("sent") == 2


async def test_an_evening_of_reminders_takes_few_transactions(database: Database) -> None:
    """A commit each takes minutes where 8,000 people are to be reminded."""
    count = 2 * TOGETHER + 1
    slot = one_slot(database, NOW, capacity=count)
    windows = Appointments(database)
    people = [person(database, f"p{number}") for number in range(count)]
    for owner in people:
        held = windows.hold(
            owner=owner, slot_id=slot, business=BUSINESS, request_key=owner, now=NOW
        )
        windows.confirm(owner, held.code, now=NOW)
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    await teller_of(database).tell(EVE)
    assert len(commits) == 3
    assert all(len(said(database, owner)) == 1 for owner in people)


async def test_reminders_are_pushed_one_after_another(database: Database) -> None:
    """Whoever writes meanwhile is answered at once; who fetches waits for nobody."""
    pushed = [person(database, name, "telegram") for name in "abc"]
    fetching = person(database, "d")
    for number, owner in enumerate([*pushed, fetching]):
        confirmed(database, owner, 9 + number)
    await teller_of(database).tell(EVE)
    with database.read() as session:
        rows = session.execute(
            select(OutboxMessage.next_attempt_at, OutboxMessage.status).order_by(OutboxMessage.id)
        ).all()
    assert [row.next_attempt_at - EVE for row in rows] == [0 * APART, APART, 2 * APART, 0 * APART]
    assert [row.status for row in rows] == ["pending"] * 3 + ["sent"]
    assert [row.peer for row in due(database, "telegram", now=EVE + APART)] == ["a", "b"]
    answer(database, pushed[2], "在的", now=EVE)
    first, second = due(database, "telegram", now=EVE)
    assert [first.peer, second.peer] == ["a", "c"]
    claimed = claim(database, second, now=EVE)
    assert claimed is not None
    delivery = delivery_of(database, vault(database), claimed)
    assert delivery is not None
    assert delivery.rows[0].reply["text"] == "在的"


async def test_failures_never_crowd_out_what_is_due(database: Database) -> None:
    """Those that fail are the longest due: they must not fill every batch."""
    somebody = person(database, "a")
    booking = confirmed(database, somebody)
    with database.engine.begin() as connection:
        for _ in range(250):
            notify(connection, booking.id, "reminder_hours", NOW)

    def sometimes(notice: Notice, windows: Appointments, *, now: datetime) -> Reply:
        if notice.kind == "reminder_hours":
            raise ValueError("no words")
        return words(notice, windows, now=now)

    teller = teller_of(database, sometimes)
    with capture_logs() as logs:
        await teller.tell(EVE)
    assert len(logs) == 250
    assert [line.text for line in said(database, somebody)] == [f"reminder_day {booking.code}"]
    assert teller.outcomes["reminder_hours", "failed"] == 250


async def test_two_processes_tell_once(database: Database) -> None:
    people = [person(database, f"p{number}") for number in range(24)]
    for number, owner in enumerate(people):
        slot = one_slot(database, NOW, capacity=1, hour=9, days=1 + number)
        windows = Appointments(database)
        held = windows.hold(
            owner=owner, slot_id=slot, business=BUSINESS, request_key=owner, now=NOW
        )
        windows.confirm(owner, held.code, now=NOW)
    with database.engine.begin() as connection:
        # Reminders of many days, all due in one moment at which they still hold.
        connection.execute(update(NoticeRow).values(due_at=EVE))
    other = Database(database.engine.url.render_as_string(hide_password=False))
    try:
        one, two = teller_of(database), teller_of(other)
        await asyncio.gather(one.tell(EVE), two.tell(EVE))
    finally:
        other.close()
    for owner in people:
        texts = [line.text for line in said(database, owner)]
        assert len(texts) == len(set(texts)) == 2
    assert set(states(database)) == {"sent"}
    both = one.outcomes + two.outcomes
    assert both["reminder_day", "told"] == both["reminder_hours", "told"] == 24
