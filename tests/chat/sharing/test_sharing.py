"""An employer registers staff to lend or to borrow: asked for what lacks, kept, matched."""

import pytest

from actions.cases.service import Cases
from actions.dialogue.services import Services
from actions.sharing import sentences as say
from actions.sharing.service import BORROW, LEND, NewShare, Sharing
from tests.chat.conftest import NOW, Person

PHONE = "〔手机号#abc123〕"


def entries(services: Services) -> list[tuple[str, str, int, str, str]]:
    return [
        (each.side, each.trade, each.headcount, each.place, each.period)
        for each in services.of(Sharing).open_entries()
    ]


def test_one_sentence_and_what_it_left_open(person: Person, services: Services) -> None:
    other = NewShare(BORROW, "普工", 15, "320583", "三个月", "昆山某厂王总")
    services.of(Sharing).keep(other, "web:other", "1", NOW)
    said = person.says("share_workers", "我们厂淡季有30个普工想借出去两个月")
    assert said["text"] == say.ASK_PLACE
    assert person.says("inform", "苏州")["text"] == say.ASK_CONTACT
    checked = person.says("out_of_scope", f"恒达机械厂，李经理，{PHONE}")
    assert "30 人" in checked["text"]
    assert entries(services)[1:] == []
    assert "20 人" in person.says("inform", "改成20人")["text"]
    person.says("affirm", "好的")
    told, case = person.answered.replies
    assert "昆山" in told["text"]
    assert "王总" not in told["text"]
    assert case["data"]["kind"] == "staff_case"
    assert (LEND, "普工", 20, "320500", "两个月") in entries(services)
    (opened,) = services.of(Cases).for_conversation(person.conversation)
    assert "恒达机械厂" in opened.summary
    assert case["data"]["ticket"] == opened.ticket
    (mine,) = services.of(Sharing).of(person.conversation)
    assert mine.ticket == opened.ticket


def test_step_by_step_and_a_bare_number_is_no_choice(person: Person, services: Services) -> None:
    person.says("search_jobs", "上海电工")
    person.says("share_workers", "共享用工怎么参加")
    assert person.says("inform", "我这边缺人")["text"] == say.ASK_TRADE
    assert person.says("inform", "缝纫工")["text"] == say.ASK_COUNT
    assert person.says("inform", "3个")["text"] == say.ASK_PLACE
    assert person.says("inform", "绍兴")["text"] == say.ASK_PERIOD
    assert person.says("inform", "下个月起用四十天")["text"] == say.ASK_CONTACT
    assert "3 人，绍兴市" in person.says("out_of_scope", "越州服饰陈主任")["text"]
    assert person.says("deny", "先不登记了")["text"] == say.GIVEN_UP
    assert entries(services) == []


@pytest.mark.parametrize("words", ["算了不弄了", "不弄了"])
def test_what_is_given_up_is_forgotten(person: Person, words: str) -> None:
    person.says("share_workers", "想借出去30个普工")
    person.says("nlu_fallback", words)
    assert person.slots.get("share_count") is None
    assert say.ASK_SIDE in person.says("share_workers", "用工余缺调剂")["text"]


def test_the_rule_is_a_tap_away_and_what_stands_can_be_taken_back(
    person: Person, services: Services
) -> None:
    new = NewShare(LEND, "普工", 30, "320500", "两个月", "某厂")
    share = services.of(Sharing).keep(new, person.conversation, "1", NOW)
    answer = person.says("share_workers", "用工余缺调剂")
    assert say.B_RULE in [button["title"] for button in answer["buttons"]]
    assert share.code in answer["text"]
    asked = person.taps("share_workers", share_do="end", share_code=share.code)
    assert entries(services) != []
    assert asked["text"] == say.ASK_END.format(code=share.code)
    person.says("affirm", "确认")
    assert entries(services) == []


def test_nobody_ends_what_is_anothers(person: Person, services: Services) -> None:
    new = NewShare(LEND, "普工", 30, "320500", "两个月", "某厂")
    share = services.of(Sharing).keep(new, "web:other", "1", NOW)
    told = person.taps("share_workers", share_do="sure", share_code=share.code)
    assert told["text"] == say.NOT_ENDED
    assert entries(services) != []


def test_what_is_kept_is_shown(person: Person, services: Services) -> None:
    new = NewShare(LEND, "普工", 30, "320500", "两个月", "恒达机械厂")
    services.of(Sharing).keep(new, person.conversation, "1", NOW)
    assert "恒达机械厂" in person.says("privacy", "你们存了我什么")["text"]
