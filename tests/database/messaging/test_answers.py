"""A message is answered once, by who holds the lease; a notice stands in for the answer."""

from datetime import timedelta

from sqlalchemy import select

from actions.dialogue.turn import Reply
from bot.messaging import answers
from bot.messaging.intake import Accepted
from bot.messaging.leases import LEASE
from bot.messaging.tables import OutboxMessage
from bot.messaging.transcripts import replies_after
from store.database import Database
from tests.database.messaging.support import NOW, claimed, incoming
from tests.support.messaging import PULLED, answer, finish, plain, take_in, vault


def notice(database: Database, accepted: Accepted) -> Reply | None:
    return answers.give_notice(database, accepted.inbox_id, plain("请稍等"), now=NOW, pulled=PULLED)


def test_who_lost_the_lease_stores_nothing(database: Database) -> None:
    take_in(database, incoming("k"))
    slow = claimed(database, "slow")
    later = NOW + LEASE + timedelta(seconds=1)
    quick = claimed(database, "quick", later)
    done = finish(database, quick, "快", owner="quick", now=later)
    assert done is not None
    assert finish(database, slow, "慢", owner="slow", now=later) is None
    outcome = answers.outcome(database, slow.inbox_id)
    assert outcome is not None
    assert [r["text"] for r in outcome.replies] == ["快"]


def test_a_notice_is_given_once_and_not_after_the_answer(database: Database) -> None:
    accepted = take_in(database, incoming("k"))
    first = notice(database, accepted)
    again = notice(database, accepted)
    assert first is not None
    assert first == again
    answer(database, "web:one", "您好", now=NOW)
    assert notice(database, accepted) is None
    assert len(replies_after(database, vault(database), "web:one", 0)) == 2


def test_an_unsent_notice_is_dropped_when_the_answer_comes_first(database: Database) -> None:
    accepted = take_in(database, incoming("k", channel="telegram"))
    notice(database, accepted)
    answer(database, "telegram:one", "您好", now=NOW)
    with database.read() as session:
        statuses = session.scalars(select(OutboxMessage.status).order_by(OutboxMessage.id)).all()
    assert statuses == ["dead", "pending"]
