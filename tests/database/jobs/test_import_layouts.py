"""Further layouts of posting tables: groups over pay, unmerged groups, a city in the title."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from actions.jobs.imports import cells
from actions.jobs.imports.importer import Importer, Order
from actions.jobs.records import Posting
from actions.jobs.service import Jobs
from store.clock import SHANGHAI
from store.database import Database
from tests.support.sheets import xlsx

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
Imported = Callable[[bytes, str], list[Posting]]


@pytest.fixture
def imported(sqlite_database: Database, tmp_path: Path) -> Imported:
    def run(content: bytes, name: str) -> list[Posting]:
        jobs, path = Jobs(sqlite_database), tmp_path / name
        path.write_bytes(content)
        report = Importer(sqlite_database, jobs).run(path, Order("s", "me"), now=NOW)
        found = [jobs.get(one.id, now=NOW) for one in report.results if one.id]
        return [posting for posting in found if posting is not None]

    return run


def test_a_group_tells_the_unit_and_its_columns_the_ends(imported: Imported) -> None:
    head = [
        ["用人单位", "", "岗位信息", "", "薪酬（千元/月）", ""],
        ["单位名称", "单位地址", "岗位名称", "工作地点", "最低", "最高"],
    ]
    rows = [
        ["示例机械厂", "武汉江夏区", "车工", "武汉东西湖区", 6, 9.5],
        ["", "", "钳工", "", 5, 7],
    ]
    merged = ["A1:B1", "C1:D1", "E1:F1", "A3:A4", "B3:B4"]
    turner, fitter = imported(xlsx([*head, *rows], merged), "表.xlsx")
    assert (turner.salary_min, turner.salary_max) == (6000, 9500)
    assert (fitter.salary_min, fitter.salary_max) == (5000, 7000)
    # The address of the employer stands in where no place of work is told.
    assert (turner.district, fitter.district) == ("东西湖区", "江夏区")


def test_groups_that_are_not_merged(imported: Imported) -> None:
    text = "\n".join(
        (
            "企业信息\t\t岗位信息\t\t薪酬\t",
            "名称\t联系电话\t岗位\t人数\t下限（元/月）\t上限（元/月）",
            "示例纺织厂\t027-88888888\t挡车工\t10\t4000\t6000",
            "\t\t保全工\t2\t5000\t7000",
        )
    )
    weaver, keeper = imported(text.encode("utf-16"), "表.csv")
    assert (weaver.employer, weaver.salary_min, weaver.salary_max) == ("示例纺织厂", 4000, 6000)
    assert (keeper.employer, keeper.headcount) == ("示例纺织厂", 2)


def test_the_city_of_a_tables_own_title_is_where_its_work_is(imported: Imported) -> None:
    rows = [
        ["襄阳市2026年春季招聘岗位表", "", "", ""],
        ["单位名称", "岗位", "月工资起（元）", "月工资止（元）"],
        ["示例汽配厂", "焊工", 6000, 8000],
        ["示例汽配厂", "库管", "4500", ""],
    ]
    welder, keeper = imported(xlsx(rows, ["A1:D1"]), "表.xlsx")
    assert (welder.city, keeper.city) == ("襄阳市", "襄阳市")
    assert (welder.salary_min, welder.salary_max, keeper.salary_min) == (6000, 8000, 4500)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4500+", 4500, None),
        ("4500以上", 4500, None),
        ("8000以下", None, 8000),
        ("50-80万·16薪", 41667, 66667),
    ],
)
def test_pay_that_is_bounded_or_by_the_year(text: str, low: int | None, high: int | None) -> None:
    pay = cells.pay_in(text)
    assert (pay.min, pay.max, pay.problem) == (low, high, "")
