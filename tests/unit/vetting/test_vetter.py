"""Whole ads: decisions, lawful cases, what is not told, pay, titles; and real ones."""

import csv
from pathlib import Path

import pytest

from actions.vetting.pay import MinimumWage
from actions.vetting.vetter import Ad, vet

WUHAN = "420100"

LAWFUL = [
    "招理货员8名，男女不限，年满18周岁，5000元/月，缴五险，武汉黄陂。入职不收押金，工服免费发放。",
    "食堂招帮厨，4200元/月包吃住，依法须持有效健康证，没有的由食堂出钱办理，沌口开发区。",
    "福利企业招装配工20名，残疾人优先，厂区有坡道，4000元/月，武汉汉阳。",
    "公益性岗位招保洁3名，大龄困难人员（4050人员）优先，2600元/月，青山区。",
    "磷矿招井下采掘工，9000元/月，按规定为女职工禁忌从事的劳动范围，宜昌夷陵区。",
    "招维修电工4名，持有效特种作业操作证，7000元/月，年龄不限，江夏区藏龙岛。",
    "招城配司机，有C1驾照，无酒驾毒驾记录，户籍不限，不交车辆押金，7500元/月，东西湖区。",
    "酒店招前台，收取及退还客人押金，核验住客身份证并当面交还，4500元/月，汉口站旁。",
    "招反诈宣传员，讲解刷单返利、垫付做任务、出借银行卡等骗局，3500元/月，武昌区。",
]
MIXED = [
    ("本公司不收中介费！仅需缴纳岗位保证金680元。月薪6000元，武昌区招安检员。", "fee"),
    ("男女不限，但女士须已婚已育。武汉招文员，月薪4500元。", "marital"),
    ("福利好，残疾人优先，限35岁以下，武汉招装配工，月薪4500元。", "age"),
]


@pytest.mark.parametrize("text", LAWFUL)
def test_lawful_ads_pass(text: str) -> None:
    review = vet(Ad(text))
    assert (review.decision, review.findings, review.rewriting) == ("pass", (), None)


@pytest.mark.parametrize(("text", "category"), MIXED)
def test_a_good_word_excuses_only_its_own_clause(text: str, category: str) -> None:
    review = vet(Ad(text))
    assert review.decision == "reject"
    assert {each.category for each in review.findings} == {category}
    assert review.rewriting is not None
    assert vet(Ad(review.rewriting)).decision == "pass"


@pytest.mark.parametrize(
    ("title", "category"), [("女文员", "gender"), ("普工（限35岁以下）", "age"), ("女装导购", "")]
)
def test_titles_are_read(title: str, category: str) -> None:
    review = vet(Ad("负责日常工作。", title, "", "武汉", "5000元/月"))
    assert [(each.category, each.field) for each in review.findings] == (
        [(category, "title")] if category else []
    )
    for each in review.findings:
        assert title[each.start : each.end] == each.span


def test_what_is_not_told_is_asked_for_where_the_rest_is_lawful() -> None:
    text = "诚聘店员两名，负责接待整理，早晚班轮换，缴纳五险，待遇面议，有意电话联系。"
    missing = vet(Ad(text, city="武汉"))
    assert [(each.category, each.span) for each in missing.findings] == [
        ("missing_info", "待遇面议")
    ]
    assert missing.decision == "review"
    assert [each.category for each in vet(Ad("限女性，" + text)).findings] == ["gender"]


def test_pay_is_held_against_the_minimum_of_its_place() -> None:
    wages = [MinimumWage("420000", 1_800, 18), MinimumWage(WUHAN, 2_500, 24)]
    ad = Ad("招店员，每天八小时，月薪2300元，缴五险。", city="武汉")
    (low,) = vet(ad, wages).findings
    assert (low.category, low.decision, low.span) == ("below_minimum_wage", "review", "月薪2300元")
    assert vet(Ad(ad.text, city="宜昌"), wages).findings == ()
    assert vet(Ad("招钟点工，每小时23元。", city="武汉"), wages).findings != ()
    assert vet(Ad("招学徒，月薪1500元。", city="武汉")).findings != ()
    assert vet(Ad("招销售，底薪1500元加提成，综合6000元。", city="武汉"), wages).findings == ()


def test_a_scam_has_no_rewriting() -> None:
    review = vet(Ad("居家兼职，给店铺刷单，先垫付货款，完成后本金一起返，日结。"))
    assert review.decision == "reject"
    assert review.rewriting is None


def test_nothing_is_too_long_or_empty() -> None:
    assert vet(Ad("")).findings == ()
    assert vet(Ad("限女性，" * 20_000)).decision == "reject"


@pytest.mark.shared
def test_real_ads_are_refused_for_age_schooling_and_looks_alone(shared: Path) -> None:
    """Every refusal of the 706 was looked at: each sets an age, a kind of school, or looks."""
    with (shared / "data/postings_wuhan.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    reviews = [
        vet(Ad(r["工作简介"], r["岗位名称"], r["企业名称"], r["城市"], r["薪资"])) for r in rows
    ]
    refused = [review for review in reviews if review.decision == "reject"]
    grounds = {
        each.category for one in refused for each in one.findings if each.decision == "reject"
    }
    assert grounds == {"age", "education_unreasonable", "appearance"}
    assert 100 <= len(refused) <= 120
    assert sum(review.decision == "pass" for review in reviews) >= 575
