"""Courses on file and out of files; seats, each for one person, never one too many."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from actions.dialogue.personal.holdings import Erasure
from actions.training.demo import SEED, seed_courses
from actions.training.holding import SignUpHolding
from actions.training.imports import Order, import_courses
from actions.training.records import LEFT, CourseWish, NewCourse
from actions.training.service import BadCourse, NoSeat, Training
from actions.training.tables import CourseRow, CourseSignUpRow
from store.clock import SHANGHAI
from store.database import Database
from tests.support.sheets import xlsx

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
TODAY = NOW.date()
WUHAN = "420100"
COURSE = NewCourse("电工取证班", "电工", "甲学校", WUHAN, starts_on=date(2026, 3, 20), seats=2)


@pytest.fixture
def training(database: Database) -> Training:
    return Training(database)


def course_id(training: Training, course: NewCourse = COURSE, key: str = "1") -> str:
    assert training.put(course, "测试", key) == "added"
    (found,) = training.search(CourseWish(), now=NOW, limit=9).courses
    return found.id


def left(training: Training, course: str) -> int | None:
    found = training.get(course, now=NOW)
    assert found is not None
    return found.seats_left


def test_a_seat_is_one_persons_once(training: Training) -> None:
    course = course_id(training)
    first = training.sign_up(course, "web:a", "同意", NOW)
    assert first.course.seats_left == 1
    assert training.sign_up(course, "web:a", "同意", NOW).id == first.id
    assert left(training, course) == 1
    training.sign_up(course, "web:b", "同意", NOW)
    with pytest.raises(NoSeat):
        training.sign_up(course, "web:c", "同意", NOW)
    assert training.leave(course, "web:a")
    assert not training.leave(course, "web:a")
    training.sign_up(course, "web:c", "同意", NOW)
    assert left(training, course) == 0
    assert [one.state for one in training.mine("web:a")] == []
    # Whoever left may come again, while there is a seat.
    training.leave(course, "web:b")
    assert training.sign_up(course, "web:a", "同意", NOW).id == first.id


def test_of_many_at_once_as_many_get_a_seat_as_there_are(
    training: Training, database: Database
) -> None:
    course = course_id(training)

    def tries(person: int) -> bool:
        try:
            training.sign_up(course, f"web:{person}", "同意", NOW)
        except NoSeat:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(tries, range(6))) == 2
    with database.read() as session:
        assert session.scalar(select(CourseRow.taken)) == 2
        assert session.scalar(select(func.count()).select_from(CourseSignUpRow)) == 2


def test_staff_pass_on_or_decline_once(training: Training) -> None:
    course = course_id(training)
    training.sign_up(course, "web:a", "同意", NOW)
    training.sign_up(course, "web:b", "同意", NOW)
    a, b = training.waiting()
    assert training.settle(a.id, accepted=True)
    assert training.settle(b.id, accepted=False)
    assert not training.settle(b.id, accepted=True)
    assert training.waiting() == ()
    assert left(training, course) == 1
    assert [one.state for one in training.mine("web:b")] == ["declined"]


def test_who_is_forgotten_gives_the_seat_back(training: Training, database: Database) -> None:
    course = course_id(training)
    training.sign_up(course, "web:a", "同意", NOW)
    holding = SignUpHolding(database)
    (held,) = holding.show("web:a", NOW)
    assert "电工取证班" in held.field
    (row,) = holding.export("web:a")["course_sign_ups"]
    assert row["consent"] == "同意"
    assert "conversation" not in row
    with database.write() as session:
        holding.erase(session, Erasure("web:a", NOW, NOW))
        holding.erase(session, Erasure("web:a", NOW, NOW))
        session.commit()
    assert left(training, course) == 2
    assert holding.show("web:a", NOW) == []


def test_the_same_again_updates_and_takes_nobodys_seat(training: Training) -> None:
    course = course_id(training)
    for person in "ab":
        training.sign_up(course, f"web:{person}", "同意", NOW)
    assert training.put(COURSE, "测试", "1") is None
    assert training.put(replace(COURSE, fee=100, seats=1), "测试", "1") == "updated"
    found = training.get(course, now=NOW)
    assert found is not None
    assert (found.fee, found.seats, found.seats_left) == (100, 2, 0)
    assert training.close(course)
    assert training.get(course, now=NOW) is None
    with pytest.raises(NoSeat):
        training.sign_up(course, "web:c", "同意", NOW)


@pytest.mark.parametrize(
    "changes", [{"title": ""}, {"city": "999999"}, {"seats": 0}, {"ends_on": date(2026, 3, 1)}]
)
def test_what_cannot_be_so_is_refused(training: Training, changes: dict[str, object]) -> None:
    with pytest.raises(BadCourse):
        training.put(replace(COURSE, **changes), "测试", "1")  # type: ignore[arg-type]


def test_a_file_is_reported_line_by_line(training: Training, tmp_path: Path) -> None:
    path = tmp_path / "培训.xlsx"
    head = [
        "课程名称",
        "培训机构",
        "城市",
        "上课地址",
        "开班日期",
        "上课时间",
        "学费",
        "补贴",
        "人数",
    ]
    rows = [
        head,
        ["叉车班", "乙校", "武汉市", "某路1号", "2026-03-20", "周六日", "1,280元", "有", "30"],
        ["网课", "丙校", "线上", "", "", "", "免费", "无", ""],
        ["焊工班", "", "武汉市", "", "", "", "", "", ""],
        ["电工班", "丁校", "火星", "", "", "", "", "", ""],
        ["月嫂班", "丁校", "武汉", "", "某天", "", "面议", "", "若干"],
        ["会计班", "丁校", "武汉", "", "2026-03-01", "", "600", "", "20"],
    ]
    path.write_bytes(xlsx(rows))
    report = import_courses(training, path, Order("测试"), TODAY)
    outcomes = [one.outcome for one in report.results]
    assert outcomes == ["新增", "新增", "没有导入", "没有导入", "新增", "新增"]
    assert "火星" in report.results[3].notes[0]
    assert len(report.results[4].notes) == 3
    assert "已经开课" in report.results[5].notes[0]
    assert "新增 4" in list(report.lines())[-1]
    forklift, *_ = training.search(CourseWish("叉车"), now=NOW).courses
    assert (forklift.fee, forklift.seats, forklift.subsidised) == (1280, 30, True)
    assert forklift.weekend
    again = import_courses(training, path, Order("测试"), TODAY)
    assert again.counts == {"没有变化": 4, "没有导入": 2}


def test_made_up_courses_come_back_when_they_have_begun(
    training: Training, database: Database
) -> None:
    assert seed_courses(database, now=NOW, seed=SEED) == 41
    assert seed_courses(database, now=NOW, seed=SEED) == 0
    gone = training.search(CourseWish(), now=NOW).courses[0]
    training.close(gone.id)
    later = NOW + timedelta(days=90)
    assert training.search(CourseWish(), now=later, limit=99).total == 1  # at any time, on line
    assert seed_courses(database, now=later, seed=SEED) == 39
    assert training.get(gone.id, now=later) is None
    assert LEFT not in {one.state for one in training.waiting()}
