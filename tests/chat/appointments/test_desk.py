"""What the desk knows is told from our own tables, about what is booked where something is."""

import pytest

from actions.appointments.demo.data import BUSINESSES
from tests.chat.conftest import BUSINESS, Person

BRING = next(each["bring"] for each in BUSINESSES if each["name"] == BUSINESS)


def test_what_to_bring(person: Person) -> None:
    said = person.says("policy", "办失业登记要带什么材料")
    assert all(thing in said["text"] for thing in BRING)
    assert said["data"] is None


def test_of_what_is_booked(person: Person) -> None:
    code = person.books()["code"]
    said = person.says("policy", "要带什么")
    assert all(thing in said["text"] for thing in BRING)
    assert code in said["text"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("浦东大厅几点开门", "9:00–11:30"),
        ("浦东大厅中午休息吗", "11:30–13:30"),
        ("浦东大厅周六上班吗", "工作日"),
        ("浦东大厅在哪里", "示例路 1 号"),
        ("失业登记网上能办吗", "人社政务服务平台"),
        ("社保补贴能邮寄吗", "收发室"),
        ("失业登记能让家人代办吗", "12333"),
        ("失业登记收费吗", "12333"),
        ("他本人回不来，档案转递我去办得不得", "代办"),
        ("浦东大厅能停车吗", "示例路 1 号"),
        ("失业登记多久能办好", "8 分钟"),
    ],
)
def test_each_topic(person: Person, text: str, told: str) -> None:
    assert told in person.says("policy", text)["text"]


def test_the_hall_stays_what_is_spoken_of(person: Person) -> None:
    person.slots.clear()
    person.says("policy", "昆明的大厅几点开门")
    assert "14:00" in person.says("policy", "那中午休息吗")["text"]


def test_a_question_in_the_middle_leaves_the_times(person: Person) -> None:
    person.says("offer_slots", "帮我约明天上午办创业担保贷款")
    times = person.context.lists[0]
    person.says("policy", "要带什么")
    assert person.context.lists[0] == times
    assert person.says("inform", "第二个")["data"]["status"] == "held"
