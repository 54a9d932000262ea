"""A conversation is worked on by one owner at a time, in order, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import func, select

from bot.messaging import leases
from bot.messaging.leases import LEASE, ClaimedMessage
from bot.messaging.tables import OutboxMessage
from store.database import Database
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import finish, take_in


def test_messages_come_in_order_and_one_at_a_time(database: Database) -> None:
    for number in range(3):
        take_in(database, incoming(str(number), f"第{number}句"))
    message: ClaimedMessage | None = claimed(database)
    assert leases.claim(database, "web:one", "rival", now=NOW) is None
    heard = []
    while message is not None:
        heard.append(message.text)
        result = finish(database, message, "您好", now=NOW)
        assert result is not None
        message = result[1]
    assert heard == ["第0句", "第1句", "第2句"]
    assert leases.claim(database, "web:one", "rival", now=NOW) is None


def test_many_claims_at_once_have_one_winner(database: Database) -> None:
    take_in(database, incoming("k"))
    with ThreadPoolExecutor(8) as pool:
        messages = list(
            pool.map(lambda n: leases.claim(database, "web:one", f"owner{n}", now=NOW), range(8))
        )
    assert sum(message is not None for message in messages) == 1


def test_a_rush_of_workers_answers_each_message_once(database: Database) -> None:
    for number in range(30):
        take_in(database, incoming(str(number), f"第{number}句"))

    def work(owner: str) -> None:
        for _ in range(60):
            message = leases.claim(database, "web:one", owner, now=NOW)
            while message is not None:
                result = finish(database, message, message.text, owner=owner, now=NOW)
                message = result[1] if result else None

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, ["a", "b", "c", "d"]))
    with database.read() as session:
        answers = session.scalars(
            select(func.count()).select_from(OutboxMessage).group_by(OutboxMessage.inbox_id)
        ).all()
    assert answers == [1] * 30


def test_a_renewed_lease_is_not_taken(database: Database) -> None:
    take_in(database, incoming("k"))
    claimed(database)
    leases.renew(database, "me", ["web:one"], now=NOW + LEASE / 2)
    assert leases.claim(database, "web:one", "rival", now=NOW + LEASE) is None


def test_a_lease_of_work_that_failed_lapses_while_its_owner_works_on(database: Database) -> None:
    take_in(database, incoming("k"))
    claimed(database)
    leases.renew(database, "me", ["web:another"], now=NOW + LEASE / 2)
    assert leases.claim(database, "web:one", "me", now=NOW + LEASE) is not None


def test_a_dead_owner_s_leases_are_released(database: Database) -> None:
    take_in(database, incoming("k"))
    claimed(database, "host:8000:1:a")
    leases.release(database, "host:8000:")
    assert claimed(database, "host:8000:2:b")


def test_a_postponed_message_holds_the_later_ones_back(database: Database) -> None:
    take_in(database, incoming("1", "先"))
    take_in(database, incoming("2", "后"))
    message = claimed(database)
    soon = NOW + timedelta(seconds=2)
    leases.postpone(database, message, "me", attempts=1, next_attempt_at=soon)
    assert leases.claim(database, "web:one", "me", now=NOW) is None
    again = claimed(database, now=soon)
    assert (again.text, again.attempts) == ("先", 1)


def test_waiting_conversations_are_found_after_a_restart(database: Database) -> None:
    take_in(database, incoming("1"))
    take_in(database, incoming("2", peer="two"))
    claimed(database)
    assert leases.waiting_conversations(database, now=NOW) == ["web:two"]
    later = NOW + LEASE + timedelta(seconds=1)
    assert leases.waiting_conversations(database, now=later) == ["web:one", "web:two"]
