"""What every conversation needs, over two features at least."""

from actions.dialogue import sentences as say
from actions.dialogue.turn import Clause
from tests.chat.conftest import Person, named_in


def clause(text: str, start: int, intent: str) -> Clause:
    return Clause(text, start, intent, ((intent, 0.9),), named_in(text))


def test_a_change_of_mind_in_one_breath(person: Person) -> None:
    person.says("search_jobs", "上海的电工")
    text = "算了先不找了，我要办失业登记"
    parts = (clause("算了先不找了", 0, "deny"), clause("我要办失业登记", 7, "book_window"))
    assert person.says("deny", text, clauses=parts)["data"]["kind"] == "slot_list"
    assert person.context.task == "booking"


def test_of_two_wishes_the_second_is_offered_by_name_and_done(person: Person) -> None:
    text = "帮我约失业登记，再帮我找个电工的工作"
    parts = (
        clause("帮我约失业登记", 0, "book_window"),
        clause("再帮我找个电工的工作", 8, "search_jobs"),
    )
    first = person.says("book_window", text, clauses=parts)
    assert first["data"]["kind"] == "slot_list"
    assert first["buttons"][-1]["title"] == say.B_NEXT.format(title="找工作")
    person.says("affirm", "好的")
    assert person.says("affirm", "好的")["data"]["kind"] == "job_list"


def test_a_bare_place_is_asked_about(person: Person) -> None:
    said = person.says("inform", "上海")
    assert len(said["buttons"]) == 3
    assert person.says("inform", "找工作")["data"]["kind"] == "job_list"


def test_what_was_said_is_said_again(person: Person) -> None:
    listed = person.says("search_jobs", "上海的电工")
    again = person.says("inform", "再说一遍")
    assert (again["text"], again["buttons"]) == (listed["text"], listed["buttons"])


def test_why_it_is_asked(person: Person) -> None:
    person.says("book_window", "帮我预约")
    person.says("ask_policy", "为什么要问这个")
    assert "窗口" in person.outcome.replies[0]["text"]
    assert person.context.asked is not None


def test_what_waited_goes_on_after_a_digression(person: Person) -> None:
    person.says("book_window", "帮我约明天去浦东办创业担保贷款")
    person.says("ask_policy", "现场招聘会还能办吗")
    assert person.says("inform", "第二个")["data"]["status"] == "held"
    person.says("ask_policy", "现场招聘会还能办吗")
    assert person.says("affirm", "好的")["data"]["status"] == "confirmed"


def test_giving_up_offers_what_was_open_before(person: Person) -> None:
    person.says("search_jobs", "上海的电工")
    person.says("book_window", "帮我约明天去浦东办创业担保贷款")
    said = person.says("deny", "算了不约了")
    assert said["buttons"][0]["title"] == say.B_GO_ON.format(title="找工作")
    assert person.says("affirm", "好的")["data"]["kind"] == "job_list"


def test_nothing_excluded_is_offered_and_the_day_is_said(person: Person) -> None:
    person.says("book_window", "帮我约明天去浦东办创业担保贷款")
    said = person.says("inform", "除了周四都行")
    assert all(not slot["start"].startswith("2026-03-05") for slot in said["data"]["slots"])
    said = person.says("deny", "不要上午的")
    assert all(slot["start"][11:13] >= "12" for slot in said["data"]["slots"])
    friday = person.says("inform", "那周五下午")
    assert "3月6日周五" in friday["text"]


def test_offered_times_do_not_clash_with_what_is_booked(person: Person) -> None:
    booked = person.books()
    said = person.says("book_window", "再约明天上午去浦东办就业登记，还是要去大厅")
    assert booked["start"] not in [slot["start"] for slot in said["data"]["slots"]]


def test_the_hall_is_asked_for_and_stays(person: Person) -> None:
    said = person.says("book_window", "约创业担保贷款")
    assert len(said["buttons"]) == 3
    assert person.says("inform", "昆明的")["data"]["hall"] == "盘龙示例大厅"
    assert person.says("book_window", "约档案转递")["buttons"]
    assert person.says("inform", "还是去大厅")["data"]["hall"] == "盘龙示例大厅"


def test_where_the_person_is_needs_not_be_asked(person: Person) -> None:
    person.says("search_jobs", "昆明的电工")
    assert person.says("book_window", "约创业担保贷款")["data"]["hall"] == "盘龙示例大厅"
