"""How a hall's day reads on the console's board."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from actions.appointments import errors
from actions.appointments.records import Booking, Closure
from actions.appointments.visits.board import Board, Counts
from actions.appointments.visits.call_order import (
    CALL,
    FINISH,
    Visit,
    calling_order,
    next_to_call,
    people_ahead,
)
from bot.console.appointments import board_views
from bot.console.sentences import FAILED
from store.clock import SHANGHAI

NINE = datetime(2026, 3, 11, 9, 0, tzinfo=SHANGHAI)
WINDOWS = {"1号": frozenset({"登记"}), "2号": frozenset({"档案"})}


def at(minute: int) -> datetime:
    return NINE + timedelta(minutes=minute)


def visit(code: str, start: int, status: str = "confirmed", **more: object) -> Visit:
    values = {"business": "登记", "window": "1号", "priority": False} | more
    return Visit(code=code, start=at(start), status=status, **values)  # type: ignore[arg-type]


def arrived(code: str, start: int, at_minute: int, **more: object) -> Visit:
    return visit(code, start, "checked_in", arrived_at=at(at_minute), **more)


def board(*visits: Visit) -> Board:
    queue = calling_order(visits)
    return Board(
        hall="大厅",
        day=date(2026, 3, 11),
        capacity=40,
        windows=WINDOWS,
        visits=visits,
        queue=queue,
        next=next_to_call(queue, WINDOWS),
        ahead=people_ahead(queue, WINDOWS),
        counts=Counts(0, 0, 0, 0, 0, 0, 0, 0, 0),
    )


def shown(day: Board, stage: str = "todo", window: str = "", now: datetime = NINE) -> list[str]:
    return [row["head"] or row["id"] for row in board_views.rows(day, stage, window, now)]


def note(one: Visit, now: datetime) -> str:
    (_, row) = board_views.rows(board(one), "all", "", now)
    return str(row["note"])


DAY = board(
    arrived("A", 0, 20),
    visit("B", 25, "served", ended_at=at(40)),
    visit("C", 30),
    arrived("D", 35, 5, business="档案", window="2号"),
    visit("E", 40, "no_show"),
)


def test_people_stand_under_their_half_hour() -> None:
    assert shown(DAY, "all") == ["09:00–09:30", "A", "B", "09:30–10:00", "C", "D", "E"]
    assert shown(DAY) == ["09:00–09:30", "A", "09:30–10:00", "C", "D"]
    assert shown(DAY, "no_show") == ["09:30–10:00", "E"]


def test_a_window_sees_its_own_people() -> None:
    assert shown(DAY, "all", "2号") == ["09:30–10:00", "D"]
    assert shown(DAY, "all", "没有的窗口") == shown(DAY, "all")


def test_who_is_called_stands_at_the_window_called_to() -> None:
    moved = arrived("A", 0, 0, called_at=at(1), called_to="2号")
    walk_in = arrived("B", 0, 0, window="", walk_in=True)
    called = arrived("C", 0, 0, window="", walk_in=True, called_at=at(1), called_to="1号")
    day = board(moved, walk_in, called)
    windows = {row["id"]: row["window"] for row in board_views.rows(day, "todo", "", NINE)[1:]}
    assert windows == {"A": "2号", "B": "现场", "C": "现场 · 1号"}
    assert shown(day, "serving", "2号")[1:] == ["A"]
    assert shown(day, "serving", "1号")[1:] == ["C"]


def test_the_window_to_call_to_is_asked_only_where_it_is_open() -> None:
    windows = {"1号": frozenset({"登记"}), "2号": frozenset({"登记"}), "3号": frozenset({"档案"})}
    serving = arrived("A", 0, 0, called_at=at(1))
    booked = arrived("B", 0, 0)
    walk_in = arrived("C", 0, 0, window="", walk_in=True)
    day = replace(board(serving, booked, walk_in), windows=windows)
    assert board_views.call_windows(booked, day, "2号") == ("2号",)
    assert board_views.call_windows(booked, day, "") == ("1号",)
    # The free one first.
    assert board_views.call_windows(walk_in, day, "") == ("2号", "1号")
    assert board_views.call_windows(replace(walk_in, business="没有"), day, "") == ()


def test_the_last_step_can_be_taken_back_all_day() -> None:
    called = arrived("A", 0, 0, called_at=at(1))
    ended = visit("A", 0, "served", called_at=at(1), ended_at=at(9))
    lapsed = visit("A", 0, "served", called_at=at(1))

    def undo(one: Visit, now: datetime) -> object:
        return board_views.rows(board(one), "all", "", now)[1]["undo"]

    assert undo(called, at(2)) == {"name": "撤销叫号", "kind": CALL, "at": at(1).isoformat()}
    assert undo(ended, at(10)) == {"name": "撤销办结", "kind": FINISH, "at": at(9).isoformat()}
    assert undo(ended, NINE.replace(hour=23)) is not None
    assert undo(ended, NINE + timedelta(days=1)) is None
    assert undo(arrived("A", 0, 0), at(2)) is None
    assert undo(lapsed, at(2)) is None


def test_who_waits_stands_in_the_order_of_calling() -> None:
    day = board(arrived("A", 0, 20), arrived("B", 10, 5), arrived("C", 30, 5, priority=True))
    assert shown(day, "waiting") == ["C", "B", "A"]


def test_the_next_of_each_group_is_marked() -> None:
    rows = board_views.rows(DAY, "todo", "", NINE)
    assert [row["id"] for row in rows if row.get("next")] == ["A", "D"]
    rows = board_views.rows(DAY, "todo", "2号", NINE)
    assert [row["id"] for row in rows if row.get("next")] == ["D"]


def test_what_can_be_chosen_says_how_many_there_are() -> None:
    assert list(board_views.stages(DAY, "").values()) == [
        "待办理 3",
        "已到 2",
        "办理中 0",
        "已办结 1",
        "未到 1",
        "已取消 0",
        "全部 5",
    ]


@pytest.mark.parametrize(
    ("minute", "words", "can"),
    [
        (-31, "08:30 起可签到", False),
        (-30, "", True),
        (0, "", True),
        (7, "已过 7 分钟", True),
        (20, "签到时间已过", False),
        (-24 * 60, "", False),
    ],
)
def test_when_somebody_may_check_in(minute: int, words: str, can: bool) -> None:
    (_, row) = board_views.rows(board(visit("A", 0)), "all", "", at(minute))
    assert (row["note"], row["act"], row["can_check_in"]) == (words, "check_in", can)


def test_the_note_tells_what_happened_last() -> None:
    held = visit("A", 60, "held", hold_until=at(5))
    assert note(held, NINE) == "09:05 前等本人确认"
    assert note(arrived("A", 0, -4), NINE) == "08:56 到 · 第 1 位"
    assert note(arrived("A", 0, -4, called_at=at(3)), at(9)) == "09:03 叫号"
    assert note(visit("A", 0, "served", ended_at=at(12)), at(60)) == "09:12 办结"
    assert note(visit("A", 0, "cancelled", ended_at=at(-9)), NINE) == "08:51 取消"
    assert note(visit("A", 0, "no_show", ended_at=at(20)), at(60)) == ""


def test_how_many_are_ahead() -> None:
    day = board(arrived("A", 0, 0), arrived("B", 5, 5), arrived("C", 1, 1, window="2号"))
    assert board_views.ahead(day, "A") == "现在就可以叫号。"
    assert board_views.ahead(day, "B") == "前面还有 1 位。"
    assert board_views.ahead(day, "gone") == ""


@pytest.mark.parametrize(
    ("share", "tone"), [(0.0, "primary"), (0.79, "primary"), (0.8, "orange-9"), (1.0, "negative")]
)
def test_the_colour_tells_how_full_it_is(share: float, tone: str) -> None:
    assert board_views.tone(share) == tone


def booking(*, lapsed: bool = False) -> Booking:
    return Booking(
        id=1,
        code="YY-1",
        owner="web:1",
        status="confirmed",
        hall="浦东大厅",
        address="某路 1 号",
        business="登记",
        window="1号",
        start=at(60),
        end=at(70),
        bring=(),
        lapsed=lapsed,
    )


def refusals() -> Iterator[errors.WindowError]:
    yield errors.UnknownBooking()
    yield errors.BookingEnded(booking())
    yield errors.BookingEnded(booking(lapsed=True))
    yield errors.TooEarly(booking(), at(30))
    yield errors.TooLate(booking())
    yield errors.OtherHall(booking())
    yield errors.NotInHall()
    yield errors.UnknownBusiness()
    yield errors.UnknownHall()
    yield errors.UnknownWindow()
    yield errors.CalledElsewhere("2号窗口")
    yield errors.StepOvertaken()
    yield errors.UndoTooLate()
    yield errors.BookedSince()
    yield errors.BadClosure()


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    words = [board_views.refusal(error, "YY-1", NINE) for error in refusals()]
    assert len(set(words)) == len(words)
    assert FAILED not in words


def test_a_refusal_says_what_to_do() -> None:
    early = board_views.refusal(errors.TooEarly(booking(), at(30)), "yy1", NINE)
    assert early == "YY-1 约在 今天 10:00，今天 09:30 起才能签到，请来人到时再扫。"
    elsewhere = board_views.refusal(errors.OtherHall(booking()), "yy1", NINE)
    assert elsewhere == "YY-1 约的是浦东大厅（某路 1 号），不在本大厅，请告诉来人。"
    unknown = board_views.refusal(errors.UnknownBooking(), "yy1", NINE)
    assert unknown.startswith("没有找到预约码 yy1，")


def test_a_closure_in_one_line() -> None:
    closed = Closure(1, "大厅", None, at(60), at(120), "停水停电", "王芳", NINE)
    line = "整个大厅 今天 10:00–11:00 停办：停水停电（王芳 今天 09:00 登记）"
    assert board_views.closure(closed, NINE) == line
    longer = Closure(1, "大厅", "1号", at(60), at(24 * 60), "停水停电", "王芳", NINE)
    assert board_views.closure(longer, NINE).startswith("1号 今天 10:00–3月12日 09:00 停办")
