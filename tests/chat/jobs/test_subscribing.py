"""Being told of new postings, by chat: begun, listed, ended."""

import pytest

from actions.dialogue.services import Services
from actions.jobs.background import write_digests
from actions.jobs.news.notices import JobNews
from actions.jobs.service import Jobs
from actions.jobs.subscriptions import sentences as say
from actions.jobs.subscriptions.service import MOST, Subscriptions
from tests.chat.conftest import Person
from tests.support.postings import make


def wishes(services: Services) -> list[str]:
    return [each.words for each in services.of(Subscriptions).of("web:test")]


def test_a_sentence_with_its_wish(person: Person, services: Services) -> None:
    told = person.says("subscribe_jobs", "有新的电工岗位告诉我")
    assert wishes(services) == ["电工"]
    assert told["data"]["kind"] == "subscription"
    assert (told["data"]["wish"], told["data"]["active"]) == ("电工", True)
    assert "21 点到次日 8 点" in told["text"]


def test_after_a_search_its_wish_is_taken(person: Person, services: Services) -> None:
    person.says("search_jobs", "上海电工，六千以上，不要夜班")
    person.says("subscribe_jobs", "以后有合适的通知我")
    (words,) = wishes(services)
    assert all(part in words for part in ("电工", "上海", "6000", "不要夜班"))
    again = person.says("subscribe_jobs", "以后有合适的通知我")
    assert "已经在帮您留意" in again["text"]
    assert len(wishes(services)) == 1


def test_another_trade_stands_for_itself(person: Person, services: Services) -> None:
    person.says("search_jobs", "上海电工")
    person.says("subscribe_jobs", "有保洁的活也喊我一声")
    assert wishes(services) == ["保洁 · 上海市"]


def test_without_a_wish_it_is_asked_and_the_list_has_the_button(
    person: Person, services: Services
) -> None:
    assert person.says("subscribe_jobs", "有新岗位提醒我")["text"] == say.ASK
    listed = person.says("inform", "上海电工")
    assert listed["data"]["kind"] == "job_list"
    person.says("inform", say.B_SUBSCRIBE)
    assert wishes(services) == ["电工 · 上海市"]


@pytest.mark.parametrize("text", ["退订", "别再给我发了", "莫再推了"])
def test_one_word_ends_it(person: Person, services: Services, text: str) -> None:
    assert person.says("unsubscribe", text)["text"] == say.NONE
    person.says("subscribe_jobs", "有新的电工岗位告诉我")
    ended = person.says("unsubscribe", text)
    assert ended["data"]["active"] is False
    assert wishes(services) == []


@pytest.mark.parametrize("text", ["要是烦了怎么停", "一天别发八遍啊 最多一回", "多久发一次"])
def test_how_it_is_stopped_or_how_often_it_comes_is_told(
    person: Person, services: Services, text: str
) -> None:
    person.says("subscribe_jobs", "有新的电工岗位告诉我")
    told = person.says("unsubscribe", text)
    assert "一天最多" in told["text"]
    assert "退订" in told["text"]
    assert wishes(services) == ["电工"]


def test_one_of_several_is_named(person: Person, services: Services) -> None:
    for trade in ("电工", "保洁"):
        person.says("subscribe_jobs", f"有新的{trade}岗位告诉我")
    listed = person.says("out_of_scope", "我的订阅")
    assert [each["wish"] for each in listed["data"]["subscriptions"]] == ["电工", "保洁"]
    person.says("unsubscribe", "保洁的不用发了")
    assert wishes(services) == ["电工"]
    assert "没有订阅" in person.says("unsubscribe", "会计的别发了")["text"]


def test_there_is_a_limit(person: Person, services: Services) -> None:
    for trade in ("电工", "保洁", "会计", "快递员", "保安", "厨师"):
        person.says("subscribe_jobs", f"有新的{trade}岗位告诉我")
    assert len(wishes(services)) == MOST


@pytest.fixture
def told(person: Person, services: Services) -> list[str]:
    """Two new postings that somebody was just told of, as an answer's buttons wait."""
    person.says("subscribe_jobs", "有新的电工岗位告诉我")
    person.later(minutes=1)
    jobs = services.of(Jobs)
    for n in range(2):
        jobs.publish(make(title=f"电工{n}", employer=f"厂{n}"), now=person.now)
    write_digests(services, person.now)
    person.later(minutes=1)
    news, now = JobNews(services), person.now
    (one,) = news.due(now=now, limit=9)
    services.database.transact(lambda connection: news.settle(connection, one, now=now))
    person.later(minutes=1)
    return [posting.id for posting in one.postings]


def test_an_entry_of_a_digest_is_what_a_number_means(
    person: Person, services: Services, told: list[str]
) -> None:
    assert person.says("inform", "第二个")["data"]["id"] == told[1]
    assert person.says("inform", "第一个")["data"]["id"] == told[0]
    assert wishes(services) == ["电工"]  # 〔退订〕 was the first button before


def test_an_entry_of_a_digest_is_applied_for(person: Person, told: list[str]) -> None:
    person.says("apply_job", "我要报名第二个")
    assert person.outcome.asks == "apply_phone"
    assert person.slots["apply_posting"] == told[1]


def test_what_was_answered_since_is_meant_instead(person: Person, told: list[str]) -> None:
    listed = person.says("search_jobs", "昆明电工")
    first = listed["data"]["jobs"][0]["id"]
    assert person.says("inform", "第一个")["data"]["id"] == first not in told
