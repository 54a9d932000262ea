"""How people speak of their résumé, what sounds alike and is not, and what is kept of a wish."""

from typing import Any

import pytest

from actions.jobs.chat.job_query import JobQuery, remembered
from actions.jobs.chat.resume import words
from actions.jobs.matching.groups import declared_in
from actions.jobs.needs import renewed
from actions.jobs.resumes.fields import changed, entries_of, in_words, left_open, wish_of

KEEP = (
    "记住我的求职意向",
    "记住我的要求",
    "存一下我的简历",
    "帮我建个简历",
    "我想填一份简历",
    "把我的要求记下来",
    "给我留个简历吧",
    "把这些都记住",
    "能帮我弄个简历吗",
    "登记一下求职意向",
)
SHOW = (
    "我的简历",
    "看看我的求职意向",
    "查一下我的简历",
    "我的意向里写了什么",
    "你们记了我什么求职意向",
    "看一下我留的求职信息",
)
DELETE = (
    "删掉我的简历",
    "把我的求职意向删了",
    "我的简历不要了",
    "删除简历",
    "别留我的简历",
    "求职意向清空吧",
)
FIND = ("按我的意向找", "根据我的简历推荐", "看我的简历推荐几个", "照我的求职意向找工作")
NEITHER = (
    "怎么投简历",
    "简历发给他们了吗",
    "收回简历",
    "谁看过我的简历",
    "不要公开我的简历",
    "简历怎么写",
    "简历撤回，别留底",
    "简历给我导出来一份",
    "投了三百份简历没一个回的",
    "学历有要求吗",
    "记住了吗",
    "存钱的银行在哪",
    "我的预约",
    "要求五险一金",
    "帮我登记失业",
)


def read_as(text: str) -> set[str]:
    if words.ELSEWHERE.search(text):
        return set()
    shapes = {"keep": words.KEEP, "show": words.SHOW, "delete": words.DELETE, "find": words.FIND}
    return {name for name, shape in shapes.items() if shape.search(text)}


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (KEEP, {"keep"}),
        (SHOW, {"show"}),
        (DELETE, {"delete"}),
        (FIND, {"find"}),
        (NEITHER, set()),
    ],
)
def test_what_is_asked_of_a_resume(texts: tuple[str, ...], meant: set[str]) -> None:
    assert {text: read_as(text) for text in texts} == dict.fromkeys(texts, meant)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("学历不用记", "education"),
        ("把工资删掉", "salary_min"),
        ("工作经验那一项去掉", "experience"),
        ("别记了", None),
        ("工资改成六千", None),
    ],
)
def test_one_field_is_deleted(text: str, field: str | None) -> None:
    assert words.dropped(text) == field


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("我是应届毕业生", ["高校毕业生"]),
        ("我是残疾人", ["残疾人"]),
        ("我是农民工，找普工", ["农民工"]),
        ("我失业登记过", ["登记失业人员"]),
        ("登记过失业的", ["登记失业人员"]),
        ("4050人员能找什么活", ["大龄人员"]),
        ("我属于就业困难人员", ["就业困难人员"]),
        ("小姐姐，我是退役军人", ["退役军人"]),
        ("我不是应届生", []),
        ("我爸是退伍军人", []),
        ("还没登记失业", []),
        ("工资4050以上", []),
        ("我今年50岁了", []),
        ("我是少数民族", []),
    ],
)
def test_a_group_is_only_what_somebody_declares(text: str, groups: list[str]) -> None:
    assert [name for name, _, _ in declared_in(text)] == groups


WISH = JobQuery(
    trade="电工",
    place="310000",
    salary_min=6000,
    needs="包住、大专学历、5年经验、残疾人",
    not_needs="夜班",
    gig_on="2026-03-05",
)


def test_a_wish_is_kept_by_field_and_is_the_same_again() -> None:
    entries = entries_of(WISH)
    assert {field: in_words(values) for field, values in entries.items()} == {
        "trade": "电工",
        "place": "上海市",
        "salary_min": "6000 元以上",
        "needs": "包住",
        "education": "大专学历",
        "experience": "5年经验",
        "group": "残疾人",
        "unwanted": "不要夜班",
    }
    again = {**WISH.as_slots(), "gig_on": None}
    assert wish_of(entries).as_slots() == again


@pytest.mark.parametrize(
    "slots",
    [
        {"words": "女性 45岁"},
        {"words": "湖北人 汉族"},
        {"trade": "有乙肝"},
        {"needs": "身高一米八、爱好唱歌"},
        {"words": "找〔手机号#bcdfghjl〕"},
    ],
)
def test_what_tells_of_sex_age_origin_or_health_is_not_kept(slots: dict[str, Any]) -> None:
    assert entries_of(remembered(slots)) == {}


def test_what_is_kept_is_short() -> None:
    assert len(in_words(entries_of(JobQuery(words="巡" * 500))["trade"])) <= 60


def test_only_what_is_open_is_filled() -> None:
    kept = entries_of(WISH)
    assert left_open(WISH, kept) == {}
    said = JobQuery(trade="保洁", needs="夜班")
    assert set(left_open(said, kept)) == {"place", "salary_min", "education", "experience", "group"}
    assert "place" not in left_open(JobQuery(), kept, ("place", "places", "only"))


def test_a_second_group_stands_beside_the_first() -> None:
    kept = entries_of(JobQuery(needs="残疾人"))
    said = entries_of(JobQuery(needs="退役军人"))
    assert changed(kept, said) == {"group": {"needs": "残疾人、退役军人"}}
    assert changed(kept, entries_of(JobQuery(needs="残疾人"))) == {}


@pytest.mark.parametrize(
    ("known", "said", "now"),
    [
        ("大专学历 白班", "双休", "大专学历 双休"),
        ("大专学历 白班", "本科学历", "白班 本科学历"),
        ("残疾人", "退役军人", "残疾人 退役军人"),
        ("", "白班 包住", "白班 包住"),
    ],
)
def test_needs_are_renewed_by_their_kind(known: str, said: str, now: str) -> None:
    assert renewed(known.split(), said.split()) == tuple(now.split())
