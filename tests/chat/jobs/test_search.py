"""Looking for work by chat: listed, refined, paged, shown in full."""

import json
from typing import Any

import pytest

from actions.dialogue import sentences as shared
from actions.features import FEATURES
from actions.jobs.chat import sentences as say
from tests.chat.conftest import Person

SHANGHAI, KUNMING = "310000", "530100"


def values(button: dict[str, str]) -> dict[str, Any]:
    return dict(json.loads(button["payload"][button["payload"].index("{") :]))


def search(person: Person, text: str) -> dict[str, Any]:
    return dict(person.says("search_jobs", text))


def wish(person: Person) -> tuple[Any, ...]:
    return tuple(person.slots.get(name) for name in ("trade", "place", "salary_min", "words"))


@pytest.mark.parametrize(
    "text",
    [
        "帮我找工作",
        "找个活干",
        "有什么工作推荐吗",
        "还是帮我找工作吧",
        "你好，我想找一份合适的工作",
        "那呢",
    ],
)
def test_a_wish_for_any_work_says_nothing_yet(person: Person, text: str) -> None:
    search(person, text)
    assert wish(person) == (None, None, None, None)
    assert person.outcome.asks == "trade"


def test_a_trade_the_lookup_does_not_know_is_kept_as_words(person: Person) -> None:
    person.says("search_jobs", "想找个值班巡检的活", named=())
    assert wish(person) == (None, None, None, "值班巡检")


def test_what_is_said_next_refines(person: Person) -> None:
    search(person, "我想在上海找电工的活，六千以上")
    assert wish(person) == ("电工", SHANGHAI, 6000, None)
    search(person, "那八千以上呢")
    assert wish(person) == ("电工", SHANGHAI, 8000, None)
    search(person, "换成昆明")
    assert wish(person) == ("电工", KUNMING, 8000, None)
    search(person, "保洁有吗")
    assert wish(person) == ("保洁", KUNMING, 8000, None)


def test_a_condition_can_be_dropped(person: Person) -> None:
    search(person, "我想在上海找电工的活，六千以上")
    for number, text in enumerate(("哪里都行", "工资不限", "做什么都可以")):
        search(person, text)
        assert wish(person)[(1, 2, 0)[number]] is None


def test_a_button_stands_for_itself(person: Person) -> None:
    search(person, "我想在上海找电工的活，六千以上")
    person.taps("search_jobs", trade="保洁")
    assert wish(person) == ("保洁", None, None, None)


def test_what_was_refused_is_not_offered(person: Person) -> None:
    search(person, "我想在上海找工作")
    answer = person.says("deny", "不要夜班，也不去浦东")
    seen = []
    while True:
        seen += answer["data"]["jobs"]
        if person.context.lists[0].more is None:
            break
        answer = person.says("inform", "下一页")
    assert seen
    assert all(job["district"] != "浦东新区" for job in seen)
    for job in seen:
        full = person.taps("job_details", posting_id=job["id"])
        assert not any(word in full["data"]["description"] for word in ("夜班", "倒", "晚班"))


def test_both_of_two_trades_are_looked_for(person: Person) -> None:
    jobs = search(person, "上海的电工或者保洁")["data"]["jobs"]
    jobs += person.says("inform", "还有吗")["data"]["jobs"]
    assert {"电工", "保洁"} >= {"保洁" if "保洁" in job["title"] else "电工" for job in jobs}
    assert person.slots["trade"] == "电工、保洁"


def test_three_are_listed_with_what_was_understood(person: Person) -> None:
    reply = search(person, "我想在上海找电工的活，六千以上")
    data = reply["data"]
    assert (data["kind"], len(data["jobs"])) == ("job_list", min(3, data["total"]))
    assert data["jobs"]
    assert "电工" in reply["text"]
    assert "上海" in reply["text"]
    for job in data["jobs"]:
        assert job["title"] in reply["text"]
        assert job["employer"] in reply["text"]


def test_what_was_loosened_is_said(person: Person) -> None:
    reply = search(person, "拉萨的电工，九万以上")
    assert "没有完全符合" in reply["text"] or reply["data"]["total"] == 0


def test_every_posting_listed_can_be_opened(person: Person) -> None:
    reply = search(person, "上海电工")
    for job, button in zip(reply["data"]["jobs"], reply["buttons"], strict=False):
        shown = person.taps("job_details", **values(button))
        assert shown["data"]["kind"] == "job"
        assert shown["data"]["id"] == job["id"]
        assert job["employer"] in shown["text"]
        assert "不是真实招聘" in shown["text"]


def test_pages_do_not_overlap(person: Person) -> None:
    reply = search(person, "上海的工作")
    seen = [job["id"] for job in reply["data"]["jobs"]]
    while reply["buttons"][-2]["title"] == shared.B_MORE:
        reply = person.taps("search_jobs", **values(reply["buttons"][-2]))
        seen += [job["id"] for job in reply["data"]["jobs"]]
    assert len(seen) == len(set(seen)) == reply["data"]["total"] > 3


def test_a_page_beyond_the_last_says_so(person: Person) -> None:
    assert person.taps("search_jobs", place=SHANGHAI, page=99)["text"] == say.JOBS_NO_MORE


def test_counting_out_opens_the_one_meant(person: Person) -> None:
    jobs = search(person, "上海的工作")["data"]["jobs"]
    assert person.says("job_details", "第二个说说")["data"]["id"] == jobs[1]["id"]


def test_details_without_saying_which(person: Person) -> None:
    assert person.says("job_details", "看看详情")["text"] == say.JOB_NONE_SHOWN
    assert person.outcome.asks == "trade"
    jobs = search(person, "上海的工作")["data"]["jobs"]
    reply = person.says("job_details", "看看详情")
    assert reply["text"] == say.JOB_WHICH
    assert len(reply["buttons"]) == len(jobs) + 1


def test_a_posting_that_is_gone(person: Person) -> None:
    assert person.taps("job_details", posting_id="GW-XXXXX")["text"] == say.JOB_GONE


def test_nothing_said_is_asked_for(person: Person) -> None:
    search(person, "帮我找工作")
    assert person.outcome.asks == "trade"


def test_a_place_after_a_list_refines_whatever_the_verb(person: Person) -> None:
    search(person, "上海电工")
    for intent in ("change_booking", "inform"):
        reply = person.says(intent, "换成昆明")
        assert reply["data"]["kind"] == "job_list"
        assert person.slots["place"] == KUNMING
    for intent in ("ask_wage", "affirm"):
        raised = person.says(intent, "那五千以上呢")
        assert raised["data"]["kind"] == "job_list"
        assert person.slots["salary_min"] == 5000
    assert person.says("inform", "哪里都行")["data"]["kind"] == "job_list"
    assert "place" not in person.slots


def test_pay_asked_for_plainly_is_no_wish(person: Person) -> None:
    search(person, "上海电工")
    person.says("ask_wage", "电工一般多少钱")
    assert person.context.task == "wage"


def test_starting_over_forgets_the_wish(person: Person) -> None:
    search(person, "上海电工")
    person.taps("search_jobs", ask="wish")
    assert not {"trade", "place", "salary_min", "words"} & set(person.slots)


def test_unsure_but_a_trade_is_named(person: Person) -> None:
    assert person.says("unsure", "电工 上海")["data"]["kind"] == "job_list"


def test_unsure_offers_two_readings_then_other_words_then_a_person(person: Person) -> None:
    ranking = (("inform", 0.3), ("ask_policy", 0.2), ("book_window", 0.2), ("greet", 0.1))
    reply = person.says("unsure", "那个啥来着", ranking=ranking)
    assert [b["title"] for b in reply["buttons"]] == [
        FEATURES.intents["ask_policy"].title,
        FEATURES.intents["book_window"].title,
        shared.B_STAFF,
    ]
    assert values(reply["buttons"][0]) == {"question": "那个啥来着"}
    again = person.says("unsure", "就那个嘛", ranking=ranking)
    assert again["text"] == shared.UNSURE_AGAIN[0]
    third = person.says("unsure", "哎呀就那个", ranking=ranking)
    assert third["buttons"][0]["payload"] == "/talk_to_staff"
    fourth = person.says("unsure", "那个那个", ranking=ranking)
    assert fourth["text"] not in (reply["text"], again["text"], third["text"])
    assert person.says("affirm", "好的")["data"]["kind"] == "staff_case"
    assert person.says("unsure", "那个啥", ranking=ranking)["text"] == shared.UNSURE
