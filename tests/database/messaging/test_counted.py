"""Where a messenger counts what we send: spent beforehand, joined, held, and never overdrawn."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot.messaging import leases, outbox
from bot.messaging.channels import allowance, states
from bot.messaging.channels.carrying import carry
from bot.messaging.intake import accept, accept_all, recall
from bot.messaging.messages import Delivery, Grant, Incoming, NotNow, RetryLater
from bot.messaging.outbox import OutboxWorker
from bot.messaging.tables import OutboxMessage, Reach
from store.clock import utc_now
from store.database import Database
from tests.database.messaging.support import NOW
from tests.database.messaging.test_outbox import statuses, until
from tests.support.messaging import answer, plain, take_in, vault

FIVE = Grant(5, timedelta(hours=48))
THREE = Grant(3, timedelta(minutes=1))
ONE = "counted:one"


class Counting:
    """A messenger that counts, and refuses more than it allows."""

    def __init__(self, allowed: int = 5) -> None:
        self.sent: list[str] = []
        self.allowed = allowed
        self.failures: list[Exception] = []

    async def send(self, delivery: Delivery) -> int:
        assert delivery.room is not None
        if self.failures:
            raise self.failures.pop(0)
        if delivery.room == 0:
            raise NotNow("no room")
        assert self.allowed > 0, "overdrawn"
        self.allowed -= 1
        self.sent.append("\n".join(row.reply["text"] for row in delivery.rows))
        return 1


def say(database: Database, key: str, *texts: str, grant: Grant = FIVE) -> None:
    """Have somebody write, and be answered with ``texts``."""
    now = utc_now()
    take_in(database, Incoming("counted", key, "one", f"说{key}", now, grant=grant))
    answer(database, ONE, *texts, now=now)


def reach_of(database: Database) -> Reach:
    with database.read() as session:
        found = session.get(Reach, ONE)
        assert found is not None
        return found


async def work(database: Database, messenger: Counting, *, rests: str = "pending") -> None:
    worker = OutboxWorker(database, "counted", messenger, vault(database), counted=True)
    await worker.start()
    try:
        await until(lambda: rests not in statuses(database))
    finally:
        await worker.stop()


async def test_replies_of_one_turn_are_one_message(database: Database) -> None:
    say(database, "k", "一", "二", "三")
    messenger = Counting()
    await work(database, messenger)
    assert messenger.sent == ["一\n二\n三"]
    assert reach_of(database).left == 4


async def test_what_may_not_be_sent_waits_and_joins_the_next_answer(database: Database) -> None:
    messenger = Counting()
    for n in range(5):
        say(database, str(n), f"第{n}句")
        with database.write() as session:  # as if all were of one act
            if n:
                session.get_one(Reach, ONE).left = 5 - n
            session.commit()
        await work(database, messenger)
    with database.write() as session:
        put = {"conversation_id": ONE, "author": "bot", "body": plain("提醒"), "status": "pending"}
        now = utc_now()
        session.add(OutboxMessage(**put, attempts=0, next_attempt_at=now, created_at=now))
        session.commit()
    await work(database, messenger)
    assert statuses(database)[-1] == "held"
    messenger.allowed = 5
    say(database, "again", "在的")
    await work(database, messenger)
    assert messenger.sent[-1] == "提醒\n在的"
    assert "held" not in statuses(database)


def test_little_room_waits_for_the_answers_that_are_coming(database: Database) -> None:
    say(database, "k", "一")
    now = utc_now()
    take_in(database, Incoming("counted", "k2", "one", "还有", now, grant=FIVE))
    with database.write() as session:
        session.get_one(Reach, ONE).left = outbox.LITTLE_ROOM
        session.commit()
    (row,) = outbox.due(database, "counted", now=now)
    assert outbox.claim(database, row, now=now, counted=True) is None
    assert outbox.due(database, "counted", now=now) == []
    answer(database, ONE, "二", now=now)
    (second,) = outbox.due(database, "counted", now=now)
    assert outbox.claim(database, second, now=now, counted=True) is None, "the first goes first"
    later = now + outbox.MOMENT
    (row,) = outbox.due(database, "counted", now=later)
    claimed = outbox.claim(database, row, now=later, counted=True)
    assert claimed is not None
    assert len(claimed.ids) == 2, "both are one message"


async def test_a_refusal_closes_the_ledger_and_costs_no_attempt(database: Database) -> None:
    say(database, "k", "一")
    messenger = Counting()
    messenger.failures = [RetryLater(0.05, untaken=True), NotNow("45047")]
    await work(database, messenger)
    assert (statuses(database), reach_of(database).left) == (["held"], 0)
    messenger.allowed = 5
    say(database, "k2", "二")
    await work(database, messenger)
    assert messenger.sent == ["一\n二"]


async def test_what_was_not_taken_is_given_back(database: Database) -> None:
    say(database, "k", "一")
    messenger = Counting()
    messenger.failures = [RetryLater(0.02, untaken=True)] * 3 + [RetryLater(0.02)]
    await work(database, messenger)
    # Of the unclear try two were spent: one message, and room for a picture.
    assert (messenger.sent, reach_of(database).left) == (["一"], 2)


async def test_who_left_is_told_nothing_until_they_act(database: Database) -> None:
    say(database, "k", "一")
    messenger = Counting()
    messenger.failures = [NotNow("unfollowed", lost=True)]
    await work(database, messenger)
    assert reach_of(database).unreachable == "unfollowed"
    say(database, "k2", "二")
    assert reach_of(database).unreachable is None
    await work(database, messenger)
    assert messenger.sent == ["一\n二"]


def test_a_request_carries_what_waits_and_a_repeat_the_same(database: Database) -> None:
    now = utc_now()
    arrived = Incoming("counted", "k", "one", "?", now, grant=FIVE)
    accepted = take_in(database, arrived)
    answer(database, ONE, "一", "二", now=now)
    carried = carry(database, vault(database), ONE, accepted.inbox_id, now=now)
    assert [row.reply["text"] for row in carried] == ["一", "二"]
    assert carry(database, vault(database), ONE, accepted.inbox_id, now=now) == carried
    assert (statuses(database), reach_of(database).left) == (["sent"] * 2, 5)


def test_while_a_request_is_open_nobody_else_sends(database: Database) -> None:
    now = utc_now()
    ends = now + timedelta(seconds=4)
    take_in(database, Incoming("counted", "k", "one", "?", now, grant=FIVE, answer_by=ends))
    answer(database, ONE, "一", now=now)
    assert outbox.due(database, "counted", now=now) == []
    assert len(outbox.due(database, "counted", now=ends + timedelta(seconds=1))) == 1


def test_a_request_does_not_overtake_what_is_being_sent(database: Database) -> None:
    say(database, "k", "一")
    (row,) = outbox.due(database, "counted", now=utc_now())
    claimed = outbox.claim(database, row, now=utc_now(), counted=True)
    assert claimed is not None
    second = take_in(database, Incoming("counted", "2", "one", "?2", utc_now(), grant=FIVE))
    answer(database, ONE, "二", now=utc_now())
    assert carry(database, vault(database), ONE, second.inbox_id, now=utc_now()) == ()


def test_what_was_sent_since_an_act_counts_against_it(database: Database) -> None:
    """A person writes; an older reply goes out before their message has come to us."""
    say(database, "k", "一")
    wrote_at = utc_now()
    (row,) = outbox.due(database, "counted", now=wrote_at)
    claimed = outbox.claim(database, row, now=wrote_at, counted=True)
    assert claimed is not None
    outbox.settle(database, claimed, unspent=1, status="sent", sent_at=utc_now())
    late = Incoming("counted", "2", "one", "?", utc_now(), grant=FIVE, acted_at=wrote_at)
    take_in(database, late)
    assert reach_of(database).left == 4
    take_in(database, replace(late, key="3", received_at=utc_now(), acted_at=utc_now()))
    assert reach_of(database).left == 5


def test_a_grant_does_not_add_up(database: Database) -> None:
    def left_after(*grants: tuple[Grant, float, int]) -> tuple[int, timedelta]:
        at = NOW
        for act, seconds, spent in grants:
            at = NOW + timedelta(seconds=seconds)
            with database.write() as session:
                allowance.grant(session, ONE, act, at)
                session.get_one(Reach, ONE).left -= spent
                session.commit()
        reach = reach_of(database)
        return reach.left, reach.until - at

    take_in(database, Incoming("counted", "k", "one", "?", NOW, grant=FIVE))
    assert left_after((FIVE, 0, 1)) == (4, timedelta(hours=48))
    assert left_after((THREE, 10, 0)) == (4, timedelta(hours=48) - timedelta(seconds=10))
    assert left_after((FIVE, 20, 5)) == (0, timedelta(hours=48))
    assert left_after((THREE, 30, 0)) == (3, timedelta(minutes=1)), "nothing was left: its own term"


class Model:
    """The messenger's side, as the fact sheet has it, in a few lines."""

    def __init__(self) -> None:
        self.left, self.until = 0, NOW

    def act(self, given: Grant, now: datetime) -> None:
        alive = self.until > now
        self.left = max(given.count, self.left) if alive else given.count
        self.until = max(self.until, now + given.lasts) if alive else now + given.lasts

    def take(self, now: datetime) -> bool:
        if self.left <= 0 or self.until <= now:
            return False
        self.left -= 1
        return True


Unheard = list[tuple[Grant, datetime]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "tap", "hear", "send", "slow", "refused", "killed"]),
        st.integers(0, 90),
    ),
    max_size=25,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_is_never_overdrawn(
    database_of_examples: Database, steps: list[tuple[str, int]]
) -> None:
    """Acts are heard of late, in their order; what is sent meanwhile counts against them."""
    database, model, now = database_of_examples, Model(), NOW
    unheard: Unheard = []
    with database.write() as session:
        session.query(Reach).delete()
        session.commit()
    for what, seconds in steps:
        now += timedelta(seconds=seconds)
        if what in ("write", "tap"):
            unheard.append((FIVE if what == "write" else THREE, now))
            model.act(*unheard[-1])
        elif what == "hear":
            with database.write() as session:
                for act, acted_at in unheard:
                    allowance.grant(session, ONE, act, now, acted_at=acted_at)
                session.commit()
            unheard = []
        else:
            now = _delivered(database, model, what, now, unheard)


def _delivered(
    database: Database,
    model: Model,
    what: str,
    now: datetime,
    unheard: list[tuple[Grant, datetime]],
) -> datetime:
    """Send as the outbox does; a ``slow`` delivery arrives behind an act that nobody heard of."""
    with database.write() as session:
        reach = allowance.lock(session, ONE)
        spent = min(allowance.room(reach, now), outbox.MOST_MESSAGES)
        if reach is None or not spent:
            return now
        granted_at, began = reach.granted_at, now
        allowance.take(reach, spent, now)
        session.commit()
    if what == "slow":
        unheard.append((FIVE, now))
        model.act(*unheard[-1])
        now += timedelta(seconds=1)
    took = 0 if what == "refused" else 1
    assert not took or model.take(now), "overdrawn"
    if what == "killed":
        return now
    with database.write() as session:
        reach = allowance.lock(session, ONE)
        assert reach is not None
        allowance.taken(reach, began, took, now)
        session.flush()
        allowance.give_back(session, ONE, spent - took, granted_at)
        session.commit()
    return now


@pytest.fixture
def database_of_examples(sqlite_database: Database) -> Database:
    take_in(sqlite_database, Incoming("counted", "k", "one", "?", NOW))
    return sqlite_database


def test_what_arrives_together_is_stored_with_its_cursor_or_not_at_all(database: Database) -> None:
    both = [Incoming("kf", str(n), "one", f"第{n}句", NOW, grant=FIVE) for n in range(2)]
    name = "kf:cursor"

    def with_cursor(session: Session) -> bool:
        if not states.has_turn(session, name, "me"):
            return False
        states.write(session, name, "C1", now=NOW)
        return True

    assert accept_all(database, both, vault(database), with_cursor, lambda _: None) == []
    assert states.read(database, name) is None
    assert states.take_turn(database, name, "me", now=NOW, lasts=timedelta(seconds=30))
    assert not states.take_turn(database, name, "you", now=NOW, lasts=timedelta(seconds=30))
    assert len(accept_all(database, both, vault(database), with_cursor, lambda _: None)) == 2
    assert states.read(database, name) == "C1"
    assert all(
        one.repeated
        for one in accept_all(database, both, vault(database), with_cursor, lambda _: None)
    )
    late = NOW + timedelta(minutes=1)
    assert states.take_turn(database, name, "you", now=late, lasts=timedelta(seconds=30))
    assert accept_all(database, both, vault(database), with_cursor, lambda _: None) == [], (
        "the turn was lost"
    )


def test_what_is_taken_back_is_not_answered(database: Database) -> None:
    stored = accept(database, Incoming("kf", "m1", "one", "发错了", NOW), vault(database))
    assert not stored.repeated
    with database.write() as session:
        recall(session, "kf", "m1", NOW)
        session.commit()
    assert leases.claim(database, "kf:one", "me", now=NOW) is None
