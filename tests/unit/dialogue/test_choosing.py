"""Choosing from what was shown and turning its pages, whatever it lists."""

import pytest

from actions.dialogue.context import Context
from tests.unit.dialogue.reading import (
    AFTER_POLICY,
    HELD,
    LISTED,
    NOTHING,
    OFFERED,
    OFFERED_THEN_POLICY,
    SECOND_PAGE,
    commands_of,
    in_short,
)

Row = tuple[Context, str, str, str]

JOB, TIME = "choose postings#{}", "choose times#{}"

NUMBERED: list[Row] = [
    (LISTED, "第二个", "inform", JOB.format(2)),
    (LISTED, "第2个", "inform", JOB.format(2)),
    (LISTED, "第1", "inform", JOB.format(1)),
    (LISTED, "1", "inform", JOB.format(1)),
    (LISTED, "3", "?", JOB.format(3)),
    (LISTED, "2.", "?", JOB.format(2)),
    (LISTED, "选1", "inform", JOB.format(1)),
    (LISTED, "我要2", "inform", JOB.format(2)),
    (LISTED, "二", "?", JOB.format(2)),
    (LISTED, "第三家", "job_details", JOB.format(3)),
    (LISTED, "第二个说说看", "job_details", JOB.format(2)),
    (LISTED, "看看第一个", "job_details", JOB.format(1)),
    (LISTED, "最后一个", "inform", JOB.format(3)),
    (LISTED, "要最后那个", "inform", JOB.format(3)),
    (OFFERED, "第二个", "inform", TIME.format(2)),
    (OFFERED, "2", "inform", TIME.format(2)),
    (OFFERED, "选3", "book", TIME.format(3)),
    (OFFERED, "约第一个吧", "book", TIME.format(1)),
    (OFFERED, "最后一个吧", "inform", TIME.format(3)),
    (OFFERED_THEN_POLICY, "第二个", "inform", TIME.format(2)),
    (OFFERED_THEN_POLICY, "1", "?", TIME.format(1)),
    (SECOND_PAGE, "第五个", "inform", JOB.format(5)),
    (OFFERED, "就头一个时间吧", "inform", TIME.format(1)),
    (LISTED, "第二个嘞", "?", JOB.format(2)),
    (LISTED, "第一个蛮好", "?", JOB.format(1)),
    (SECOND_PAGE, "第一个", "inform", JOB.format(4)),
]

BY_WORDS: list[Row] = [
    (LISTED, "物业电工", "jobs", JOB.format(2)),
    (LISTED, "仓库那个", "?", JOB.format(3)),
    (LISTED, "理货员", "jobs", JOB.format(3)),
    (LISTED, "工资最高的那个", "jobs", JOB.format(1)),
    (LISTED, "工资高的那家", "wage", JOB.format(1)),
    (LISTED, "就工资高一点的那个吧", "inform", JOB.format(1)),
    (LISTED, "随便你帮我选一个", "inform", JOB.format(1)),
    (LISTED, "你帮我挑一个吧", "recommend_jobs", JOB.format(1)),
    (LISTED, "听你的", "affirm", JOB.format(1)),
    (OFFERED, "就11点的吧", "inform", TIME.format(3)),
    (OFFERED, "11:00", "inform", TIME.format(3)),
    (OFFERED, "十点半那个", "inform", TIME.format(2)),
    (OFFERED, "早一点的那个", "inform", TIME.format(1)),
    (OFFERED, "最晚的那个", "inform", TIME.format(3)),
    (OFFERED, "要最早的", "book", TIME.format(1)),
    (OFFERED, "随便，你帮我定", "inform", TIME.format(1)),
    (OFFERED, "都行", "affirm", TIME.format(1)),
]

PAGES: list[Row] = [
    (LISTED, "下一页", "inform", "page postings=next"),
    (LISTED, "还有吗", "jobs", "page postings=next"),
    (LISTED, "还有别的吗", "jobs", "page postings=next"),
    (LISTED, "换一批", "change", "page postings=next"),
    (LISTED, "再来几个", "recommend_jobs", "page postings=next"),
    (LISTED, "更多", "?", "page postings=next"),
    (LISTED, "都不合适", "deny", "page postings=next"),
    (OFFERED, "还有别的时间吗", "book", "page times=next"),
    (OFFERED, "下一页", "?", "page times=next"),
    (OFFERED, "还有没有", "inform", "page times=next"),
    (SECOND_PAGE, "上一页", "inform", "page postings=back"),
    (SECOND_PAGE, "刚才那几个", "?", "page postings=back"),
    (OFFERED_THEN_POLICY, "还有吗", "policy", "page times=next"),
]

OTHERS: list[Row] = [
    (NOTHING, "第二个", "?", "chat nlu_fallback"),
    (AFTER_POLICY, "1", "?", "chat nlu_fallback"),
    (LISTED, "第二个孩子的生育津贴怎么领", "policy", "start policy"),
    (OFFERED, "三号窗口在哪里", "hall_status", "ask (address)"),
]

BUTTONS: list[Row] = [
    (HELD, "确认预约", "affirm", "choose choices=确认预约"),
    (HELD, "换个时间", "change", "choose choices=换个时间"),
    (HELD, "不约了", "deny", "choose choices=不约了"),
]


@pytest.mark.parametrize(("context", "text", "intent", "expected"), NUMBERED)
def test_by_number(context: Context, text: str, intent: str, expected: str) -> None:
    assert in_short(commands_of(context, text, intent)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "expected"), BY_WORDS)
def test_by_words(context: Context, text: str, intent: str, expected: str) -> None:
    assert in_short(commands_of(context, text, intent)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "expected"), PAGES)
def test_pages(context: Context, text: str, intent: str, expected: str) -> None:
    assert in_short(commands_of(context, text, intent)) == expected


@pytest.mark.parametrize(("context", "text", "intent", "expected"), OTHERS)
def test_what_looks_alike_and_is_not(
    context: Context, text: str, intent: str, expected: str
) -> None:
    assert in_short(commands_of(context, text, intent)).startswith(expected)


@pytest.mark.parametrize(("context", "text", "intent", "expected"), BUTTONS)
def test_a_buttons_title(context: Context, text: str, intent: str, expected: str) -> None:
    (command,) = commands_of(context, text, intent)
    assert in_short([command]) == expected
    assert command.press == dict(context.buttons)[text]
