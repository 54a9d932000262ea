"""To be forgotten: everywhere, whole or not at all, and never what is alive; on both databases."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from actions.appointments.booking.tables import BookingRow
from actions.appointments.service import Appointments, Housekeeping
from actions.cases.tables import CaseRow
from actions.dialogue.services import Services
from actions.privacy.background import FORGOTTEN, forget
from actions.privacy.service import Privacy
from bot.messaging import leases
from bot.messaging.tables import Conversation, InboxMessage, OutboxMessage
from store.database import Database
from store.settings import ROOT
from tests.database.appointments.support import NOW
from tests.database.privacy.support import (
    LATER,
    MARK,
    PEER,
    PERSON,
    books,
    services_over,
    talks,
    traces,
    writes,
)
from tests.support.messaging import answer


@pytest.fixture
def services(database: Database, tmp_path: Path) -> Services:
    return services_over(database, tmp_path)


def test_nothing_is_left_but_the_receipt(services: Services) -> None:
    talks(services)
    talks(services, "another")
    everywhere = traces(services, PEER)
    assert {"conversations", "inbox", "outbox", "cases", "policy_feedback", "events"} <= everywhere
    receipt = services.of(Privacy).ask(PERSON, NOW)
    assert forget(services, LATER) == {FORGOTTEN: 1}
    assert traces(services, PEER) == set()
    done = services.of(Privacy).receipt(receipt.code)
    assert done is not None
    assert done.erased_at == done.done_at == LATER
    assert traces(services, "web:another") == everywhere | {"case_requests"}
    assert forget(services, LATER) == {FORGOTTEN: 0}


def test_a_case_keeps_number_and_dates(services: Services) -> None:
    talks(services)
    services.of(Privacy).ask(PERSON, NOW)
    forget(services, LATER)
    with services.database.read() as session:
        case = session.scalars(select(CaseRow)).one()
    assert (case.conversation, case.summary, case.status) == ("", "", "closed")
    assert case.opened_at == NOW
    assert case.closed_at == LATER


def test_a_booking_that_stands_is_kept_until_the_visit_is_over(services: Services) -> None:
    talks(services)
    code = books(services)
    receipt = services.of(Privacy).ask(PERSON, NOW)
    assert forget(services, LATER) == {FORGOTTEN: 1}
    assert traces(services, MARK) == set()
    assert traces(services, PEER) == {"bookings", "conversations", "privacy_requests"}
    assert [b.code for b in services.of(Appointments).bookings_of(PERSON, now=LATER)] == [code]
    assert forget(services, LATER) == {FORGOTTEN: 0}
    after = NOW + timedelta(days=2)
    services.of(Housekeeping).sweep(now=after)
    assert forget(services, after) == {FORGOTTEN: 1}
    assert traces(services, PEER) == set()
    done = services.of(Privacy).receipt(receipt.code)
    assert done is not None
    assert (done.erased_at, done.done_at) == (LATER, after)
    with services.database.read() as session:
        visit = session.scalars(select(BookingRow)).one()
    assert (visit.code, visit.status, visit.owner) == (code, "no_show", "")


def test_what_is_said_meanwhile_is_the_fresh_beginning(services: Services) -> None:
    talks(services)
    services.of(Privacy).ask(PERSON, NOW)
    writes(services.database, "你好", key="fresh")
    assert forget(services, LATER) == {FORGOTTEN: 0}  # it was there when the wish was
    with services.database.write() as session:
        session.execute(
            update(InboxMessage)
            .where(InboxMessage.key == "fresh")
            .values(received_at=NOW + timedelta(seconds=5))
        )
        session.commit()
    assert forget(services, LATER) == {FORGOTTEN: 1}
    assert traces(services, MARK) == set()
    assert traces(services, PEER) == {"conversations", "inbox"}
    answer(services.database, PERSON, "您好", now=LATER)
    assert traces(services, PEER) == {"conversations", "inbox", "outbox"}


def test_nothing_goes_while_the_confirming_message_is_answered(services: Services) -> None:
    writes(services.database, "全部删除", key="confirming")
    message = leases.claim(services.database, PERSON, "bot", now=NOW)
    assert message is not None
    services.of(Privacy).ask(PERSON, NOW)
    assert forget(services, NOW + timedelta(seconds=3)) == {FORGOTTEN: 0}
    # Its owner died: it is answered again, by somebody else, before anything is deleted.
    assert forget(services, LATER) == {FORGOTTEN: 0}
    answer(services.database, PERSON, "好的，一分钟内删完", now=LATER)
    assert forget(services, LATER) == {FORGOTTEN: 0}  # who waits for it over HTTP gets it
    assert forget(services, LATER + timedelta(seconds=11)) == {FORGOTTEN: 1}
    assert traces(services, PEER) == set()


def test_a_pushed_receipt_goes_out_before_it_goes(services: Services) -> None:
    talks(services)
    with services.database.write() as session:
        session.execute(update(OutboxMessage).values(status="pending"))
        session.commit()
    services.of(Privacy).ask(PERSON, NOW)
    assert forget(services, LATER) == {FORGOTTEN: 0}
    assert forget(services, NOW + timedelta(hours=2)) == {FORGOTTEN: 1}  # it cannot be sent
    assert traces(services, PEER) == set()


def test_numbers_of_messages_are_not_given_out_again(services: Services) -> None:
    talks(services)
    with services.database.read() as session:
        last = [session.scalars(select(row.id)).one() for row in (InboxMessage, OutboxMessage)]
    services.of(Privacy).ask(PERSON, NOW)
    forget(services, LATER)
    writes(services.database, "你好", key="fresh")
    answer(services.database, PERSON, "您好", now=LATER)
    with services.database.read() as session:
        new = [session.scalars(select(row.id)).one() for row in (InboxMessage, OutboxMessage)]
    assert all(after > before for before, after in zip(last, new, strict=True))


def test_asking_again_gives_the_same_receipt(services: Services) -> None:
    talks(services)
    assert services.of(Privacy).ask(PERSON, NOW) == services.of(Privacy).ask(PERSON, LATER)


KILLED = """
import os, sys
from datetime import datetime
from pathlib import Path
from actions.privacy.background import forget
from store.database import Database
from tests.database.privacy.support import services_over
url, folder, now, step = sys.argv[1:]
services = services_over(Database(url), Path(folder))
holding = services.holdings[int(step)]
holding.__class__.erase = lambda *_: os._exit(9)
forget(services, datetime.fromisoformat(now))
"""


HOLDINGS = 15
"""Whatever keeps something of a person: an erasure may end before each."""


@pytest.mark.parametrize("step", range(HOLDINGS))
def test_killed_between_the_steps_it_is_done_by_the_next(
    services: Services, tmp_path: Path, step: int
) -> None:
    talks(services)
    before = traces(services, PEER)
    services.of(Privacy).ask(PERSON, NOW)
    assert len(services.holdings) == HOLDINGS
    url = services.database.url.render_as_string(hide_password=False)
    arguments = [url, str(tmp_path), LATER.isoformat(), str(step)]
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert killed.returncode == 9
    # Whole or not at all; Rasa's own file alone cannot be brought back.
    assert before - traces(services, PEER) <= {"events"}
    assert forget(services, LATER) == {FORGOTTEN: 1}
    assert traces(services, PEER, MARK) == set()


def test_not_even_the_files_hold_a_word_of_it(sqlite_database: Database, tmp_path: Path) -> None:
    services = services_over(sqlite_database, tmp_path)
    talks(services)
    assert services.settings.tracker_file is not None
    files = [Path(str(sqlite_database.url.database)), services.settings.tracker_file]
    words = [MARK.encode(), json.dumps(MARK)[1:-1].encode(), PEER.encode()]
    services.of(Privacy).ask(PERSON, NOW)
    forget(services, LATER)
    sqlite_database.close()  # what was written beside the file comes into it
    assert [word for file in files for word in words if word in file.read_bytes()] == []


def test_two_at_once_forget_once(services: Services) -> None:
    talks(services)
    services.of(Privacy).ask(PERSON, NOW)
    (request,) = services.of(Privacy).open_requests()
    done = [services.of(Privacy).fulfil(request, services.holdings, LATER) for _ in range(2)]
    assert done == [True, False]


def test_a_file_is_fetched_once_and_soon(services: Services) -> None:
    privacy = services.of(Privacy)
    token = privacy.offer(PERSON, NOW)
    assert PERSON not in token
    assert traces(services, token) == set()
    assert privacy.is_offered(token, LATER)
    assert privacy.fetch(token, NOW + timedelta(minutes=11)) is None
    assert privacy.fetch(token, LATER) == PERSON
    assert privacy.fetch(token, LATER) is None
    assert not privacy.is_offered("\ud800", LATER)


def test_the_lease_is_free_afterwards(services: Services) -> None:
    talks(services)
    books(services)
    services.of(Privacy).ask(PERSON, NOW)
    forget(services, LATER)
    with services.database.read() as session:
        left = session.scalars(select(Conversation)).one()
    assert (left.lease_owner, left.mode, left.created_at) == (None, "bot", LATER)
