"""「重新开始」: what was said is forgotten, what was promised stands."""

import pytest

from actions.appointments.service import Appointments
from actions.dialogue import sentences as say
from actions.dialogue.services import Services
from tests.chat.conftest import NOW, Person


@pytest.mark.parametrize(
    "text", ["重新开始", "重来", "从头开始吧", "新对话", "咱们从头来", "重新来过。"]
)
def test_in_words(person: Person, services: Services, text: str) -> None:
    person.books()
    person.says("offer_slots", "帮我妈约明天下午办就业登记")
    assert person.slots
    answer = person.says("help", text)
    assert (answer["text"], answer["data"]) == (say.RESTART, {"kind": "new_talk"})
    assert set(person.slots) == {"context"}
    assert person.context.tasks == ()
    assert len(services.of(Appointments).bookings_of("web:test", now=NOW)) == 1


def test_by_a_button(person: Person) -> None:
    person.says("offer_slots", "帮我约明天下午办就业登记")
    assert person.taps("greet", reset="yes")["data"] == {"kind": "new_talk"}
    assert set(person.slots) == {"context"}


def test_a_question_that_waits_is_left(person: Person) -> None:
    person.says("offer_slots", "帮我预约")
    assert person.context.asked is not None
    assert person.says("offer_slots", "重新开始")["data"] == {"kind": "new_talk"}
    assert person.context.asked is None


@pytest.mark.parametrize("text", ["重新开始缴社保要什么", "档案从头来办要多久", "你好"])
def test_other_words_begin_nothing_anew(person: Person, text: str) -> None:
    assert person.says("help", text)["data"] != {"kind": "new_talk"}
