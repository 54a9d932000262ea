"""A résumé by chat: offered once, kept by consent, shown, corrected, used, deleted."""

import json
from datetime import timedelta
from typing import Any

import pytest

from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from actions.jobs.resumes import sentences as say
from actions.jobs.resumes.fields import in_words
from actions.jobs.resumes.service import Resumes
from tests.chat.conftest import Person

FIRST = "上海电工，六千以上，大专，干了五年"


def kept(person: Person) -> dict[str, str]:
    resume = person.services.of(Resumes).of(person.conversation)
    return {field: in_words(entry.value) for field, entry in resume.entries.items()}


def titles(answer: Reply) -> list[str]:
    return [each["title"] for each in answer["buttons"]]


def presses(person: Person, answer: Reply, title: str) -> Reply:
    payload = next(each["payload"] for each in answer["buttons"] if each["title"] == title)
    intent, _, values = payload.removeprefix("/").partition("{")
    return person.taps(intent, **(json.loads("{" + values) if values else {}))


def keeps(person: Person, text: str = FIRST) -> None:
    """Search, and have what was said kept."""
    person.says("search_jobs", text)
    person.says("search_jobs", "记住我的要求")
    person.says("affirm", "好的")


def comes_back(person: Person) -> None:
    """Come again when nothing is remembered of the talk."""
    person.slots = {}
    person.now += timedelta(days=40)


def test_it_is_offered_once_after_a_trade_and_one_more_thing(person: Person) -> None:
    assert say.B_KEEP not in titles(person.says("search_jobs", "找电工"))
    listed = person.says("inform", "在上海")
    assert titles(listed).index(say.B_KEEP) > 2
    assert len(titles(listed)) - len(listed["data"]["jobs"]) <= 4
    assert say.B_KEEP not in titles(person.says("inform", "六千以上"))
    asked = presses(person, listed, say.B_KEEP)
    assert all(
        part in asked["text"] for part in ("工种 电工", "地点 上海", "365 天", "删掉我的简历")
    )
    assert kept(person) == {}
    done = person.says("affirm", "好的")
    assert kept(person) == {"trade": "电工", "place": "上海市", "salary_min": "6000 元以上"}
    assert [part["field"] for part in done["data"]["held"]] == ["工种", "地点", "期望工资"]


@pytest.mark.parametrize("text", ["先不记", "不用了", "算了"])
def test_a_no_keeps_nothing_and_is_not_asked_again(person: Person, text: str) -> None:
    person.says("search_jobs", FIRST)
    asked = person.says("inform", "存一下我的简历")
    assert "要记吗" in asked["text"]
    person.says("deny", text)
    assert kept(person) == {}
    assert say.B_KEEP not in titles(person.says("search_jobs", "昆明电工"))


@pytest.mark.parametrize("text", ["帮我建个简历", "我想填一份简历", "能帮我弄个简历吗"])
def test_it_is_made_from_nothing(person: Person, text: str) -> None:
    assert person.says("out_of_scope", text)["text"] == say.MAKING
    asked = person.says("search_jobs", "上海电工，六千以上")
    assert "工种 电工" in asked["text"]
    more = person.says("inform", "我是大专，干了五年，也是退役军人")
    for part in ("地点 上海市", "学历 大专学历", "工作经验 5年经验", "重点群体 退役军人"):
        assert part in more["text"]
    assert "优先的岗位排前一些" in more["text"]
    person.says("affirm", "可以")
    assert len(kept(person)) == 6


def test_another_matter_leaves_the_making(person: Person) -> None:
    person.says("inform", "帮我建个简历")
    asked = person.says("ask_policy", "失业金怎么领")
    assert "要记吗" not in asked["text"]
    listed = person.says("search_jobs", "上海有什么电工的活吗")
    assert listed["data"]["kind"] == "job_list"
    assert kept(person) == {}


def test_what_is_private_is_not_kept_even_if_said(person: Person, services: Services) -> None:
    person.says("inform", "帮我建个简历")
    asked = person.says("inform", "女，45岁，汉族，湖北人，想在上海找保洁，有乙肝")
    assert say.NOT_KEPT in asked["text"]
    person.says("affirm", "好")
    assert kept(person) == {"trade": "保洁", "place": "上海市"}
    rows = services.of(Resumes).of(person.conversation).entries.values()
    stored = json.dumps([dict(each.value) for each in rows], ensure_ascii=False)
    assert not any(word in stored for word in ("女", "45", "汉", "湖北", "乙肝"))


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("search_jobs", "帮我找工作"),
        ("recommend_jobs", "有什么适合我的"),
        ("search_jobs", "按我的意向找"),
    ],
)
def test_it_fills_what_a_search_leaves_open(person: Person, intent: str, text: str) -> None:
    keeps(person)
    comes_back(person)
    listed = person.says(intent, text)
    assert listed["data"]["kind"] == "job_list"
    head = listed["text"].splitlines()[0]
    assert head == "按您留下的意向：电工 · 上海市 · 6000 元以上 · 大专学历、5年经验"
    assert person.slots["trade"] == "电工"
    # It is a wish like any other: what does not matter any more stays away.
    person.says("search_jobs", "地方无所谓")
    assert "place" not in person.slots
    assert person.slots["salary_min"] == 6000


def test_what_is_said_now_wins(person: Person) -> None:
    keeps(person)
    comes_back(person)
    listed = person.says("search_jobs", "昆明的保洁")
    head = listed["text"].splitlines()[0]
    assert head == "按您留下的意向：6000 元以上 · 大专学历、5年经验"
    assert (person.slots["trade"], person.slots["place"]) == ("保洁", "530100")
    assert "大专学历" in person.slots["needs"]
    # Told anew, it stands alone.
    person.taps("search_jobs", ask="wish")
    listed = person.says("inform", "快递员")
    assert "留下的意向" not in listed["text"]
    assert "salary_min" not in person.slots


def test_a_button_stands_for_itself(person: Person) -> None:
    keeps(person)
    comes_back(person)
    assert "留下的意向" not in person.taps("search_jobs", trade="保洁")["text"]
    assert person.slots.get("salary_min") is None


def test_later_words_are_asked_about_in_one_line(person: Person) -> None:
    keeps(person, "上海电工，六千以上")
    question = say.ADD.format(what="大专学历")
    assert person.says("search_jobs", "我是大专")["text"] == question
    person.says("deny", "不用了")
    comes_back(person)
    listed = person.says("search_jobs", "我是大专")
    assert listed["data"]["kind"] == "job_list"
    assert listed["text"].splitlines()[-1] == question
    assert "education" not in kept(person)
    person.says("affirm", "好的")
    assert kept(person)["education"] == "大专学历"
    again = person.says("search_jobs", "我是大专")
    assert "记进" not in again["text"]
    person.says("search_jobs", "失业登记过")
    person.says("deny", "不用")
    assert "group" not in kept(person)


def test_it_is_shown_and_corrected(person: Person) -> None:
    keeps(person)
    comes_back(person)
    shown = person.says("privacy_request", "我的简历")
    assert shown["data"]["kind"] == "profile"
    assert {part["field"]: part["value"] for part in shown["data"]["held"]} == {
        "工种": "电工",
        "地点": "上海市",
        "期望工资": "6000 元以上",
        "学历": "大专学历",
        "工作经验": "5年经验",
    }
    assert all("您同意留的" in part["why"] for part in shown["data"]["held"])
    assert "工种：保洁" in person.says("inform", "工种改成保洁")["text"]
    changed = person.says("search_jobs", "期望工资改成八千")
    assert "8000 元以上" in changed["text"]
    assert kept(person)["salary_min"] == "8000 元以上"
    asked = person.says("inform", "工作经验删掉")
    assert "5年经验" in asked["text"]
    assert "experience" in kept(person)
    person.says("affirm", "确认删掉")
    assert "experience" not in kept(person)


def test_a_correction_holds_for_the_talk_too(person: Person) -> None:
    keeps(person)
    person.says("inform", "看看我的求职意向")
    person.says("inform", "期望工资改成八千")
    assert person.slots["salary_min"] == 8000
    person.says("inform", "学历改成本科")
    assert set(person.slots["needs"].split("、")) == {"本科学历", "5年经验"}


@pytest.mark.parametrize("text", ["删掉我的简历", "把我的求职意向删了", "删除简历"])
def test_it_is_deleted_after_one_yes(person: Person, text: str) -> None:
    keeps(person)
    asked = person.says("privacy_request", text)
    assert asked["text"] == say.ERASE_ASK
    assert kept(person)
    person.says("affirm", "确认删掉")
    assert kept(person) == {}
    assert person.says("inform", "我的简历")["text"] == say.NONE


def test_an_old_yes_is_asked_again_after_a_change(person: Person) -> None:
    keeps(person, "上海电工，六千以上")
    asked = person.says("search_jobs", "我是大专")
    erase = person.says("inform", "删掉我的简历")
    person.says("deny", "先不删")
    person.says("inform", "看看我的求职意向")
    person.says("inform", "期望工资改成八千")
    again = presses(person, asked, say.B_ADD)
    assert say.STALE in again["text"]
    assert "education" not in kept(person)
    presses(person, erase, say.B_YES_DELETE)
    assert kept(person)


def test_without_one_the_wish_to_delete_is_about_everything(person: Person) -> None:
    assert "全部删除" in person.says("privacy_request", "删除简历")["text"]


FORGED = ("[", "[]", '{"trade": 1}', '{"salary_min": -5}', '{"trade": "\\u0000电工"}', "x" * 500)


@pytest.mark.parametrize("draft", FORGED)
def test_a_forged_draft_keeps_nothing(person: Person, draft: str) -> None:
    person.taps("recommend_jobs", resume="yes", resume_draft=draft)
    assert kept(person) == {}


def test_a_declared_group_raises_and_says_so(person: Person, services: Services) -> None:
    keeps(person, "上海电工，我是退役军人")
    comes_back(person)
    assert "退役军人" in person.says("search_jobs", "帮我找工作")["text"].splitlines()[0]


def reading(person: Person) -> dict[str, Any]:
    return {name: person.slots.get(name) for name in ("trade", "place", "needs")}


def test_what_somebody_brings_stays_beside_another_shift(person: Person) -> None:
    person.says("search_jobs", "上海电工，大专，只要白班")
    person.says("inform", "要双休的")
    assert set(str(reading(person)["needs"]).split("、")) == {"大专学历", "双休"}
