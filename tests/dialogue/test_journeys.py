"""The four journeys through the whole running assistant, and what may come in between."""

from tests.dialogue.person import Person


def test_a_policy_question(person: Person) -> None:
    (reply,) = person.says("现场招聘会还能办吗")
    assert reply["data"]["status"] == "answered"
    assert all(c["quote"] in reply["text"] for c in reply["data"]["citations"])
    (link,) = person.taps("看原文")
    assert "/policies/" in link["text"]


def test_looking_for_work_step_by_step(person: Person) -> None:
    person.says("帮我找工作")
    (first,) = person.says("我想在上海找电工的活，六千以上")
    assert first["data"]["kind"] == "job_list"
    (raised,) = person.says("那八千以上呢")
    assert all((job["salary_max"] or 8000) >= 8000 for job in raised["data"]["jobs"])
    (moved,) = person.says("换成昆明")
    assert moved["data"]["kind"] == "job_list"
    assert "昆明" in moved["text"]
    person.says("我想在上海找工作")
    (detail,) = person.taps("详情1")
    assert detail["data"]["kind"] == "job"


def test_booking_step_by_step(person: Person) -> None:
    person.says("帮我预约")
    (offer,) = person.says("失业登记")
    assert offer["data"]["kind"] == "slot_list"
    assert offer["data"]["slots"]
    assert offer["data"]["alternatives"]
    person.taps("还是去大厅")
    person.taps("浦东示例大厅")
    (held,) = person.taps_a_time()
    assert held["data"]["status"] == "held"
    (booked,) = person.taps("确认预约")
    assert booked["data"]["status"] == "confirmed"
    code = booked["data"]["code"]
    assert code in person.says("我的预约")[0]["text"]
    person.taps("取消预约")
    person.taps("确定取消")
    assert person.replies[0]["data"]["status"] == "cancelled"


def test_a_human(person: Person) -> None:
    (reply,) = person.says("转人工")
    assert reply["data"]["kind"] == "staff_case"
    assert reply["data"]["ticket"] in reply["text"]


def test_a_question_in_the_middle_is_answered_and_the_form_asks_again(person: Person) -> None:
    (question,) = person.says("帮我预约")
    answer, again = person.says("现场招聘会还能办吗")
    assert answer["data"]["kind"] == "policy_answer"
    assert again == {**question, "id": again.get("id", question.get("id"))}
    person.says("失业登记")
    assert person.kinds() == ["slot_list"]


def test_never_mind_leaves_the_form(person: Person) -> None:
    person.says("帮我预约")
    person.says("算了")
    replies = person.says("谢谢")
    assert len(replies) == 1
    assert replies[0]["buttons"] == []


def test_another_journey_leaves_the_form(person: Person) -> None:
    person.says("帮我找工作")
    person.says("帮我约明天上午办失业登记")
    assert "浦东示例大厅" in person.titles()
    assert not any("找什么工作" in reply["text"] for reply in person.says("谢谢"))


def test_what_was_said_is_remembered_over_rasas_sessions(person: Person) -> None:
    person.says("我想在上海找电工的活，六千以上")
    for _ in range(30):
        person.says("谢谢")
    (reply,) = person.says("那七千以上呢")
    assert "电工 · 上海市 · 7000" in reply["text"]
