"""How full the halls are, by chat."""

from actions.appointments.chat import sentences as say
from actions.appointments.service import Appointments
from actions.dialogue.services import Services
from tests.chat.appointments.support import press, tapped_times, titles
from tests.chat.conftest import BUSINESS, Person


def test_all_halls_then_one(person: Person, services: Services) -> None:
    person.slots.clear()
    everywhere = person.says("hall_status", "大厅人多不多")
    halls = everywhere["data"]["halls"]
    assert [hall["hall"] for hall in halls] == [
        hall.name for hall in services.of(Appointments).halls()
    ]
    one = person.taps("hall_status", hall=halls[1]["hall"])
    assert [h["hall"] for h in one["data"]["halls"]] == [halls[1]["hall"]]
    assert str(halls[1]["capacity"]) in one["text"]


def test_the_week_as_a_picture(person: Person, services: Services) -> None:
    hall = services.of(Appointments).halls()[0]
    one = person.says("hall_status", f"{hall.name}人多吗")
    assert titles(one)[-2:] == [say.B_WEEK, say.B_ONLINE_FIRST]
    week = press(person, say.B_WEEK, one)
    assert week["image"] == f"/halls/{hall.id}/week.png"
    assert hall.name in week["text"]


def test_a_quiet_time_is_booked_from_there(person: Person, services: Services) -> None:
    hall = services.of(Appointments).halls()[0].name
    one = person.says("hall_status", f"{hall}人多吗")
    asked = press(person, titles(one)[0], one)
    assert person.outcome.asks == "business"
    assert asked["buttons"]
    offer = person.says("offer_slots", "创业担保贷款")
    assert offer["data"]["hall"] == hall


def test_the_way_from_home_first(person: Person, services: Services) -> None:
    hall = services.of(Appointments).halls()[0].name
    person.slots["business"] = BUSINESS
    person.slots["come"] = "yes"
    one = person.says("hall_status", f"{hall}人多吗")
    first = press(person, say.B_ONLINE_FIRST, one)
    assert first["data"]["alternatives"]
    assert not tapped_times(first)


def test_what_cannot_be_done_from_home_says_so(person: Person) -> None:
    reply = person.taps("offer_slots", business="创业担保贷款", ask="online")
    assert reply["text"].startswith("「创业担保贷款」还不能网上办")
    assert tapped_times(reply)


def test_the_week_of_no_hall(person: Person) -> None:
    assert person.taps("hall_status", week="yes", hall="没有这个厅")["text"] == say.CROWD_NO_HALL
