"""What is asked of the one thing that is looked at, and what only looks like it."""

from dataclasses import replace

import pytest

from actions.dialogue.context import Context
from tests.unit.dialogue.reading import HELD, LISTED, OFFERED, commands_of, in_short

POSTING = replace(LISTED, focus="posting:1")
ANSWER = Context(
    tasks=("policy",), focus="policy:p1", cited=({"doc_id": "p1", "title": "某法", "url": "/x"},)
)
CASE = Context(tasks=("case",), focus="case:GD-1")
ASKED = {"question": "失业金能领几个月"}

OF_POSTING = (
    ("几点上下班", "job_hours"),
    ("加班多吗", "job_hours"),
    ("是不是要上夜班", "job_hours"),
    ("双休还是单休", "job_hours"),
    ("管不管住", "job_board"),
    ("有宿舍吗", "job_board"),
    ("包不包吃", "job_board"),
    ("交社保不", "job_insurance"),
    ("有五险一金吗", "job_insurance"),
    ("要什么学历", "job_needs"),
    ("他有C1驾照 够不够", "job_needs"),
    ("没有经验能去吗", "job_needs"),
    ("那地方在哪儿啊我住通州", "job_place"),
    ("离地铁站远吗", "job_place"),
    ("地址发我", "job_place"),
    ("一个月能拿多少", "job_pay"),
    ("工资怎么算的", "job_pay"),
    ("是哪家公司", "job_employer"),
    ("公司正规吗", "job_trust"),
    ("怎么投", "job_apply"),
    ("那我想去干怎么跟人家联系呢", "job_contact"),
    ("联系电话是多少", "job_contact"),
    ("要不要交押金", "job_fee"),
)
OF_ANSWER = (
    ("第几条？！", "policy_where"),
    ("哪一条", "policy_where"),
    ("依据的是哪部法律第几条？", "policy_where"),
    ("谢谢你，是第几条写的呀？我想抄下来", "policy_where"),
    ("原文怎么写啊", "policy_source"),
    ("你把那原话给我念念", "policy_source"),
    ("请给原文", "policy_source"),
    ("还有效没", "policy_valid"),
    ("现在还有效吗 别拿废纸糊弄我", "policy_valid"),
    ("这个法现在还算不算数啊", "policy_valid"),
    ("这个要求现在还在执行吗？", "policy_valid"),
    ("这是哪一年发的文件？", "policy_number"),
    ("文号多少", "policy_number"),
    ("谁发的", "policy_number"),
)
OF_CASE = (
    ("什么时候回复我", "case_when"),
    ("那谁会来联系我呀？大概要几天？", "case_when"),
    ("还要等多久", "case_when"),
    ("还有一件，材料前后讲得不一样，麻烦也写进去", "case_more"),
    ("我补充一下", "case_more"),
    ("再加一条 他们还骂人", "case_more"),
    ("给我写清楚 打了十一个电话", "case_more"),
)


@pytest.mark.parametrize(("text", "topic"), OF_POSTING)
@pytest.mark.parametrize("intent", ["job_details", "oos", "?"])
def test_a_posting_is_asked(text: str, topic: str, intent: str) -> None:
    assert in_short(commands_of(POSTING, text, intent)) == f"ask ({topic})"


@pytest.mark.parametrize(("text", "topic"), OF_ANSWER)
@pytest.mark.parametrize("intent", ["policy", "oos", "deny"])
def test_an_answer_is_asked(text: str, topic: str, intent: str) -> None:
    assert in_short(commands_of(ANSWER, text, intent, ASKED)) == f"ask ({topic})"


@pytest.mark.parametrize(("text", "topic"), OF_CASE)
@pytest.mark.parametrize("intent", ["complain", "oos", "policy"])
def test_a_case_is_asked_or_added_to(text: str, topic: str, intent: str) -> None:
    assert in_short(commands_of(CASE, text, intent)) == f"ask ({topic})"


ALIKE = (
    (POSTING, "进去就要交押金，这犯法吧", "policy", "(job_fee)"),
    (POSTING, "不要夜班", "inform", "(job_hours)"),
    (ANSWER, "竞业限制到期了还有效吗", "policy", "(policy_valid)"),
    (ANSWER, "公司不给我看劳动合同原文怎么办", "policy", "(policy_source)"),
    (CASE, "我要投诉，没人回", "complain", "(case_when)"),
)


@pytest.mark.parametrize(("context", "text", "intent", "wrong"), ALIKE)
def test_what_names_its_own_matter_is_new(
    context: Context, text: str, intent: str, wrong: str
) -> None:
    assert wrong not in in_short(commands_of(context, text, intent, ASKED))


FURTHER = (
    ("那一个月多少", "wage"),
    ("多久出结果", "oos"),
    ("要什么材料", "?"),
)


@pytest.mark.parametrize(("text", "intent"), FURTHER)
def test_a_question_without_its_own_matter_goes_on_with_the_answer(text: str, intent: str) -> None:
    (asks,) = commands_of(ANSWER, text, intent, ASKED)
    assert (asks.task, asks.field) == ("policy", "question")
    assert asks.sets["question"].startswith(ASKED["question"])


@pytest.mark.parametrize("text", ["深圳会多些吗", "北京有没有更细的规定", "上海呢"])
def test_another_place_asks_the_same_again(text: str) -> None:
    said = in_short(commands_of(ANSWER, text, "policy", ASKED))
    assert "policy.region" in said
    assert "policy.question" not in said


QUESTIONS = (
    (HELD, "等等先，这个是不是可以在网上办", "deny"),
    (HELD, "不去会怎么样", "deny"),
    (OFFERED, "没带身份证行不行", "deny"),
)


@pytest.mark.parametrize(("context", "text", "intent"), QUESTIONS)
def test_a_question_takes_nothing_away(context: Context, text: str, intent: str) -> None:
    assert "decline" not in in_short(commands_of(context, text, intent))


def test_a_sentence_that_ends_in_a_yes_confirms() -> None:
    said = in_short(commands_of(HELD, "那我还是亲自去稳妥些，确认", "?"))
    assert said.startswith("confirm")


LAWFUL = (
    ("老板拖欠工资怎么办", "complain"),
    ("进去就叫交押金 这犯法吧", "?"),
    ("不给我交社保合法吗", "complain"),
)


@pytest.mark.parametrize(("text", "intent"), LAWFUL)
def test_who_asks_for_the_rule_gets_the_rule(text: str, intent: str) -> None:
    assert "policy" in in_short(commands_of(Context(), text, intent))


@pytest.mark.parametrize("text", ["我要投诉老板拖欠工资怎么办", "举报他们违法吗"])
def test_who_demands_a_complaint_gets_it(text: str) -> None:
    assert in_short(commands_of(Context(), text, "complain")).startswith("start complain")


def test_reasons_of_health_are_no_distress() -> None:
    said = in_short(commands_of(LISTED, "夜班就算了，我身体吃不消", "distress"))
    assert "distress" not in said
    assert "exclude" in said


@pytest.mark.parametrize(
    ("context", "text", "chosen"),
    [
        (OFFERED, "要十点半那个，没有就第一个", "choose times#2"),
        (OFFERED, "要十点那个，没有十点的话就第一个", "choose times#1"),
        (OFFERED, "就要当天最早的", "choose times#1"),
        (OFFERED, "最晚的。", "choose times#3"),
        (OFFERED, "那就上午最晚那个", "choose times#3"),
        (LISTED, "头一个是做什么的一个月多少钱", "choose postings#1"),
        (LISTED, "第二个怎么样 管不管住", "choose postings#2"),
        (LISTED, "工资最高的那个是哪家 多少钱", "choose postings#1"),
    ],
)
def test_a_choice_may_say_more(context: Context, text: str, chosen: str) -> None:
    assert in_short(commands_of(context, text, "?")) == chosen


@pytest.mark.parametrize(
    ("text", "value"), [("有没有晚一点的", "later"), ("再早点的呢", "sooner"), ("晚一点", "later")]
)
def test_earlier_and_later_times_are_asked_for(text: str, value: str) -> None:
    times = replace(OFFERED.lists[0], sooner="/book_window{}", later="/book_window{}")
    (command,) = commands_of(replace(OFFERED, lists=(times,)), text, "?")
    assert (command.command, command.value) == ("page", value)


@pytest.mark.parametrize(
    "text", ["第二个孩子的生育津贴怎么领", "第一次离职要多久拿补偿", "头一年的年休假有几天"]
)
def test_a_number_of_something_else_chooses_nothing(text: str) -> None:
    assert "choose" not in in_short(commands_of(LISTED, text, "policy"))
