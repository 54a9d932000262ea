"""Applying for a posting by chat: asked once, sent once, told of, taken back."""

import json
from datetime import timedelta
from typing import Any

import pytest

from actions.dialogue.services import Services
from actions.jobs.applications import sentences as say
from actions.jobs.applications.service import Applications
from actions.jobs.applications.states import HANDED, INVITED, SUBMITTED, WITHDRAWN
from actions.jobs.service import Jobs
from tests.chat.conftest import NOW, Person
from tests.support.numbers import hidden
from tests.support.postings import make

PHONE = "13812345678"


def said(person: Person, text: str) -> str:
    """Return a text as it reaches the assistant."""
    services = person.services
    return hidden(services.database, services.settings, person.conversation, text)


def values(button: dict[str, str]) -> dict[str, Any]:
    return dict(json.loads(button["payload"][button["payload"].index("{") :]))


@pytest.fixture
def posting_id(services: Services) -> str:
    """A posting whose employer left its number."""
    return services.of(Jobs).publish(make(), now=NOW)


def shown(person: Person, posting_id: str) -> None:
    person.taps("job_details", posting_id=posting_id)


def applied(person: Person, posting_id: str) -> dict[str, Any]:
    """Look at a posting and apply for it with a number; return the last reply."""
    shown(person, posting_id)
    person.says("apply_job", said(person, f"我要报名，电话{PHONE}"))
    return dict(person.says("affirm", "好的"))


def test_number_consent_application_and_the_contact(person: Person, posting_id: str) -> None:
    shown(person, posting_id)
    asked = person.says("apply_job", "我要报名")
    assert "手机号" in asked["text"]
    assert person.outcome.asks == "apply_phone"
    consent = person.says("inform", said(person, f"姓王，{PHONE}"))
    assert "「王」" in consent["text"]
    assert "同意吗" in consent["text"]
    assert person.services.of(Applications).of("web:test", NOW) == ()
    done = person.says("affirm", "行，同意")
    (one,) = person.services.of(Applications).of("web:test", NOW)
    assert done["data"] == {
        "kind": "application",
        "id": one.code,
        "posting_id": posting_id,
        "status": SUBMITTED,
    }
    # What was agreed to is kept as it was read; no number stands anywhere in clear.
    assert "138****5678" in one.consent
    assert one.employer in one.consent
    assert "13900001111" not in done["text"]
    assert done["numbers_of"] == f"posting:{posting_id}"
    assert "陈经理 〔手机号#" in done["text"]


@pytest.mark.parametrize("text", ["投这个", "帮我报一下名", "我想去应聘", "报个名吧", "给我投一下"])
def test_words_apply_for_what_is_looked_at(person: Person, posting_id: str, text: str) -> None:
    shown(person, posting_id)
    assert "维修电工" in person.says("nlu_fallback", text)["text"]
    assert person.outcome.asks == "apply_phone"


@pytest.mark.parametrize("text", ["给老板打电话咋打", "联系方式是多少", "怎么联系单位"])
def test_the_contact_comes_with_the_application(person: Person, posting_id: str, text: str) -> None:
    shown(person, posting_id)
    person.says("nlu_fallback", text)
    assert person.outcome.asks == "apply_phone"
    person.says("inform", said(person, PHONE))
    person.says("affirm", "可以")
    again = person.says("nlu_fallback", text)
    assert again["numbers_of"] == f"posting:{posting_id}"


def test_the_second_of_a_list_by_its_number(person: Person) -> None:
    listed = person.says("search_jobs", "上海电工")
    second = values(listed["buttons"][1])["posting_id"]
    text = said(person, f"我要报名第二个，电话{PHONE}")
    asked = person.says("apply_job", text)
    assert "同意吗" in asked["text"]
    assert values(asked["buttons"][0])["posting_id"] == second


def test_without_saying_which_it_is_asked(person: Person) -> None:
    person.says("search_jobs", "上海电工")
    asked = person.says("apply_job", "我要报名")
    assert asked["text"] == say.WHICH
    person.says("inform", "第三个")
    assert person.outcome.asks == "apply_phone"


def test_with_nothing_shown_it_begins_with_a_search(person: Person) -> None:
    assert person.says("apply_job", "我要报名")["text"] == say.NOTHING_SHOWN
    assert person.says("search_jobs", "上海电工")["data"]["kind"] == "job_list"


def test_a_known_number_is_not_asked_for_again_and_may_be_changed(
    person: Person, posting_id: str
) -> None:
    said(person, PHONE)
    shown(person, posting_id)
    consent = person.says("apply_job", "报名")
    assert "同意吗" in consent["text"]
    stale = values(consent["buttons"][0])
    person.taps("apply_job", **values(consent["buttons"][1]))
    assert person.outcome.asks == "apply_phone"
    person.says("inform", said(person, "用13911112222"))
    # The old button agreed to the other number.
    again = person.taps("apply_job", **stale)
    assert again["text"].startswith(say.AGREED_STALE.strip()[:6])
    assert person.services.of(Applications).of("web:test", NOW) == ()


def test_a_no_sends_nothing(person: Person, posting_id: str) -> None:
    shown(person, posting_id)
    person.says("apply_job", said(person, f"报名，{PHONE}"))
    person.says("deny", "不报名了")
    assert person.services.of(Applications).of("web:test", NOW) == ()


def test_twice_is_once(person: Person, posting_id: str) -> None:
    applied(person, posting_id)
    again = person.says("apply_job", "我要报名")
    assert "已经报过名" in again["text"]
    assert "numbers_of" not in again
    assert len(person.services.of(Applications).of("web:test", NOW)) == 1


def test_what_is_withdrawn_cannot_be_applied_for(
    person: Person, services: Services, posting_id: str
) -> None:
    shown(person, posting_id)
    person.says("apply_job", said(person, f"报名，{PHONE}"))
    services.of(Jobs).withdraw(posting_id, now=NOW)
    assert person.says("affirm", "好")["text"] == say.GONE
    assert services.of(Applications).of("web:test", NOW) == ()


@pytest.mark.parametrize("text", ["我投的怎么样了", "报名的那个有消息没", "我投了哪些岗位"])
def test_its_state_is_told(person: Person, services: Services, posting_id: str, text: str) -> None:
    assert person.says("out_of_scope", text)["text"] == say.NONE_YET
    code = applied(person, posting_id)["data"]["id"]
    assert "等工作人员转交" in person.says("out_of_scope", text)["text"]
    services.of(Applications).hand_over(code, who="甲", how="电话", now=NOW)
    assert "交给单位" in person.says("out_of_scope", text)["text"]
    person.now += timedelta(days=8)
    assert "8 天没有答复" in person.says("out_of_scope", text)["text"]
    services.of(Applications).move(code, INVITED, who="甲", why="", now=person.now)
    told = person.says("out_of_scope", text)
    assert "面试" in told["text"]
    assert told["data"]["status"] == INVITED


@pytest.mark.parametrize("text", ["撤回报名", "我想把报名取消了", "那个岗位不想投了"])
def test_it_is_taken_back_after_asking(
    person: Person, services: Services, posting_id: str, text: str
) -> None:
    code = applied(person, posting_id)["data"]["id"]
    services.of(Applications).hand_over(code, who="甲", how="电话", now=NOW)
    assert "要撤回" in person.says("out_of_scope", text)["text"]
    assert services.of(Applications).of("web:test", NOW)[0].state == HANDED
    back = person.says("affirm", "对，撤回")
    assert back["data"]["status"] == WITHDRAWN
    assert "已经交给单位" in back["text"]
    again = person.taps("apply_job", **values(back["buttons"][0]))
    assert "同意吗" in again["text"]


def test_nobody_takes_back_what_is_somebody_elses(
    person: Person, services: Services, posting_id: str
) -> None:
    code = applied(person, posting_id)["data"]["id"]
    other = Person(services, "web:other")
    other.taps("apply_job", withdraw=code, seen=SUBMITTED)
    assert services.of(Applications).of("web:test", NOW)[0].state == SUBMITTED


def test_a_booking_is_still_cancelled_as_one(person: Person) -> None:
    person.books()
    assert person.says("cancel_booking", "取消我的预约")["text"] != say.BACK_NONE


@pytest.mark.parametrize("value_id", ["gdnjfgts", "hbnjfgts"])
def test_a_placeholder_is_no_cases_or_bookings_number(
    person: Person, posting_id: str, value_id: str
) -> None:
    shown(person, posting_id)
    person.says("apply_job", "报名")
    assert "同意吗" in person.says("inform", f"用〔手机号#{value_id}〕")["text"]
