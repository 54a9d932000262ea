"""What takes a shown time as it is, what gives a task up, what is asked and sounds like more."""

from dataclasses import replace

import pytest

from actions.dialogue.commands import ASK, CANCEL, CHOOSE, CONFIRM, START
from actions.dialogue.context import Asked, Context, Item, Shown
from tests.unit.dialogue.reading import HELD, LISTED, OFFERED, commands_of, in_short

TAKES = (
    ("对 就这个", "affirm"),
    ("那好 刚才那个时间就定了", "affirm"),
    ("他说去的，还是那个时间，定吧", "job_details"),
    ("就它", "?"),
    ("行，定了", "affirm"),
    ("就这个时间，谢谢", "thank"),
    ("好额 定", "affirm"),
    ("晓得哒 刚才那个号定了咯", "?"),
)


@pytest.mark.parametrize(("text", "intent"), TAKES)
def test_a_time_that_was_shown_is_taken(text: str, intent: str) -> None:
    (chosen,) = commands_of(OFFERED, text, intent)
    assert (chosen.command, chosen.list, chosen.item) == (CHOOSE, "times", 1)


def test_of_what_waits_for_a_yes_it_is_one() -> None:
    assert commands_of(HELD, "对 就这个", "affirm")[0].command == CONFIRM


@pytest.mark.parametrize("text", ["这个时间不行", "那个大厅在哪", "这几个都不好"])
def test_what_only_sounds_alike_takes_nothing(text: str) -> None:
    commands = commands_of(OFFERED, text, "?")
    assert not any(each.command == CHOOSE and each.item for each in commands)


APPLYING = Context(tasks=("jobs", "application"), asked=Asked("application", "apply_phone"))


@pytest.mark.parametrize("text", ["等等 先别投 我简历还没写", "不报名了", "可不可以收回 不投"])
def test_an_application_is_given_up(text: str) -> None:
    (given_up,) = commands_of(APPLYING, text, "apply_job")
    assert (given_up.command, given_up.task) == (CANCEL, "application")


def test_what_is_not_to_be_feared_gives_nothing_up() -> None:
    commands = commands_of(APPLYING, "不要怕，帮我报名", "apply_job")
    assert all(each.command != CANCEL for each in commands)


def test_a_wish_beside_thanks_is_no_yes_to_what_was_offered() -> None:
    offered = replace(LISTED, yes="/complain")
    said = in_short(commands_of(offered, "好的谢谢 那帮我约失业登记 这周四", "book_window"))
    assert said.startswith("start booking")


BOOKED = Context(
    lists=(
        Shown(
            "bookings",
            (
                Item("12月2日 13:30，社保补贴申领", '/my_bookings{"code": "YY-1"}'),
                Item("12月3日 09:00，档案转递", '/my_bookings{"code": "YY-2"}'),
            ),
        ),
    )
)


def test_a_booking_is_given_back_by_what_it_is_for() -> None:
    commands = commands_of(BOOKED, "社保那个取消，档案留着", "policy")
    assert commands[0].task == "cancel_booking"


def test_whether_it_may_be_given_back_is_a_question() -> None:
    commands = commands_of(BOOKED, "社保缴错了能取消吗", "policy")
    assert commands[0].task != "cancel_booking"


WAY = "老板欠我四个月工资 我要告他 你先告诉我到哪里告"


def test_who_asks_where_to_go_gets_the_rule_first() -> None:
    first, *rest = commands_of(Context(), WAY, "complain")
    assert first.task == "policy"
    assert [each.task for each in rest if each.later] == ["complain"]


def test_who_wants_it_taken_down_is_taken_down() -> None:
    assert commands_of(Context(), "我要投诉，老板欠我工资怎么办", "complain")[0].task == "complain"


FACTS = (
    ("那边能停车吗", "oos", "facilities", OFFERED),
    ("他本人回不来，我去办可以吗", "book_window", "proxy", OFFERED),
    ("你们几点下班", "?", "desk_hours", Context()),
    ("我怎么知道一个招聘是真的假的", "complain", "postings_trust", Context()),
    ("这家公司靠谱吗", "?", "job_trust", replace(LISTED, focus="posting:7", lists=())),
)


@pytest.mark.parametrize(("text", "intent", "topic", "context"), FACTS)
def test_a_fact_is_asked_for(text: str, intent: str, topic: str, context: Context) -> None:
    (asks,) = commands_of(context, text, intent)
    assert (asks.command, asks.topic) == (ASK, topic)


def test_who_was_cared_for_and_goes_on_to_other_things_is_not_cared_for_again() -> None:
    at_work = Context(danger="destitution", lists=LISTED.lists)
    assert commands_of(at_work, "今天国足踢赢没", "oos")[0].command != START


@pytest.mark.parametrize("intent", ["?", "policy", "job_details"])
def test_of_several_shown_what_is_asked_is_asked_of_all(intent: str) -> None:
    listed = replace(LISTED, lists=tuple(replace(each, of="posting:") for each in LISTED.lists))
    (asks,) = commands_of(listed, "没有证能不能干", intent)
    assert (asks.command, asks.task) == (START, "job_details")


@pytest.mark.parametrize("text", ["不要白加黑呢 我晚上要打游戏", "我这腰不行 扛大件的"])
def test_a_condition_that_no_posting_states_is_heard(text: str) -> None:
    listed = replace(LISTED, lists=tuple(replace(each, of="posting:") for each in LISTED.lists))
    (told,) = commands_of(listed, text, "deny" if "不要" in text else "inform")
    assert (told.command, told.topic) == (ASK, "job_unread")


SHARING = Context(tasks=("sharing",), asked=Asked("sharing", "share_contact"))
LACKS = {"share_side": "borrow", "share_trade": "普工", "share_count": 15}


def test_what_is_asked_of_sharing_is_no_contact() -> None:
    for text in ("借来的人社保算哪家的?出了事算哪个的?", "人数改成10个,时间不变"):
        commands = commands_of(SHARING, text, "share_workers", LACKS)
        assert all(each.field != "share_contact" for each in commands)


def test_a_button_of_another_answer_is_not_applied_for() -> None:
    wages = Context(lists=(Shown("choices", (Item("一年多少", "/ask_wage"), Item("x", "/y"))),))
    (said,) = commands_of(wages, "行吧 投那个第一个", "apply_job")
    assert said.command != CHOOSE


@pytest.mark.parametrize("intent", ["?", "job_details"])
def test_the_same_is_asked_of_another_trade(intent: str) -> None:
    assert "trade" in in_short(commands_of(LISTED, "那仓库呢", intent, {"trade": "电工"}))
