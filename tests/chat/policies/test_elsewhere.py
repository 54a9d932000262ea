"""「那上海呢」: after a policy answer the same question there, elsewhere what it was."""

import pytest

from actions.dialogue import sentences as shared
from actions.policies.chat.elsewhere import asked_in
from tests.chat.conftest import Person
from tests.chat.policies.test_answers import values

QUESTION = "现场招聘会还能办吗"
NATIONAL = "100000"

# With the actions that Rasa has been seen to choose for such sentences.
FOLLOW_UPS = [
    ("inform", "那上海呢", "31"),
    ("inform", "北京的呢", "11"),
    ("inform", "那昆明那边呢", "53"),
    ("inform", "上海那里也这么规定吗", "31"),
    ("unsure", "云南也一样吗", "53"),
    ("inform", "换成上海", "31"),
    ("change_booking", "改成北京的", "11"),
    ("search_jobs", "查一下上海的", "31"),
    ("policy", "上海有没有另外规定？", "31"),
    ("policy", "北京有不同吗", "11"),
    ("out_of_scope", "上海也是吗", "31"),
    ("deny", "北京是不是也这样", "11"),
    ("inform", "我在昆明", "53"),
    ("inform", "浦东新区", "31"),
]


@pytest.mark.parametrize(("action", "text", "stem"), FOLLOW_UPS)
def test_after_an_answer_the_same_question_is_asked_there(
    person: Person, action: str, text: str, stem: str
) -> None:
    person.says("policy", QUESTION)
    reply = person.says(action, text)
    assert reply["data"]["status"] == "answered"
    regions = {citation["region"] for citation in reply["data"]["citations"]}
    assert {region for region in regions if region[:2] != stem} <= {NATIONAL}
    assert person.slots["question"] == QUESTION
    assert "place" not in person.slots


def test_the_question_can_wander_on(person: Person) -> None:
    person.says("policy", "北京现场招聘会还能办吗")
    first = person.says("inform", "那上海呢")
    assert first["data"]["citations"][0]["region"] == "310000"
    again = person.says("inform", "那北京呢")
    assert again["data"]["citations"][0]["region"] == "110000"


def test_two_places_are_answered_one_after_the_other(person: Person) -> None:
    person.says("policy", QUESTION)
    person.says("unsure", "上海和北京都一样吗")
    first, second = person.outcome.replies
    assert first["text"].startswith("【上海市】")
    assert second["text"].startswith("【北京市】")
    regions = [reply["data"]["citations"][0]["region"] for reply in (first, second)]
    assert regions == ["310000", "110000"]


def test_the_whole_country_is_a_place_too(person: Person) -> None:
    person.says("policy", "上海现场招聘会还能办吗")
    reply = person.says("inform", "那全国呢")
    assert {c["region"] for c in reply["data"]["citations"]} <= {NATIONAL}


def test_after_a_list_of_jobs_it_searches_there(person: Person) -> None:
    person.says("policy", QUESTION)
    text = "我想找电工的活"
    person.says("search_jobs", text)
    reply = person.says("inform", "那上海呢")
    assert reply["data"]["kind"] == "job_list"
    assert {job["city"] for job in reply["data"]["jobs"]} == {"上海市"}


def test_the_answer_to_another_question_is_not_taken_for_it(person: Person) -> None:
    person.says("policy", QUESTION)
    person.taps("search_jobs", ask="wish")
    assert person.says("search_jobs", "上海")["data"]["kind"] == "job_list"


def test_a_trade_or_pay_beside_the_place_means_work(person: Person) -> None:
    for text in ("上海电工", "上海八千以上"):
        person.says("policy", QUESTION)
        assert person.says("inform", text)["data"]["kind"] == "job_list"


def test_a_question_of_its_own_is_answered_as_such(person: Person) -> None:
    person.says("policy", QUESTION)
    person.says("policy", "上海的服务大厅要预约吗")
    assert person.slots["question"] == "上海的服务大厅要预约吗"


@pytest.mark.parametrize(
    ("action", "text"), [("inform", "那上海呢"), ("unsure", "云南也一样吗"), ("policy", "换成上海")]
)
def test_with_nothing_before_it_is_asked_what_is_wanted(
    person: Person, action: str, text: str
) -> None:
    reply = person.says(action, text)
    assert reply["data"] is None
    jobs = next(button for button in reply["buttons"] if button["title"] == shared.B_JOBS)
    assert values(jobs)["place"] in ("310000", "530000")


def test_where_a_person_looks_for_work_is_where_a_question_is_asked(person: Person) -> None:
    text = "我想在上海找电工的活"
    person.says("search_jobs", text)
    reply = person.says("policy", QUESTION)
    assert reply["data"]["citations"][0]["region"] == "310000"
    other = person.says("policy", "北京现场招聘会还能办吗")
    assert other["data"]["citations"][0]["region"] == "110000"


def test_a_place_in_the_question_is_replaced() -> None:
    assert asked_in("北京的招聘会还能办吗", "310000") == "上海市的招聘会还能办吗"
    assert asked_in("在武汉洪山区怎么办", "530100") == "在昆明市怎么办"
    assert asked_in("北京的招聘会", NATIONAL) == "全国的招聘会"
    assert asked_in(QUESTION, "310000") == QUESTION
