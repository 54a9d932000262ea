"""Courses in the chat: found, refined, one in full, signed up for with consent, left again."""

from datetime import date

import pytest

from actions.dialogue.replies import read_payload
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from actions.training import sentences as say
from actions.training.records import NewCourse
from actions.training.service import Training
from tests.chat.conftest import NOW, Person

CHENGDU = "510100"


@pytest.fixture
def course(services: Services) -> str:
    """A course with two seats, of a trade that no other teaches."""
    new = NewCourse(
        title="钢琴调律班",
        trade="",
        provider="乐声学校",
        city=CHENGDU,
        address="某路 3 号",
        starts_on=date(2026, 3, 30),
        times="周六、周日",
        weekend=True,
        evening=False,
        fee=800,
        seats=2,
    )
    services.of(Training).put(new, "测试", "1")
    return next(one.id for one in services.of(Training).all() if one.provider == "乐声学校")


def presses(person: Person, title: str) -> Reply:
    button = next(b for b in person.answered.replies[-1]["buttons"] if b["title"] == title)
    intent, values = read_payload(button["payload"])
    return person.taps(intent, **values)


def left(services: Services, course: str) -> int | None:
    found = services.of(Training).get(course, now=NOW)
    assert found is not None
    return found.seats_left


def test_a_list_is_refined_and_one_of_it_asked_about(person: Person) -> None:
    found = person.says("find_training", "有没有电工培训")
    assert found["data"]["kind"] == "training_list"
    assert found["data"]["total"] >= 4
    keys = {*["id", "title", "provider", "city", "starts_on", "seats_left", "fee", "subsidised"]}
    assert set(found["data"]["courses"][0]) == keys
    assert say.DEMO in found["text"]
    there = person.says("inform", "武汉的呢")
    assert [one["city"] for one in there["data"]["courses"]] == ["武汉市"]
    assert "示例路" in person.says("nlu_fallback", "在哪上课")["text"]
    assert "1280" in person.says("nlu_fallback", "学费多少")["text"]


def test_an_ordinal_opens_a_course_whatever_is_asked_with_it(person: Person) -> None:
    listed = person.says("find_training", "有没有电工培训")["data"]["courses"]
    opened = person.says("nlu_fallback", "第二个在哪上课")
    assert opened["data"]["courses"][0]["id"] == listed[1]["id"]
    assert "上课地点" in opened["text"]


def test_conditions_are_met_or_said_to_be_given_up(person: Person) -> None:
    free = person.says("find_training", "免费的家政培训有吗")["data"]
    assert {one["fee"] for one in free["courses"]} == {0}
    person.says("find_training", "电工培训有吗")
    relaxed = person.says("inform", "要免费的")["text"]
    assert "放宽要求" in relaxed
    evening = person.says("inform", "不要晚上的")["text"]
    assert "18:30" not in evening


def test_another_subject_begins_anew(person: Person) -> None:
    person.says("find_training", "免费的养老护理班")
    other = person.says("find_training", "想学西点")["text"]
    assert "免费 ·" not in other
    assert "「西点" in other


def test_what_nobody_teaches_is_said(person: Person) -> None:
    answer = person.says("find_training", "想学吹玻璃")
    assert answer["data"] is None
    assert [b["title"] for b in answer["buttons"]][:2] == [say.B_ALL, say.B_SUBSIDY]


def test_who_agrees_gets_a_seat_once(person: Person, services: Services, course: str) -> None:
    person.says("find_training", "成都有学钢琴调律的吗")
    asked = person.says("apply_job", "我要报名")
    assert "同意报名吗" in asked["text"]
    assert left(services, course) == 2
    assert "还剩 1 位" in person.says("affirm", "好的")["text"]
    assert left(services, course) == 1
    person.says("find_training", "钢琴调律")
    assert "已经报了" in person.says("apply_job", "我要报名")["text"]
    mine = person.says("ask_help", "我报的班")
    assert "钢琴调律班" in mine["text"]
    assert left(services, course) == 1


def test_who_does_not_agree_gets_none(person: Person, services: Services, course: str) -> None:
    person.says("find_training", "成都钢琴调律培训")
    person.says("apply_job", "怎么报名")
    assert person.says("deny", "先不了")["text"] == say.NOT_SIGNED_UP
    assert left(services, course) == 2


def test_a_seat_is_given_back_when_it_is_asked_for(
    person: Person, services: Services, course: str
) -> None:
    services.of(Training).sign_up(course, person.conversation, "同意", NOW)
    person.says("cancel_booking", "我想取消培训报名")
    asked = presses(person, f"{say.B_LEAVE}：钢琴调律班")
    assert left(services, course) == 1
    assert say.B_LEAVE_SURE in [b["title"] for b in asked["buttons"]]
    assert person.says("affirm", "确认")["text"] == say.LEFT_COURSE.format(title="钢琴调律班")
    assert left(services, course) == 2


def test_the_last_seat_may_be_gone(person: Person, services: Services, course: str) -> None:
    person.says("find_training", "成都钢琴调律培训")
    person.says("apply_job", "我要报名")
    for other in ("web:x", "web:y"):
        services.of(Training).sign_up(course, other, "同意", NOW)
    assert "报满" in person.says("affirm", "同意")["text"]


def test_what_is_kept_is_shown_and_forgotten(
    person: Person, services: Services, course: str
) -> None:
    services.of(Training).sign_up(course, person.conversation, "同意", NOW)
    assert "钢琴调律班" in person.says("privacy", "你们存了我什么")["text"]
