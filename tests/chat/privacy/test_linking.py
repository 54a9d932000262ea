"""One person on two channels stays two until they say so in both, with a code that is used once."""

import re
from datetime import timedelta

import pytest

from actions.cases.service import Cases
from actions.dialogue.personal.links import GOOD_FOR, Links
from actions.dialogue.services import Services
from actions.privacy.chat.linking import ASKED, ENDED
from tests.chat.conftest import NOW, Person


@pytest.fixture
def other(services: Services) -> Person:
    return Person(services, "wechat:o1")


def code_of(person: Person, text: str = "关联微信") -> str:
    said = person.says("out_of_scope", text)["text"]
    return re.findall(r"GL-\w+", said)[0]


def link(other: Person, code: str) -> str:
    """Type a code, and confirm."""
    asked = other.says("out_of_scope", f"关联码 {code}")
    (yes,) = asked["buttons"]
    assert yes["title"] == "是我本人，关联"
    return other.taps("privacy", privacy="linked", field=code)["text"]


def test_bookings_and_cases_are_seen_from_both(person: Person, other: Person) -> None:
    booking = person.books()
    person.says("complain", "窗口的人不理我", recent=("窗口的人不理我",))
    assert booking["code"] not in other.says("my_bookings", "我的预约")["text"]
    assert link(other, code_of(person)).startswith("关联好了")
    assert booking["code"] in str(other.says("my_bookings", "我的预约"))
    cases = other.services.of(Cases)
    assert cases.for_conversation("web:test") == cases.for_conversation("wechat:o1") != ()
    cancelled = other.taps("cancel_booking", code=booking["code"], sure="yes")
    assert "取消" in cancelled["text"]
    assert other.says("out_of_scope", "取消关联")["text"].startswith("已取消关联")
    assert other.says("out_of_scope", "取消关联")["text"].startswith("这里没有")


def test_a_code_is_good_once_for_ten_minutes_and_elsewhere_only(
    person: Person, other: Person
) -> None:
    code = code_of(person)
    assert "不对" in person.says("out_of_scope", code)["text"]
    other.now = NOW + GOOD_FOR + timedelta(seconds=1)
    assert "不对" in other.says("out_of_scope", code)["text"]
    other.now = NOW
    assert link(other, code).startswith("关联好了")
    assert "不对" in other.taps("privacy", privacy="linked", field=code)["text"]
    first, second = code_of(person), code_of(person)
    assert "不对" in other.says("out_of_scope", first)["text"], "the newer one ended it"
    assert first != second


def test_two_pairs_become_one_person(services: Services) -> None:
    links = services.of(Links)
    for one, two in (("web:a", "wechat:a"), ("telegram:a", "wecom:a"), ("web:a", "telegram:a")):
        assert links.link(links.offer(one, NOW), two, NOW)
    four = [Person(services, name) for name in ("web:a", "wechat:a", "telegram:a", "wecom:a")]
    booking = four[0].books()
    for person in four:
        assert booking["code"] in str(person.says("my_bookings", "我的预约"))


@pytest.mark.parametrize(
    ("text", "asked", "ended"),
    [
        ("关联", True, False),
        ("我想关联公众号", True, False),
        ("绑定其他渠道", True, False),
        ("怎么关联微信？", True, False),
        ("取消关联", False, True),
        ("解除绑定", False, True),
        ("关联企业能不能一起申请补贴", False, False),
        ("银行卡要绑定吗", False, False),
    ],
)
def test_words_are_read(text: str, asked: bool, ended: bool) -> None:
    assert (bool(ASKED.match(text)), bool(ENDED.match(text))) == (asked, ended)
