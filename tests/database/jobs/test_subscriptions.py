"""Subscriptions on both databases: only what is new, once a day, never at night."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from actions.dialogue.personal.holdings import Erasure
from actions.dialogue.personal.retention import look, run
from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.jobs.background import DIGESTS, write_digests
from actions.jobs.news.notices import JobNews, News
from actions.jobs.service import Jobs
from actions.jobs.subscriptions.holding import SubscriptionHolding
from actions.jobs.subscriptions.retention import rules
from actions.jobs.subscriptions.service import IN_A_DIGEST, Subscriptions
from store.database import Database
from tests.database.jobs.test_applications import SETTINGS
from tests.support.numbers import NOW
from tests.support.postings import PUDONG, SHANGHAI_CODE, make

PERSON = "web:person"
WISH = {"trade": "电工", "place": SHANGHAI_CODE, "salary_min": 6000}


@pytest.fixture
def services(database: Database) -> Services:
    return Services(database, SETTINGS, FEATURES)


@pytest.fixture
def subscribed(services: Services) -> Services:
    """Somebody who wants to hear of electricians' work; one posting was there before."""
    publish(services, title="早就有的", now=NOW - timedelta(hours=1))
    services.of(Subscriptions).begin(PERSON, WISH, "电工 · 上海市", NOW)
    return services


def publish(services: Services, now: datetime = NOW, **changes: Any) -> str:
    return services.of(Jobs).publish(make(**changes), now=now)


def tell(services: Services, now: datetime) -> list[News]:
    """Do what the scheduler does; return what was told."""
    write_digests(services, now)
    news = JobNews(services)
    due = news.due(now=now, limit=20)
    told = services.database.transact(lambda c: news.settle(c, *due, now=now))
    return [each for each in due if each.id in told]


def titles(told: list[News]) -> list[str]:
    return sorted(posting.title for each in told for posting in each.postings)


def test_only_what_is_new_and_meant(subscribed: Services) -> None:
    at = NOW + timedelta(minutes=5)
    assert tell(subscribed, at) == []
    publish(subscribed, at, title="新电工")
    publish(subscribed, at, title="保洁员", trade="保洁员")
    publish(subscribed, at, title="昆明电工", city="530100", district=None)
    publish(subscribed, at, title="钱少电工", salary_min=3000, salary_max=4000)
    later = at + timedelta(minutes=1)
    told = tell(subscribed, later)
    assert titles(told) == ["新电工"]
    assert "今天有 1 个新岗位" in JobNews(subscribed).reply(told[0], now=later)["text"]


def test_at_most_one_a_day_and_nothing_twice(subscribed: Services) -> None:
    at = NOW + timedelta(minutes=5)
    first = publish(subscribed, at, title="第一个")
    assert titles(tell(subscribed, at)) == ["第一个"]
    publish(subscribed, at, title="第二个")
    assert tell(subscribed, at + timedelta(hours=2)) == []
    tomorrow = at + timedelta(days=1)
    assert titles(tell(subscribed, tomorrow)) == ["第二个"]
    jobs = subscribed.of(Jobs)
    for state in ("paused", "published"):
        jobs.move(first, state, who="甲", reason="", now=tomorrow)
    assert tell(subscribed, tomorrow + timedelta(days=1)) == []


def test_what_does_not_fit_into_one_waits_for_the_next(subscribed: Services) -> None:
    at = NOW + timedelta(minutes=5)
    for n in range(IN_A_DIGEST + 2):
        publish(subscribed, at, title=f"电工{n}", employer=f"厂{n}")
    first = tell(subscribed, at)
    second = tell(subscribed, at + timedelta(days=1))
    assert (len(titles(first)), len(titles(second))) == (IN_A_DIGEST, 2)


def test_nobody_is_told_at_night(subscribed: Services) -> None:
    night = NOW + timedelta(hours=12)  # 21:30 in Shanghai
    publish(subscribed, night)
    assert write_digests(subscribed, night) == {DIGESTS: 0}
    assert tell(subscribed, night) == []
    assert len(tell(subscribed, NOW + timedelta(days=1))) == 1


@pytest.mark.parametrize("overtaken", ["withdrawn", "unsubscribed"])
def test_what_is_overtaken_is_not_told(subscribed: Services, overtaken: str) -> None:
    at = NOW + timedelta(minutes=5)
    code = publish(subscribed, at)
    assert write_digests(subscribed, at) == {DIGESTS: 1}
    if overtaken == "withdrawn":
        subscribed.of(Jobs).withdraw(code, now=at)
    else:
        subscribed.of(Subscriptions).end(PERSON, at)
    assert tell(subscribed, at) == []
    assert JobNews(subscribed).due(now=at, limit=9) == ()


def test_two_wishes_are_one_digest(subscribed: Services) -> None:
    subscribed.of(Subscriptions).begin(PERSON, {"trade": "电工", "place": PUDONG}, "浦东电工", NOW)
    at = NOW + timedelta(minutes=5)
    publish(subscribed, at)
    assert write_digests(subscribed, at) == {DIGESTS: 1}
    (told,) = tell(subscribed, at)
    assert len(told.postings) == 1


def test_it_is_shown_handed_out_and_forgotten(subscribed: Services) -> None:
    at = NOW + timedelta(minutes=5)
    publish(subscribed, at)
    tell(subscribed, at)
    holding = subscribed.of(SubscriptionHolding)
    shown = [each.table for each in holding.show(PERSON, NOW)]
    assert shown == ["subscriptions", "told_postings"]
    assert {name: len(rows) for name, rows in holding.export(PERSON).items()} == {
        "subscriptions": 1,
        "told_postings": 1,
        "job_news": 1,
    }
    with subscribed.database.write() as session:
        holding.erase(session, Erasure(PERSON, NOW, NOW))
        session.commit()
    assert not any(holding.export(PERSON).values())


def test_what_is_a_year_old_goes(subscribed: Services) -> None:
    at = NOW + timedelta(minutes=5)
    publish(subscribed, at)
    tell(subscribed, at)
    year = NOW + timedelta(days=366)
    due = {rule.name: look(rule, year).count for rule in rules(subscribed)}
    assert due == {"subscriptions": 0, "job_news": 1, "told_postings": 1}
    subscribed.of(Subscriptions).end(PERSON, at)
    for rule in rules(subscribed):
        run(rule, year)
    assert not any(subscribed.of(SubscriptionHolding).export(PERSON).values())
