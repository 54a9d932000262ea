"""People's own data in the chat: seen, mended, taken along, deleted after one question."""

from sqlalchemy import select

from actions.appointments.service import Appointments
from actions.cases.service import Cases
from actions.dialogue.services import Services
from actions.privacy.service import Privacy
from actions.privacy.tables import PrivacyRequestRow
from tests.chat.conftest import NOW, Person


def titles(reply: object) -> list[str]:
    assert isinstance(reply, dict)
    return [button["title"] for button in reply["buttons"]]


def requests(services: Services) -> int:
    with services.database.read() as session:
        return len(session.scalars(select(PrivacyRequestRow)).all())


def test_what_is_kept_is_shown_by_field(person: Person) -> None:
    booking = person.books()
    person.says("complain", "窗口的人不理我", recent=("窗口的人不理我",))
    person.slots["place"] = "310000"
    shown = person.says("privacy", "你们存了我什么")
    assert shown["data"] is not None
    held = {part["field"]: part for part in shown["data"]["held"]}
    assert shown["data"]["kind"] == "profile"
    assert held["地点"]["value"] == "上海市"
    assert held[f"预约 {booking['code']}"]["since"] is not None
    assert held[f"预约 {booking['code']}"]["why"]
    assert any(part["value"] == "窗口的人不理我" for part in held.values())
    assert f"预约 {booking['code']}" in shown["text"]
    assert titles(shown) == ["更正", "导出一份", "全部删除"]


def test_nothing_is_shown_of_who_has_nothing(person: Person) -> None:
    shown = person.says("privacy", "查看我的资料")
    assert shown["data"] == {"kind": "profile", "held": []}
    assert shown["text"].startswith("除了这段对话")


def test_a_question_about_data_deletes_nothing(person: Person, services: Services) -> None:
    said = person.says("privacy", "聊天记录会保存多久")
    assert "180 天" in said["text"]
    assert titles(said) == ["看我的资料", "更正", "导出一份", "全部删除"]
    assert requests(services) == 0


def test_a_remembered_value_is_corrected_by_saying_it(person: Person) -> None:
    person.slots["place"] = "310000"
    assert person.says("privacy", "把地点改成苏州")["text"] == "改好了，地点现在是苏州市。"
    assert person.slots["place"] == "320500"
    person.says("privacy", "工资改成每月六千")
    assert person.slots["salary_min"] == 6000


def test_one_field_is_forgotten_by_a_button_or_by_words(person: Person) -> None:
    person.slots.update(place="310000", salary_min=6000)
    asked = person.says("privacy", "我要更正个人信息")
    assert titles(asked) == ["忘掉地点", "忘掉工资", "转人工"]
    assert person.taps("privacy", privacy="forget", field="place")["text"] == "地点已忘掉。"
    assert "place" not in person.slots
    person.says("privacy", "把我的工资忘掉")
    assert "salary_min" not in person.slots
    assert person.says("privacy", "忘掉工资")["text"] == "我没有记住您的工资。"


def test_a_file_has_an_address_that_names_nobody(person: Person, services: Services) -> None:
    said = person.says("privacy", "导出我的数据")
    address = next(line for line in said["text"].splitlines() if line.startswith("http"))
    assert "web:test" not in address
    assert services.of(Privacy).fetch(address.rpartition("/")[2], NOW) == "web:test"


def test_deleting_asks_once_and_gives_a_receipt(person: Person, services: Services) -> None:
    asked = person.says("privacy", "把我的个人信息都删掉")
    assert titles(asked) == ["确认删除", "先不删"]
    assert requests(services) == 0
    done = person.taps("privacy", privacy="erase")
    assert done["data"] is not None
    assert done["data"]["kind"] == "privacy_receipt"
    assert done["data"]["receipt"] in done["text"]
    assert requests(services) == 1
    told = person.says("privacy", f"查一下回执 {done['data']['receipt'].lower()}")
    assert "正在删除" in told["text"]


def test_a_yes_confirms_and_a_no_leaves_it(person: Person, services: Services) -> None:
    person.says("privacy", "删除我的信息")
    person.says("deny", "算了")
    person.says("affirm", "好的")
    assert requests(services) == 0
    person.says("privacy", "删除我的信息")
    person.says("affirm", "确认")
    assert requests(services) == 1


def test_a_yes_deletes_though_a_seat_is_held(person: Person, services: Services) -> None:
    held = person.holds()
    person.says("privacy", "删除我的信息")
    done = person.says("affirm", "好的")
    assert done["data"] is not None
    assert done["data"]["kind"] == "privacy_receipt"
    booking = services.of(Appointments).booking(held["code"])
    assert booking is not None
    assert booking.status == "held"


def test_the_buttons_title_may_be_typed(person: Person, services: Services) -> None:
    person.says("privacy", "确认删除")
    assert requests(services) == 0
    person.says("privacy", "确认删除")
    assert requests(services) == 1


def test_an_old_button_asks_again(person: Person, services: Services) -> None:
    person.says("privacy", "删除我的信息")
    person.says("complain", "窗口的人不理我")
    assert titles(person.taps("privacy", privacy="erase")) == ["确认删除", "先不删"]
    assert requests(services) == 0


def test_a_booking_that_stands_is_offered_to_be_cancelled(
    person: Person, services: Services
) -> None:
    code = person.books()["code"]
    asked = person.says("privacy", "删除我的信息")
    assert titles(asked)[0] == "先取消这个预约"
    assert code in asked["text"]
    assert services.of(Cases).for_conversation("web:test") == ()
