"""Values set, corrected, not wanted, or of no matter any more."""

from typing import Any

import pytest

from actions.dialogue.context import Context
from tests.unit.dialogue.reading import (
    AFTER_POLICY,
    ASKED_BUSINESS,
    ASKED_HALL,
    ASKED_TIME,
    ASKED_WISH,
    AT_HOME,
    HELD,
    LISTED,
    NOTHING,
    OFFERED,
    OFFERED_THEN_POLICY,
    commands_of,
    in_short,
)

Row = tuple[Context, str, str, dict[str, Any], str]

WISH = {"trade": "电工", "place": "310000", "salary_min": 6000}
VISIT = {
    "business": "失业登记",
    "hall": "浦东示例大厅",
    "visit_from": "2026-03-05T09:00:00+08:00",
    "visit_until": "2026-03-05T12:00:00+08:00",
}
TOMORROW = "2026-03-05T00:00:00+08:00/2026-03-06T00:00:00+08:00"
AFTER = "2026-03-06T00:00:00+08:00/2026-03-07T00:00:00+08:00"

SET: list[Row] = [
    (
        *(NOTHING, "我想在上海找电工的活，六千以上", "jobs", {}),
        "start jobs; set jobs.trade=电工; set jobs.place=310000; set jobs.salary_min=6000",
    ),
    (NOTHING, "昆明保洁", "inform", {}, "start jobs; set jobs.trade=保洁; set jobs.place=530100"),
    (LISTED, "那八千以上呢", "wage", WISH, "set jobs.salary_min=8000"),
    (LISTED, "八千以上有吗", "wage", WISH, "set jobs.salary_min=8000"),
    (LISTED, "八千以上呢", "affirm", WISH, "set jobs.salary_min=8000"),
    (LISTED, "只要白班", "inform", WISH, "set jobs.needs=白班"),
    (LISTED, "包吃住的", "?", WISH, "set jobs.needs=包吃住"),
    (LISTED, "要有五险一金", "policy", WISH, "set jobs.needs=五险一金"),
    (LISTED, "电工或者保洁", "jobs", {}, "set jobs.trade=电工、保洁"),
    (ASKED_WISH, "昆明", "inform", {}, "set jobs.place=530100"),
    (ASKED_WISH, "挖掘机司机", "?", {}, "set jobs.trade=挖掘机司机"),
    (
        *(NOTHING, "明天办失业登记", "book", {}),
        f"start booking; set booking.business=失业登记; set booking.time={TOMORROW}",
    ),
    (ASKED_BUSINESS, "失业登记", "policy", {}, "set booking.business=失业登记"),
    (ASKED_BUSINESS, "就业登记吧", "inform", {}, "set booking.business=就业登记"),
    (ASKED_HALL, "昆明", "inform", VISIT | {"hall": None}, "set booking.hall=盘龙示例大厅"),
    (ASKED_HALL, "浦东的", "?", VISIT | {"hall": None}, "set booking.hall=浦东示例大厅"),
    (ASKED_TIME, "后天", "inform", VISIT, f"set booking.time={AFTER}"),
    (ASKED_TIME, "后天吧", "out_of_scope", VISIT, f"set booking.time={AFTER}"),
    (OFFERED, "后天呢", "inform", VISIT, f"set booking.time={AFTER}"),
    (OFFERED_THEN_POLICY, "后天吧", "inform", VISIT, f"resume booking; set booking.time={AFTER}"),
    (AT_HOME, "我要去现场", "oos", VISIT, "set booking.how=come"),
    (AT_HOME, "不会上网", "?", VISIT, "set booking.how=come"),
    (AT_HOME, "我爸70岁不会用手机", "oos", VISIT, "set booking.how=priority"),
    (AFTER_POLICY, "那上海呢", "inform", {"question": "x"}, "set policy.region=310000"),
    (AFTER_POLICY, "云南也一样吗", "?", {"question": "x"}, "set policy.region=530000"),
    (AFTER_POLICY, "换成北京", "change", {"question": "x"}, "set policy.region=110000"),
    (AFTER_POLICY, "全国呢", "oos", {"question": "x"}, "set policy.region=100000"),
    (
        AFTER_POLICY,
        "上海电工",
        "inform",
        {},
        "start jobs; set jobs.trade=电工; set jobs.place=310000",
    ),
]

CORRECTED: list[Row] = [
    (LISTED, "换成昆明", "change", WISH, "correct jobs.place=530100"),
    (LISTED, "不对，是昆明", "deny", WISH, "correct jobs.place=530100"),
    (LISTED, "不是上海，是昆明盘龙", "deny", WISH, "correct jobs.place=530103"),
    (LISTED, "我是说保洁", "inform", WISH, "correct jobs.trade=保洁"),
    (LISTED, "说错了，是保洁", "?", WISH, "correct jobs.trade=保洁"),
    (LISTED, "改成八千", "change", WISH, "correct jobs.salary_min=8000"),
    (OFFERED, "不对，是后天", "deny", VISIT, f"correct booking.time={AFTER}"),
    (HELD, "不对，我说的是后天", "change", VISIT, f"correct booking.time={AFTER}"),
    (OFFERED, "不是浦东，是昆明盘龙", "deny", VISIT, "correct booking.hall=盘龙示例大厅"),
    (OFFERED, "办错了，应该是就业登记", "?", VISIT, "correct booking.business=就业登记"),
    (LISTED, "不对", "deny", WISH, "clarify (wrong)"),
    (OFFERED, "说错了", "?", VISIT, "clarify (wrong)"),
]

EXCLUDED: list[Row] = [
    (LISTED, "不要夜班", "deny", WISH, "exclude jobs.needs=夜班"),
    (LISTED, "不想上夜班", "jobs", WISH, "exclude jobs.needs=夜班"),
    (LISTED, "夜班不行", "?", WISH, "exclude jobs.needs=夜班"),
    (LISTED, "不去浦东", "deny", WISH, "exclude jobs.place=310115"),
    (LISTED, "别给我推销售", "complain", WISH, "exclude jobs.trade=销售"),
    (LISTED, "除了保洁都行", "inform", WISH, "exclude jobs.trade=保洁"),
    (LISTED, "销售不要的哦", "deny", WISH, "exclude jobs.trade=销售"),
    (LISTED, "夜班俺不中", "?", WISH, "exclude jobs.needs=夜班"),
    (
        *(NOTHING, "我想找电工，不要夜班", "jobs", {}),
        "start jobs; set jobs.trade=电工; exclude jobs.needs=夜班",
    ),
    (OFFERED, "除了周一都行", "inform", VISIT, "exclude booking.time=周一"),
    (OFFERED, "周一不行", "?", VISIT, "exclude booking.time=周一"),
    (OFFERED, "不要上午的", "deny", VISIT, "exclude booking.time=上午"),
    (OFFERED, "不去浦东", "deny", VISIT, "exclude booking.hall=浦东示例大厅"),
    (OFFERED, "别约明天", "?", VISIT, f"exclude booking.time={TOMORROW}"),
]

DROPPED: list[Row] = [
    (LISTED, "地方无所谓", "inform", WISH, "drop jobs.place"),
    (LISTED, "哪里都行", "affirm", WISH, "drop jobs.place"),
    (LISTED, "工资不限", "?", WISH, "drop jobs.salary_min"),
    (LISTED, "做什么都可以", "jobs", WISH, "drop jobs.trade"),
    (OFFERED, "时间随便", "inform", VISIT, "drop booking.time"),
    (ASKED_HALL, "都行", "affirm", VISIT, "drop booking.hall"),
    (ASKED_TIME, "随便", "affirm", VISIT, "drop booking.time"),
    (ASKED_TIME, "哪天都行", "inform", VISIT, "drop booking.time"),
]


@pytest.mark.parametrize(("context", "text", "intent", "known", "expected"), SET)
def test_set(
    context: Context, text: str, intent: str, known: dict[str, Any], expected: str
) -> None:
    assert in_short(commands_of(context, text, intent, known)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "known", "expected"), CORRECTED)
def test_corrected(
    context: Context, text: str, intent: str, known: dict[str, Any], expected: str
) -> None:
    assert in_short(commands_of(context, text, intent, known)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "known", "expected"), EXCLUDED)
def test_excluded(
    context: Context, text: str, intent: str, known: dict[str, Any], expected: str
) -> None:
    assert in_short(commands_of(context, text, intent, known)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "known", "expected"), DROPPED)
def test_dropped(
    context: Context, text: str, intent: str, known: dict[str, Any], expected: str
) -> None:
    assert in_short(commands_of(context, text, intent, known)) == expected


def test_a_day_that_corrects_keeps_its_hours() -> None:
    (command,) = commands_of(OFFERED, "不对，是后天", "deny", VISIT)
    assert command.sets["visit_from"] == "2026-03-06T09:00:00+08:00"
    assert command.sets["visit_until"] == "2026-03-06T12:00:00+08:00"


def test_hours_alone_are_of_the_day_that_was_spoken_of() -> None:
    (command,) = commands_of(OFFERED, "下午三点以后", "inform", VISIT)
    assert command.sets["visit_from"] == "2026-03-05T15:00:00+08:00"


def test_another_business_is_another_visit() -> None:
    (command,) = commands_of(OFFERED, "改成就业登记", "change", VISIT)
    assert command.sets["business"] == "就业登记"
    assert command.sets["visit_from"] is None
