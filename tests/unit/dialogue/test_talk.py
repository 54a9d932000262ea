"""Yes and no, changes of mind, two wishes, the talk itself."""

import pytest

from actions.dialogue.context import Context
from tests.unit.dialogue.reading import (
    AFTER_POLICY,
    ASKED_BUSINESS,
    ASKED_COUNT,
    ASKED_WISH,
    AT_HOME,
    HELD,
    LISTED,
    NOTHING,
    OFFERED,
    OFFERED_THEN_POLICY,
    TO_CANCEL,
    WAGES,
    commands_of,
    in_short,
)

Row = tuple[Context, str, str, str]
Parted = tuple[Context, str, str, tuple[str, ...], str]

YES_NO: list[Row] = [
    (HELD, "好的", "affirm", "confirm"),
    (HELD, "确认", "affirm", "confirm"),
    (HELD, "嗯嗯", "?", "confirm"),
    (HELD, "中", "?", "confirm"),
    (HELD, "好额好额", "affirm", "confirm"),
    (HELD, "就这个", "inform", "confirm"),
    (HELD, "可以的，谢谢", "thank", "confirm"),
    (HELD, "不用了", "deny", "decline"),
    (HELD, "不要", "?", "decline"),
    (TO_CANCEL, "取消吧", "deny", "confirm"),
    (TO_CANCEL, "对，取消吧", "deny", "confirm"),
    (TO_CANCEL, "不取消了", "deny", "decline"),
    (TO_CANCEL, "先不取消", "deny", "choose choices=先不取消"),
    (AT_HOME, "好的", "affirm", "confirm"),
    (AT_HOME, "不用", "deny", "decline"),
    (AT_HOME, "还是去大厅", "inform", "choose choices=还是去大厅"),
    (NOTHING, "好的", "affirm", "confirm"),
    (NOTHING, "不用", "deny", "decline"),
]

MIND: list[Row] = [
    (LISTED, "算了", "deny", "cancel jobs"),
    (LISTED, "先不找了", "jobs", "cancel jobs"),
    (LISTED, "不找了", "deny", "cancel jobs"),
    (OFFERED, "算了不约了", "deny", "cancel booking"),
    (OFFERED, "先不办了", "deny", "cancel booking"),
    (ASKED_BUSINESS, "算了", "?", "cancel booking"),
    (AT_HOME, "不办了", "deny", "cancel booking"),
    (OFFERED, "我不去了", "cancel", "start cancel_booking"),
    (ASKED_WISH, "不想找了", "jobs", "cancel jobs"),
]

PARTED: list[Parted] = [
    (
        *(LISTED, "算了先不找了，我要办失业登记", "deny"),
        ("算了先不找了=deny", "我要办失业登记=book"),
        "cancel jobs; start booking; set booking.business=失业登记",
    ),
    (
        *(OFFERED, "算了，帮我找个保洁的活", "deny"),
        ("算了=deny", "帮我找个保洁的活=jobs"),
        "cancel booking; start jobs; set jobs.trade=保洁",
    ),
    (
        *(NOTHING, "帮我约失业登记，再帮我找个电工的工作", "book"),
        ("帮我约失业登记=book", "再帮我找个电工的工作=jobs"),
        "start booking; set booking.business=失业登记; start jobs later; set jobs.trade=电工 later",
    ),
    (
        *(NOTHING, "我想找个保洁的活，顺便问下社保补贴怎么领", "jobs"),
        ("我想找个保洁的活=jobs", "顺便问下社保补贴怎么领=policy"),
        "start jobs; set jobs.trade=保洁; "
        "start policy later; set policy.question=顺便问下社保补贴怎么领 later",
    ),
    (
        *(NOTHING, "我被辞退了，公司没给补偿，怎么办", "policy"),
        ("我被辞退了=policy", "公司没给补偿=complain", "怎么办=inform"),
        "start policy; set policy.question=我被辞退了，公司没给补偿，怎么办",
    ),
]

TALK: list[Row] = [
    (LISTED, "再说一遍", "?", "repeat"),
    (OFFERED, "没听清", "oos", "repeat"),
    (OFFERED, "麻烦再发一遍", "?", "repeat"),
    (ASKED_BUSINESS, "什么意思", "?", "clarify (meaning)"),
    (LISTED, "看不懂", "?", "clarify (meaning)"),
    (ASKED_BUSINESS, "为什么要问这个", "policy", "clarify (why)"),
    (ASKED_WISH, "问这个干嘛", "?", "clarify (why)"),
    (OFFERED_THEN_POLICY, "接着刚才的", "inform", "resume"),
    (OFFERED_THEN_POLICY, "继续办", "?", "resume"),
    (LISTED, "返回上一步", "?", "repeat (back)"),
    (LISTED, "转人工", "talk_to_staff", "hand_off talk_to_staff"),
    (LISTED, "谢谢", "thank", "chat thank"),
    (NOTHING, "你好", "greet", "chat greet"),
    (LISTED, "我不想活了", "distress", "start distress"),
    (AFTER_POLICY, "那个啥", "?", "chat nlu_fallback"),
    (NOTHING, "上海", "inform", "clarify (which)"),
    (NOTHING, "浦东大厅", "inform", "start booking; set booking.hall=浦东示例大厅"),
    (LISTED, "电工一般多少钱", "wage", "start wage; set wage.trade=电工"),
    (WAGES, "那一年下来多少", "?", "ask (wage_by_unit)"),
    (WAGES, "那昆明的呢", "inform", "set wage.place=530100"),
    (WAGES, "保安呢", "search_jobs", "set wage.trade=保安"),
    (
        WAGES,
        "那帮我找找武汉的保安岗位",
        "search_jobs",
        "start jobs; set jobs.trade=保安; set jobs.place=420100",
    ),
    (ASKED_COUNT, "3个", "inform", "set sharing.count=3"),
    (LISTED, "3个", "inform", "choose postings#3"),
    (OFFERED, "大厅人多不多", "hall_status", "start hall_status"),
    (LISTED, "我的预约", "my_bookings", "start my_bookings"),
    (OFFERED, "我到了", "inform", "start my_bookings"),
    (NOTHING, "我到浦东大厅了", "oos", "start my_bookings"),
]


@pytest.mark.parametrize(("context", "text", "intent", "expected"), YES_NO)
def test_yes_and_no(context: Context, text: str, intent: str, expected: str) -> None:
    (command,) = commands_of(context, text, intent)
    assert in_short([command]) == expected
    press = {"confirm": context.yes, "decline": context.no}.get(command.command, command.press)
    assert command.press == press


@pytest.mark.parametrize(("context", "text", "intent", "expected"), MIND)
def test_giving_up(context: Context, text: str, intent: str, expected: str) -> None:
    assert in_short(commands_of(context, text, intent)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "parts", "expected"), PARTED)
def test_clause_by_clause(
    context: Context, text: str, intent: str, parts: tuple[str, ...], expected: str
) -> None:
    assert in_short(commands_of(context, text, intent, None, *parts)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "expected"), TALK)
def test_the_talk_itself(context: Context, text: str, intent: str, expected: str) -> None:
    assert in_short(commands_of(context, text, intent)) == expected
