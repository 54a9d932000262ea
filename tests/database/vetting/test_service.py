"""Minimum wages by day and drafts, on both databases."""

from datetime import date, timedelta

import pytest

from actions.vetting.pay import MinimumWage
from actions.vetting.service import BadMinimumWage, UnknownDraft, Vetting, as_case
from actions.vetting.vetter import Ad
from store.clock import utc_now
from store.database import Database

WUHAN = "420100"
AD = Ad("招店员，每天八小时，月薪2300元，缴五险，武汉洪山区。")


def test_the_wage_of_the_day_counts(database: Database) -> None:
    vetting = Vetting(database)
    today = date(2026, 3, 4)
    assert vetting.wages(today) == ()
    assert vetting.vet(AD).decision == "pass"
    vetting.set_wage(MinimumWage(WUHAN, 2_000, 20), today, "鄂政发〔某〕号")
    vetting.set_wage(MinimumWage(WUHAN, 2_500, 24), today + timedelta(days=30), "其后")
    assert [wage.monthly for wage in vetting.wages(today)] == [2_000]
    assert [wage.monthly for wage in vetting.wages(today + timedelta(days=30))] == [2_500]
    assert vetting.vet(AD).decision == "review"
    vetting.set_wage(MinimumWage(WUHAN, 2_100, 20), today, "更正")
    assert [wage.monthly for wage in vetting.wages(today)] == [2_100]


@pytest.mark.parametrize(
    "wage",
    [MinimumWage("999999", 2_000, 20), MinimumWage(WUHAN, 0, 20), MinimumWage(WUHAN, 2_000, -1)],
)
def test_what_is_no_wage_is_refused(database: Database, wage: MinimumWage) -> None:
    with pytest.raises(BadMinimumWage):
        Vetting(database).set_wage(wage, date(2026, 3, 4), "来源")
    with pytest.raises(BadMinimumWage):
        Vetting(database).set_wage(MinimumWage(WUHAN, 2_000, 20), date(2026, 3, 4), " ")


def test_a_draft_is_kept_once_and_decided_once(database: Database) -> None:
    vetting, now = Vetting(database), utc_now()
    review = vetting.vet(Ad("武汉招店员，限女性，月薪5000元，缴五险，到店面试。"))
    first = vetting.keep("web:a", "限女性", review, request_key="m1", now=now)
    assert vetting.keep("web:a", "限女性", review, request_key="m1", now=now) == first
    vetting.keep("web:b", "另一条", review, request_key="m1", now=now)
    assert [draft.text for draft in vetting.waiting()] == ["限女性", "另一条"]
    vetting.decide(first.id, "reject", ["gender"], "性别", staff="li", now=now)
    assert [draft.text for draft in vetting.waiting()] == ["另一条"]
    (decided,) = vetting.decided()
    assert (decided.decided, decided.categories, decided.decided_by) == (
        "reject",
        ("gender",),
        "li",
    )
    case = as_case(decided)
    assert (case["expect"], case["categories"], case["spans"]) == ("reject", ["gender"], ["限女性"])
    with pytest.raises(UnknownDraft):
        vetting.decide(first.id, "pass", [], "", staff="wu", now=now)
    with pytest.raises(ValueError, match="no decision"):
        vetting.decide(first.id, "maybe", [], "", staff="wu", now=now)
