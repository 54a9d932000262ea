"""Applications on both databases: one a person and posting, one handing over, then forgotten."""

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions.dialogue.personal.holdings import Erasure
from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.jobs.applications.demo import seed_applications, seed_demo
from actions.jobs.applications.holding import ApplicationHolding
from actions.jobs.applications.reports import FRAUD, PostingReports
from actions.jobs.applications.service import (
    Applications,
    HandedAlready,
    PostingGone,
    Sent,
)
from actions.jobs.applications.states import (
    DECLINED,
    HANDED,
    HIRED,
    INVITED,
    SUBMITTED,
    WITHDRAWN,
    NoSuchMove,
)
from actions.jobs.applications.tables import ApplicationChangeRow, ApplicationRow
from actions.jobs.news.notices import JobNews
from actions.jobs.service import Jobs
from store.database import Database
from store.settings import Settings
from tests.support.numbers import NOW, hidden
from tests.support.postings import make

PERSON = "web:person"
PHONE = "13812345678"
SETTINGS = Settings(_env_file=None, data_keys="k" * 32, secret_key="s" * 32)


@pytest.fixture
def services(database: Database) -> Services:
    return Services(database, SETTINGS, FEATURES)


@pytest.fixture
def applications(services: Services) -> Applications:
    return services.of(Applications)


@pytest.fixture
def posting(services: Services) -> str:
    return services.of(Jobs).publish(make(), now=NOW)


def send(
    applications: Applications,
    services: Services,
    posting: str,
    *,
    person: str = PERSON,
    now: datetime = NOW,
) -> Sent:
    phone = hidden(services.database, SETTINGS, person, PHONE)
    return applications.send(person, posting, phone=phone, name="王", consent="同意", now=now)


def test_once_however_often(applications: Applications, services: Services, posting: str) -> None:
    first = send(applications, services, posting)
    later = send(applications, services, posting, now=NOW + timedelta(minutes=1))
    assert (first.new, later.new) == (True, False)
    assert first.application.code == later.application.code
    # The same request again, after a crash, is as new as the first time.
    assert send(applications, services, posting).contact == first.contact != ""


def test_two_at_one_moment_are_one(
    applications: Applications, services: Services, posting: str
) -> None:
    phone = hidden(services.database, SETTINGS, PERSON, PHONE)
    start, sent = threading.Barrier(4), []

    def apply(at: int) -> None:
        start.wait()
        now = NOW + timedelta(seconds=at)
        sent.append(applications.send(PERSON, posting, phone=phone, name="", consent="", now=now))

    threads = [threading.Thread(target=apply, args=(at,)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == 4
    assert sum(each.new for each in sent) == 1
    assert len(applications.of(PERSON, NOW)) == 1


@pytest.mark.parametrize("gone", ["withdrawn", "paused", "expired", "unknown"])
def test_what_is_not_shown_cannot_be_applied_for(
    applications: Applications, services: Services, posting: str, gone: str
) -> None:
    now = NOW + timedelta(days=60) if gone == "expired" else NOW
    if gone in ("withdrawn", "paused"):
        services.of(Jobs).move(posting, gone, who="甲", reason="", now=NOW)
    with pytest.raises(PostingGone):
        send(applications, services, "GW-2222222" if gone == "unknown" else posting, now=now)


def test_the_contact_is_handed_over_once(
    applications: Applications, services: Services, posting: str
) -> None:
    code = send(applications, services, posting).application.code
    contact = applications.hand_over(code, who="甲", how="电话", now=NOW)
    assert (contact.name, contact.phone) == ("王", PHONE)
    with pytest.raises(HandedAlready):
        applications.hand_over(code, who="乙", how="电话", now=NOW)
    (one,) = applications.of(PERSON, NOW)
    assert (one.state, one.handed_by, one.phone) == (HANDED, "甲", "138****5678")


def test_it_ends_and_may_begin_again(
    applications: Applications, services: Services, posting: str
) -> None:
    code = send(applications, services, posting).application.code
    applications.hand_over(code, who="甲", how="", now=NOW)
    applications.withdraw(code, PERSON, NOW)
    with pytest.raises(NoSuchMove):
        applications.move(code, HIRED, who="甲", why="", now=NOW)
    again = send(applications, services, posting, now=NOW + timedelta(hours=1))
    assert (again.new, again.application.state, again.application.handed_at) == (
        True, SUBMITTED, None,
    )  # fmt: skip
    became = [each.became for each in applications.changes(again.application.id)]
    assert became == [HANDED, WITHDRAWN, SUBMITTED]


def test_silence_is_counted_from_what_the_employer_knows(
    applications: Applications, services: Services, posting: str
) -> None:
    code = send(applications, services, posting).application.code
    later = NOW + timedelta(days=10)
    (one,) = applications.listed(later)
    assert one.silent_days == 10
    applications.hand_over(code, who="甲", how="", now=NOW + timedelta(days=4))
    assert applications.listed(later)[0].silent_days == 6
    applications.move(code, INVITED, who="甲", why="", now=later)
    assert applications.listed(later)[0].silent_days == 0
    assert applications.listed(later, states=(SUBMITTED,)) == ()
    assert applications.listed(later, words="浦东机电")[0].code == code
    assert applications.listed(later, words="没有这家") == ()


def test_what_staff_change_is_told_once_in_waking_hours(
    applications: Applications, services: Services, posting: str
) -> None:
    code = send(applications, services, posting).application.code
    applications.hand_over(code, who="甲", how="", now=NOW)
    applications.move(code, INVITED, who="甲", why="", now=NOW)
    news = JobNews(services)
    midnight = NOW + timedelta(hours=13)
    assert news.due(now=midnight, limit=9) == ()
    due = news.due(now=NOW, limit=9)
    settled = services.database.transact(lambda c: news.settle(c, *due, now=NOW))
    # That it was handed over is overtaken by the invitation.
    (told,) = [each for each in due if each.id in settled]
    assert "约您面试" in news.reply(told, now=NOW)["text"]
    assert news.due(now=NOW, limit=9) == ()
    assert services.database.transact(lambda c: news.settle(c, *due, now=NOW)) == set()


def test_a_report_is_one_a_person_until_it_is_settled(services: Services, posting: str) -> None:
    reports = services.of(PostingReports)
    for person in ("web:a", "web:a", "web:b"):
        reports.file(posting, person, "GD-1", FRAUD, NOW)
    reports.file("GW-2222222", "web:a", "GD-1", FRAUD, NOW)
    assert reports.open_counts([posting]) == {posting: 2}
    reports.settle(posting, who="甲")
    assert reports.open_counts([posting]) == {}
    assert len(reports.of(posting)) == 2


def test_the_made_up_ones_are_marked_and_made_once(
    applications: Applications, database: Database
) -> None:
    seed_demo(database, now=NOW)
    made = applications.listed(NOW)
    assert {each.name for each in made} == {"示例"}
    assert sum(each.silent_days >= SETTINGS.employer_answer_days for each in made) == 2
    assert seed_applications(database, now=NOW) == 0


def test_it_is_shown_handed_out_and_forgotten(
    applications: Applications, services: Services, posting: str
) -> None:
    code = send(applications, services, posting).application.code
    applications.move(code, DECLINED, who="甲", why="", now=NOW)
    services.of(PostingReports).file(posting, PERSON, "GD-1", FRAUD, NOW)
    holding = services.of(ApplicationHolding)
    assert [each.table for each in holding.show(PERSON, NOW)] == ["applications", "posting_reports"]
    exported = holding.export(PERSON)
    assert exported["applications"][0]["code"] == code
    with services.database.write() as session:
        holding.erase(session, Erasure(PERSON, NOW, NOW))
        session.commit()
    assert holding.show(PERSON, NOW) == []
    with services.database.read() as session:
        assert session.scalars(select(ApplicationRow)).all() == []
        assert session.scalars(select(ApplicationChangeRow)).all() == []
