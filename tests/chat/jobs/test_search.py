"""Looking for work by chat: listed, refined, paged, shown in full."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from actions.dialogue import sentences as shared
from actions.dialogue.services import Services
from actions.dialogue.turn import Named, Turn
from actions.features import FEATURES
from actions.jobs.chat import sentences as say
from actions.jobs.chat.job_query import JobQuery, spoken, understood
from tests.chat.conftest import NOW, Person

SHANGHAI, KUNMING = "310000", "530100"


def typed(text: str, slots: Mapping[str, Any] | None = None, *, trade: str | None = None) -> Turn:
    named = ()
    if trade is not None:
        start = text.index(trade)
        named = (Named("trade", trade, start, start + len(trade)),)
    return Turn("search_jobs", text, NOW, "web:1", "m", named=named, slots=slots or {})


def values(button: dict[str, str]) -> dict[str, Any]:
    return dict(json.loads(button["payload"][button["payload"].index("{") :]))


def search(person: Person, text: str, trade: str | None = None) -> dict[str, Any]:
    return person.says("search_jobs", text, named=typed(text, trade=trade).named)


def test_a_sentence_is_read_whole() -> None:
    wish = spoken(typed("我想在上海找电工的活，六千以上", trade="电工"))
    assert wish == JobQuery(trade="电工", place=SHANGHAI, salary_min=6000)


@pytest.mark.parametrize(
    ("text", "trade", "wish"),
    [
        ("不去上海，找电工", "电工", JobQuery(trade="电工")),
        ("除了北京都行，找电工", "电工", JobQuery(trade="电工")),
        ("昆明或者上海，不去上海", None, JobQuery(place=KUNMING)),
        (
            "工资别低于五千，最好六千五以上，成都",
            None,
            JobQuery(place="510100", salary_min=5000),
        ),
        ("五千不干要八千，上海", None, JobQuery(place=SHANGHAI, salary_min=8000)),
    ],
)
def test_what_is_refused_is_no_part_of_the_wish(
    text: str, trade: str | None, wish: JobQuery
) -> None:
    assert spoken(typed(text, trade=trade)) == wish


def test_a_place_refused_is_remembered_no_more() -> None:
    slots = {"trade": "电工", "place": SHANGHAI}
    assert understood(typed("不去上海", slots)).place is None
    assert understood(typed("不去昆明", slots)).place == SHANGHAI


@pytest.mark.parametrize(
    "text",
    [
        "帮我找工作",
        "找个活干",
        "有什么工作推荐吗",
        "还是帮我找工作吧",
        "你好，我想找一份合适的工作",
        "那呢",
        "",
    ],
)
def test_a_wish_for_any_work_says_nothing_yet(text: str) -> None:
    assert spoken(typed(text)) == JobQuery()


def test_a_trade_the_lookup_does_not_know_is_kept_as_words() -> None:
    assert spoken(typed("想找个挖掘机司机的活")).words == "挖掘机司机"


def test_what_is_said_next_refines() -> None:
    slots = {"trade": "电工", "place": SHANGHAI, "salary_min": 6000}
    raised = understood(typed("那八千以上呢", slots))
    assert raised == JobQuery(trade="电工", place=SHANGHAI, salary_min=8000)
    moved = understood(typed("换成昆明", slots))
    assert moved == JobQuery(trade="电工", place=KUNMING, salary_min=6000)
    other = understood(typed("保洁有吗", slots, trade="保洁"))
    assert other == JobQuery(trade="保洁", place=SHANGHAI, salary_min=6000)


def test_a_condition_can_be_dropped() -> None:
    slots = {"trade": "电工", "place": SHANGHAI, "salary_min": 6000}
    assert understood(typed("哪里都行", slots)).place is None
    assert understood(typed("工资不限", slots)).salary_min is None
    assert understood(typed("做什么都可以", slots)).trade is None


def test_a_button_stands_for_itself() -> None:
    turn = Turn(
        "search_jobs", "", NOW, "c", "m", values={"trade": "保洁"}, slots={"place": SHANGHAI}
    )
    assert understood(turn) == JobQuery(trade="保洁")


def test_three_are_listed_with_what_was_understood(person: Person) -> None:
    reply = search(person, "我想在上海找电工的活，六千以上", "电工")
    data = reply["data"]
    assert (data["kind"], len(data["jobs"])) == ("job_list", min(3, data["total"]))
    assert data["jobs"]
    assert "电工" in reply["text"]
    assert "上海" in reply["text"]
    for job in data["jobs"]:
        assert job["title"] in reply["text"]
        assert job["employer"] in reply["text"]


def test_what_was_loosened_is_said(person: Person) -> None:
    reply = search(person, "拉萨的电工，九万以上", "电工")
    assert "没有完全符合" in reply["text"] or reply["data"]["total"] == 0


def test_every_posting_listed_can_be_opened(person: Person) -> None:
    reply = search(person, "上海电工", "电工")
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
    assert person.outcome.asks == "job_form"
    jobs = search(person, "上海的工作")["data"]["jobs"]
    reply = person.says("job_details", "看看详情")
    assert reply["text"] == say.JOB_WHICH
    assert len(reply["buttons"]) == len(jobs) + 1


def test_a_posting_that_is_gone(person: Person) -> None:
    assert person.taps("job_details", posting_id="GW-XXXXX")["text"] == say.JOB_GONE


def test_nothing_said_is_asked_for(person: Person) -> None:
    search(person, "帮我找工作")
    assert person.outcome.asks == "job_form"


def test_a_place_after_a_list_refines_whatever_the_verb(person: Person) -> None:
    search(person, "上海电工", "电工")
    for action in ("change_booking", "inform"):
        reply = person.says(action, "换成昆明")
        assert reply["data"]["kind"] == "job_list"
        assert person.slots["place"] == KUNMING
    for action, intent in (("coming_soon", "ask_wage"), ("affirm", "affirm")):
        raised = person.says(action, "那五千以上呢", intent=intent)
        assert raised["data"]["kind"] == "job_list"
        assert person.slots["salary_min"] == 5000
    assert person.says("inform", "哪里都行")["data"]["kind"] == "job_list"
    assert "place" not in person.slots


def test_wages_asked_for_plainly_come_later(person: Person) -> None:
    search(person, "上海电工", "电工")
    reply = person.says("coming_soon", "电工一般多少钱", intent="ask_wage")
    assert reply["text"] == say.WAGE_LATER


def test_starting_over_forgets_the_wish(person: Person) -> None:
    search(person, "上海电工", "电工")
    person.taps("search_jobs", ask="wish")
    assert not {"trade", "place", "salary_min", "words"} & set(person.slots)


def test_unsure_but_a_trade_is_named(person: Person, services: Services) -> None:
    text = "电工 上海"
    reply = person.says("unsure", text, named=typed(text, trade="电工").named)
    assert reply["data"]["kind"] == "job_list"


def test_unsure_offers_two_readings_then_a_person(person: Person) -> None:
    ranking = (("inform", 0.3), ("ask_policy", 0.2), ("book_window", 0.2), ("greet", 0.1))
    reply = person.says("unsure", "那个啥来着", ranking=ranking)
    assert [b["title"] for b in reply["buttons"]] == [
        FEATURES.intents["ask_policy"].title,
        FEATURES.intents["book_window"].title,
        shared.B_STAFF,
    ]
    assert values(reply["buttons"][0]) == {"question": "那个啥来着"}
    again = person.says("unsure", "就那个嘛", ranking=ranking)
    assert again["text"] == shared.UNSURE_AGAIN
    assert again["buttons"][0]["payload"] == "/talk_to_staff"
    person.says("thank", "谢谢")
    assert person.says("unsure", "那个啥", ranking=ranking)["text"] == shared.UNSURE
