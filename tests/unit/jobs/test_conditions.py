"""Conditions of work: the same word for who wishes and who offers; and the life of a posting."""

from dataclasses import fields

import pytest

from actions.jobs.conditions import CONDITIONS, conditions_in, facts_of
from actions.jobs.life import MOVES, STATES, NoSuchMove, check_move
from actions.jobs.matching.memory import Stored
from actions.jobs.matching.weights import WEIGHTS
from actions.jobs.records import JobWish


@pytest.mark.parametrize(
    ("ad", "fact"),
    [
        ("周末双休，五险一金", "双休"),
        ("单休，月休四天", "!双休"),
        ("我们不加班", "!加班"),
        ("需适应加班", "加班"),
        ("两班倒，有夜班", "倒班"),
        ("长白班", "!夜班"),
        ("包吃包住", "包吃住"),
        ("缴纳社会保险和商业保险", "五险"),
        ("底薪加佣金，开发客户", "销售"),
    ],
)
def test_what_an_ad_states(ad: str, fact: str) -> None:
    assert fact in facts_of(ad)


def test_what_an_employer_pays_for_it_does_not_sell() -> None:
    assert "保险" not in facts_of("缴纳社会保险、补充医疗保险")
    assert "保险" in facts_of("", head="客户经理 某保险股份有限公司")


def test_every_condition_is_heard_by_its_own_name() -> None:
    for one in CONDITIONS:
        assert one.name in {said.name for said in conditions_in(one.name)}, one.name


def test_states_follow_each_other_as_they_may() -> None:
    assert set(MOVES) == set(STATES)
    check_move("draft", "vetting")
    for was, now in (("draft", "published"), ("withdrawn", "published"), ("filled", "published")):
        with pytest.raises(NoSuchMove):
            check_move(was, now)


def test_nothing_of_a_person_is_an_input() -> None:
    """No field of a wish or a posting, and no weight, is of what nobody may be judged by."""
    forbidden = ("age", "sex", "gender", "origin", "ethnic", "health", "disab", "religion", "marri")
    names = [each.name for each in (*fields(JobWish), *fields(Stored))]
    names += WEIGHTS
    assert not [n for n in names if any(n == f or n.startswith(f"{f}_") for f in forbidden)]
