"""As people speak: reasons beside wishes, two things in a breath, a rule asked for beside care."""

from dataclasses import replace

import pytest

from actions.dialogue.applier import apply
from actions.dialogue.commands import CHOOSE, CLARIFY
from actions.dialogue.context import Asked, Context
from actions.dialogue.reading.reader import read
from language.clauses import clauses, points
from tests.unit.dialogue.reading import (
    ASKED_COUNT,
    ASKED_HALL,
    FEATURES,
    HELD,
    LISTED,
    NAMES,
    OFFERED,
    commands_of,
    in_short,
    turn_of,
)

ANSWER = Context(
    tasks=("policy",), focus="policy:p1", cited=({"doc_id": "p1", "title": "某法", "url": "/x"},)
)
VISIT = {"business": "失业登记", "hall": "浦东示例大厅"}


def test_blanks_part_what_is_spoken_but_no_two_wishes() -> None:
    text = "下周四吧 上午 下午店里忙"
    assert [text[a:b] for a, b in clauses(text)] == ["下周四吧", "上午", "下午店里忙"]
    assert len(clauses(text, blanks=False)) == 1
    assert len(clauses("上海 java 开发")) == 1  # a blank beside other letters parts nothing


REASONS = (
    ("周四老伴要去医院，周五吧，还是上午", "2026-03-06T07:00"),
    ("下周二我要给老乡搬家 改成下周四嘛 还是下午", "2026-03-12T13:00"),
    ("要不下周三下午吧 上午得送孙子上学", "2026-03-11T13:00"),
    ("下周四吧 上午 下午店里忙", "2026-03-12T07:00"),
    ("慢着，周二要进货，挪到下周三，还是上午", "2026-03-11T07:00"),
)


@pytest.mark.parametrize(("text", "begins"), REASONS)
def test_why_a_time_does_not_suit_is_no_wish(text: str, begins: str) -> None:
    sets: dict[str, str] = {}
    for command in commands_of(OFFERED, text, "inform", VISIT):
        sets.update(command.sets)
    assert sets["visit_from"].startswith(begins)


PLAIN = (
    ("我姐拿回来了 那我约盘龙 失业登记 明天可以吗", "?"),
    ("我没工作了 能不能办失业登记 朝阳那个", "policy"),
    ("约下周一上午去浦东办就业登记", "oos"),
)


@pytest.mark.parametrize(("text", "intent"), PLAIN)
@pytest.mark.parametrize("context", [Context(), ANSWER])
def test_a_visit_said_plainly_is_one(context: Context, text: str, intent: str) -> None:
    assert "booking.business" in in_short(commands_of(context, text, intent))


def test_a_condition_asked_beside_names_is_no_visit() -> None:
    said = in_short(commands_of(Context(), "北京 失业登记 要什么条件", "policy"))
    assert "booking" not in said


def test_what_is_asked_of_a_choice_is_told_with_it() -> None:
    listed = replace(LISTED, lists=tuple(replace(each, of="posting:") for each in LISTED.lists))
    said = in_short(commands_of(listed, "第一个管不管住", "job_details"))
    assert said == "choose postings#1; ask (job_board)"
    assert in_short(commands_of(listed, "第一个多少钱", "job_details")) == "choose postings#1"


def test_words_that_point_back_ask_what_was_viewed_before() -> None:
    context = replace(ANSWER, viewed=("posting:7",))
    (asks,) = commands_of(context, "刚才那个工作在哪个区", "job_details")
    assert (asks.topic, asks.value) == ("job_place", "posting:7")


def test_a_thing_looked_at_is_remembered_by_its_kind() -> None:
    context = Context(focus="posting:1").looking_at("policy:a").looking_at("policy:b")
    assert (context.focus, context.viewed) == ("policy:b", ("posting:1",))
    assert context.looking_at("posting:2").viewed == ("policy:b",)


def danger(text: str, kind: str | None, context: Context, intent: str = "distress") -> str:
    turn = replace(turn_of(text, intent, None), danger=kind)
    return in_short(read(turn, context, FEATURES, NAMES))


def test_a_rule_is_told_beside_care() -> None:
    assert danger("身份证被收走了，这对不对", "coercion", Context()) == (
        "start distress (coercion); start policy"
    )
    assert danger("活不下去了，这对不对", "self_harm", Context()) == "start distress (self_harm)"


def test_who_was_cared_for_and_asks_the_rule_gets_it() -> None:
    cared_for = Context(danger="fraud")
    assert "distress" not in danger("有法律吗 我想截图给他看", "fraud", cared_for)
    assert "distress" in danger("我不想活了，有法律吗", "self_harm", cared_for)


COMPLAINS = ("我要投诉它 帮我报上去", "嗯嗯 那就帮我投诉吧", "行 那你给我登记投诉 工地在盘龙")


@pytest.mark.parametrize("text", COMPLAINS)
@pytest.mark.parametrize("intent", ["apply", "affirm", "policy"])
def test_who_says_so_complains(text: str, intent: str) -> None:
    assert "start complain" in in_short(commands_of(Context(), text, intent))


@pytest.mark.parametrize("text", ["投诉电话是多少", "我不想投诉", "我要投诉怎么办手续"])
def test_who_asks_about_complaints_does_not(text: str) -> None:
    assert "start complain" not in in_short(commands_of(Context(), text, "policy"))


TAKEN_BACK = ("唉算了，别投诉了，能撤不", "不投诉他了", "我想撤诉")


@pytest.mark.parametrize("text", TAKEN_BACK)
def test_a_complaint_is_taken_back_by_words(text: str) -> None:
    case = Context(tasks=("case",), focus="case:GD-1")
    assert "ask (case_back)" in in_short(commands_of(case, text, "complain"))


def test_buttons_are_not_counted_as_shops() -> None:
    buttons = (("交工作人员核对", "/post_job"), ("看依据", "/post_job"))
    context = Context(buttons=buttons, lists=(replace(LISTED.lists[0], name="choices"),))
    assert "choose" not in in_short(commands_of(context, "第一家的详细看一下", "job_details"))
    assert "choose choices#1" in in_short(commands_of(context, "第一个", "job_details"))


def test_a_long_yes_ends_in_its_yes() -> None:
    assert in_short(commands_of(HELD, "知道了。约。", "thank")).startswith("confirm")
    assert "confirm" not in in_short(commands_of(HELD, "好，那要带什么", "policy"))


GOES_ON = (("他们说我不胜任", "inform"), ("老板一直不签合同", "?"))


@pytest.mark.parametrize(("text", "intent"), GOES_ON)
def test_more_of_the_case_is_taken_up_where_a_rule_says_something(text: str, intent: str) -> None:
    (more,) = commands_of(ANSWER, text, intent, {"question": "怀孕能辞退吗"})
    assert (more.task, more.only_sure) == ("policy", True)


@pytest.mark.parametrize("intent", ["deny", "?", "inform"])
def test_who_goes_back_goes_on_with_what_was_interrupted(intent: str) -> None:
    asked_between = replace(OFFERED, tasks=("booking", "policy"), focus="policy:")
    text = "回到刚才 还是下周四吧"
    said = in_short(commands_of(asked_between, text, intent, VISIT, f"还是下周四吧={intent}"))
    assert "booking.time" in said


POINTS = (
    ("1、失业金怎么领 2、要带什么材料", ["失业金怎么领", "要带什么材料"]),
    ("想问：一是试用期最长多久，二是没签合同怎么办？", ["试用期最长多久", "没签合同怎么办？"]),
    ("①电工证怎么考②有补贴吗", ["电工证怎么考", "有补贴吗"]),
    ("两件事：（1）仲裁要钱吗（2）多久出结果", ["仲裁要钱吗", "多久出结果"]),
    ("第一，社保要交多少年；第二，断缴了怎么办", ["社保要交多少年", "断缴了怎么办"]),
    ("1.5万以上的工作", []),
    ("第一个多少钱，第二个在哪", []),
    ("2、3号线附近的", []),
    ("1、", []),
)


@pytest.mark.parametrize(("text", "parts"), POINTS)
def test_what_is_numbered_is_read_point_by_point(text: str, parts: list[str]) -> None:
    assert [text[a:b] for a, b in points(text)] == parts


def test_numbered_questions_are_all_answered_and_a_second_piece_of_work_waits() -> None:
    two = turn_of(
        "1、试用期多久 2、没签合同怎么办", "policy", None, "试用期多久=policy", "没签=policy"
    )
    asked = read(two, Context(), FEATURES, NAMES)
    plan = apply(asked, Context(), {}, FEATURES)
    assert [deed.values["question"] for deed in plan.deeds] == ["试用期多久", "没签合同怎么办"]
    assert plan.points is not None
    answered = Context(tasks=("policy",), lists=(plan.points,))
    again = read(turn_of("第2个再说一遍", "policy"), answered, FEATURES, NAMES)
    assert again[0].press == plan.points.items[1].press

    jobs, visit = "帮我找上海的电工=jobs", "约浦东的失业登记=book"
    work = turn_of("1、帮我找上海的电工 2、约浦东的失业登记", "jobs", None, jobs, visit)
    plan = apply(read(work, Context(), FEATURES, NAMES), Context(), {}, FEATURES)
    assert [deed.intent for deed in plan.deeds] == ["search_jobs"]
    assert plan.later is not None
    assert "失业登记" in plan.later[1]


def test_a_numbered_point_that_says_little_goes_on_with_the_question_before() -> None:
    text = "1、试用期最长多久 2、工资呢"
    turn = turn_of(text, "policy", None, "试用期最长多久=policy", "工资呢=?")
    plan = apply(read(turn, Context(), FEATURES, NAMES), Context(), {}, FEATURES)
    assert plan.deeds[1].values["asked_before"] == "试用期最长多久"


def test_numbered_wishes_of_one_search_stay_together() -> None:
    turn = turn_of("找电工：1、工资高 2、离家近", "jobs", None, "工资高=?", "离家近=?")
    assert {each.task for each in read(turn, Context(), FEATURES, NAMES)} == {"jobs"}


INSULTS = (
    "你个废物",
    "这什么垃圾系统",
    "sb机器人，你会不会说人话",
    "你们有什么用啊",
    "滚",
    "你是不是傻",
)


@pytest.mark.parametrize("text", INSULTS)
def test_an_insult_is_answered_calmly_and_the_second_time_with_a_person(text: str) -> None:
    command = commands_of(LISTED, text, "oos")[0]
    assert (command.command, command.topic) == (CLARIFY, "insult")


NO_INSULTS = (
    ("操作工有吗", "jobs"),
    ("这个证有什么用", "policy"),
    ("老板骂我废物", "complain"),
    ("老板是个傻逼，不给工资", "complain"),
    ("我笨手笨脚的能做吗", "oos"),
)


@pytest.mark.parametrize(("text", "intent"), NO_INSULTS)
def test_what_is_said_of_others_is_no_insult(text: str, intent: str) -> None:
    assert all(each.topic != "insult" for each in commands_of(LISTED, text, intent))


def test_what_is_wanted_beside_an_insult_is_done() -> None:
    parts = ("你个破系统=oos", "帮我找上海的电工=jobs")
    turn = turn_of("你个破系统，帮我找上海的电工", "oos", None, *parts)
    sets: dict[str, str] = {}
    for command in read(turn, Context(), FEATURES, NAMES):
        assert command.task == "jobs"
        sets.update(command.sets)
    assert sets["trade"] == "电工"


FRIDAY = {
    "business": "失业登记",
    "hall": "浦东示例大厅",
    "visit_from": "2026-03-06T07:00:00+08:00",
    "visit_until": "2026-03-06T12:00:00+08:00",
}
MOVED = (
    ("等一下后天上午我要陪老婆去医院给我忘记了换到下周四好不好也是上午", "oos", "2026-03-12T07:00"),
    ("上午要产检，请改为当天下午", "change", "2026-03-06T13:00"),
)


@pytest.mark.parametrize(("text", "intent", "begins"), MOVED)
def test_a_visit_is_moved_in_one_breath(text: str, intent: str, begins: str) -> None:
    sets: dict[str, str] = {}
    for command in commands_of(HELD, text, intent, FRIDAY):
        sets.update(command.sets)
    assert sets["visit_from"].startswith(begins)


def test_a_place_without_a_hall_answers_where() -> None:
    read_as = commands_of(ASKED_HALL, "那你们就没有四川的吗", "?", {"business": "失业登记"})
    assert {each.task for each in read_as} == {"booking"}


def test_a_wanted_visit_is_one_though_it_sounds_like_a_question() -> None:
    read_as = commands_of(Context(), "小妹 就业登记 要约呢", "policy")
    assert in_short(read_as) == "start booking; set booking.business=就业登记"


BESIDE_RULES = (
    ("他还说离职要扣我一个月工资当违约金", "complain"),
    ("我要是去告他，要不要钱", "complain"),
    ("礼拜天喊我加班，只给一天的钱，你说说得过去吗", "complain"),
)


@pytest.mark.parametrize(("text", "intent"), BESIDE_RULES)
def test_amid_rules_a_grievance_asks_for_the_rule_first(text: str, intent: str) -> None:
    first, *rest = commands_of(ANSWER, text, intent)
    assert first.task == "policy"
    assert any(each.task == "complain" and each.later for each in rest)


def test_who_demands_amid_rules_is_taken_down() -> None:
    assert commands_of(ANSWER, "我要投诉他", "complain")[0].task == "complain"


def test_how_full_a_hall_is_is_no_question_about_an_answer() -> None:
    assert commands_of(ANSWER, "哪天人少点 我怕人多", "hall_status")[0].task == "hall_status"


def test_what_to_bring_is_asked_of_the_desk_also_after_a_rule() -> None:
    asked = commands_of(ANSWER, "那我有通知书的，去领要带什么", "?")
    assert asked[0].topic == "bring"


@pytest.mark.parametrize(
    ("text", "item"), [("要那个离十点近的", 2), ("取最接近十一点的一档", 3), ("挨着9点的那个", 1)]
)
def test_the_time_nearest_to_an_hour_is_chosen(text: str, item: int) -> None:
    (chosen,) = commands_of(OFFERED, text, "job_details")
    assert (chosen.command, chosen.item) == (CHOOSE, item)


def test_a_question_in_the_middle_is_no_value() -> None:
    asked = commands_of(ASKED_COUNT, "换一个问题：劳务派遣能否用于长期岗位", "policy")
    assert all(each.task != "sharing" for each in asked)


def test_who_answers_and_says_more_goes_on() -> None:
    text = "地点杭州，自十二月中旬起两个月，12人，缝纫工。请登记"
    asked = replace(ASKED_COUNT, asked=Asked("sharing", "place"))
    assert {each.task for each in commands_of(asked, text, "post_job")} == {"sharing"}
