"""What asks after applications and what takes one back; what sounds alike and does not."""

import pytest

from actions.dialogue.tasks import Words
from actions.jobs.applications.states import days_silent
from actions.jobs.chat.consent import names, phones
from actions.jobs.chat.my_applications import ASKS_STANDING, ELSEWHERE, TAKES_BACK
from actions.jobs.subscriptions.times import is_quiet
from tests.support.numbers import NOW

ASKS = (
    "我投的怎么样了",
    "我报的那家有消息没有",
    "上次报的名有没有回音",
    "投的简历到哪一步了",
    "我报名的那个岗位咋样了",
    "我应聘的那家公司结果呢",
    "查一下我的报名",
    "我的报名记录",
    "我投了哪些岗位",
    "报了名现在有结果没",
    "投过的那份工作成没成",
)
BACK = (
    "撤回报名",
    "取消刚才的报名",
    "把我的报名撤回",
    "我报的名不要了",
    "报名帮我取消",
    "不想投那家了",
    "收回简历",
)
NEITHER = (
    "我申请的失业金怎么样了",
    "投诉的怎么样了",
    "取消预约",
    "我报的案有消息没",
    "培训报名怎么样了",
    "申请的补贴到哪一步了",
    "工资怎么样",
    "这个岗位怎么样",
    "取消订阅",
    "报销有结果没",
    "明天不去了帮我取消",
    "我要报名",
    "怎么投简历",
)


@pytest.mark.parametrize("text", ASKS)
def test_this_asks_how_it_stands(text: str) -> None:
    assert ASKS_STANDING.search(text)
    assert not TAKES_BACK.search(text)


@pytest.mark.parametrize("text", BACK)
def test_this_takes_it_back(text: str) -> None:
    assert TAKES_BACK.search(text)


@pytest.mark.parametrize("text", NEITHER)
def test_this_does_neither(text: str) -> None:
    read = ASKS_STANDING.search(text) or TAKES_BACK.search(text)
    assert not read or ELSEWHERE.search(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我叫王小红，电话〔手机号#bcdfghjl〕", "王小红"),
        ("姓张，〔手机号#bcdfghjl〕", "张"),
        ("免贵姓陈", "陈"),
        ("我是李明 手机〔手机号#bcdfghjl〕", "李明"),
        ("我是来应聘的", None),
        ("我叫你别打电话", None),
        ("百家姓有哪些", None),
    ],
)
def test_a_name_is_read_where_one_is_given(text: str, name: str | None) -> None:
    assert next((each.value for each in names(Words(text, NOW))), None) == name


def test_a_number_is_its_placeholder() -> None:
    text = "用〔手机号#bcdfghjl〕，不是〔身份证号#bcdfghjx〕"
    assert [each.value for each in phones(Words(text, NOW))] == ["〔手机号#bcdfghjl〕"]


@pytest.mark.parametrize(
    ("hours", "quiet"), [("21-8", False), ("9-10", True), ("22-6", False), ("0-0", False)]
)
def test_quiet_hours(hours: str, quiet: bool) -> None:
    assert is_quiet(NOW, hours) is quiet  # half past nine in Shanghai


def test_an_employer_that_has_answered_is_not_silent() -> None:
    assert days_silent("invited", NOW, NOW) == 0
