"""Published wage guidance on file, and out of files; what postings of a trade state."""

from datetime import date
from pathlib import Path

import pytest

from actions.wages.imports import Order, import_guides
from actions.wages.rules import Quartiles
from actions.wages.service import BadGuide, Guide, Wages
from knowledge.parsing.sheets.refusal import UnreadableTable
from store.database import Database
from tests.support.sheets import xlsx

TODAY = date(2026, 3, 4)
HUBEI, WUHAN, WUCHANG, KUNMING = "420000", "420100", "420106", "530100"


def guide(**changes: object) -> Guide:
    values: dict[str, object] = {
        "place": WUHAN,
        "trade": "电工",
        "year": 2025,
        "quartiles": Quartiles(5000, 6000, 7500),
        "source": "鄂人社〔2026〕1号",
        "published_on": date(2026, 1, 9),
    }
    return Guide(**{**values, **changes})  # type: ignore[arg-type]


def test_the_nearest_place_and_the_newest_year_are_told(database: Database) -> None:
    wages = Wages(database)
    assert wages.published("电工", WUHAN, TODAY) is None
    wages.put(guide(place=HUBEI), TODAY)
    wages.put(guide(year=2024), TODAY)
    assert wages.put(guide(), TODAY)
    assert not wages.put(guide(n=99), TODAY)
    found = wages.published("电工", WUCHANG, TODAY)
    assert found is not None
    assert (found.place, found.year, found.n) == (WUHAN, 2025, 99)
    other = wages.published("电工", "420500", TODAY)
    assert other is not None
    assert other.place == HUBEI
    assert wages.published("电工", KUNMING, TODAY) is None
    assert wages.published("电工", WUHAN, date(2026, 1, 8)) is None  # not yet published
    assert wages.remove(found.id)
    assert not wages.remove(found.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"quartiles": Quartiles(7000, 6000, 8000)},
        {"quartiles": Quartiles(5, 6, 7)},
        {"place": "999999"},
        {"source": " "},
        {"year": 2027},
        {"published_on": date(2026, 3, 5)},
        {"trade": ""},
    ],
)
def test_what_cannot_be_so_is_refused(database: Database, changes: dict[str, object]) -> None:
    wages = Wages(database)
    with pytest.raises(BadGuide):
        wages.put(guide(**changes), TODAY)
    assert wages.all() == ()


def test_a_file_is_reported_line_by_line(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "价位.xlsx"
    rows = [
        ["武汉市2025年人力资源市场工资价位"] * 5,
        ["序号", "职业名称", "25%分位值（元/年）", "中位数（元/年）", "75%分位值（元/年）"],
        [1, "电工", "60,000", 72000, 90000],
        [2, "保安员", 36000, 42000, "*"],
        [3, "焊工", 90000, 72000, 60000],
    ]
    path.write_bytes(xlsx(rows, ["A1:E1"]))
    wages = Wages(database)
    order = Order(WUHAN, 2025, "武人社〔2026〕2号", date(2026, 1, 9))
    report = import_guides(wages, path, order, TODAY)
    assert [one.outcome for one in report.results] == ["新增", "没有导入", "没有导入"]
    (kept,) = wages.all()
    assert (kept.trade, kept.quartiles) == ("电工", Quartiles(5000, 6000, 7500))
    assert import_guides(wages, path, order, TODAY).counts == {"更新": 1, "没有导入": 2}
    path.write_bytes(xlsx([["岗位", "薪资"], ["电工", "5000"]]))
    with pytest.raises(UnreadableTable):
        import_guides(wages, path, order, TODAY)


def test_no_unit_no_figures(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("工种,25%分位,中位数,75%分位\n电工,5000,6000,7500\n", "utf-8")
    order = Order(WUHAN, 2025, "文件", date(2026, 1, 9), dry=True)
    assert import_guides(Wages(database), path, order, TODAY).counts == {"没有导入": 1}
    monthly = Order(WUHAN, 2025, "文件", date(2026, 1, 9), unit="月", dry=True)
    assert import_guides(Wages(database), path, monthly, TODAY).counts == {"新增": 1}
    assert Wages(database).all() == ()
