"""Tables of postings as offices have them, imported; and what is wrong with some, by row."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from actions.jobs.imports.importer import Importer, Order, Report
from actions.jobs.imports.report import lines
from actions.jobs.records import JobWish, Posting
from actions.jobs.reviews import Ad, Passed
from actions.jobs.service import Jobs
from actions.jobs.tables import PostingChangeRow, PostingRow
from knowledge.parsing.sheets.refusal import UnreadableTable
from store.clock import SHANGHAI
from store.database import Database
from store.settings import ROOT
from tests.support.sheets import xls, xlsx

NOW = datetime(2026, 3, 4, 10, tzinfo=SHANGHAI)
SHARED = ROOT.parent / "shared" / "data"
HEAD = ["岗位名称", "招聘单位", "城市", "薪资"]
WUHAN, HONGSHAN = "420100", "420111"


@pytest.fixture
def jobs(sqlite_database: Database) -> Jobs:
    return Jobs(sqlite_database)


@pytest.fixture
def run(sqlite_database: Database, jobs: Jobs, tmp_path: Path) -> Any:
    def imported(content: bytes, name: str = "表.xlsx", **order: Any) -> Report:
        path = tmp_path / name
        path.write_bytes(content)
        given = Order(**{"source": "office", "who": "test", **order})
        return Importer(sqlite_database, jobs).run(path, given, now=NOW)

    return imported


def all_of(jobs: Jobs, report: Report) -> list[Posting]:
    found = [jobs.get(one.id, now=NOW) for one in report.results if one.id]
    return [posting for posting in found if posting is not None]


def test_two_header_rows_merged_groups_and_cells_to_fill_down(jobs: Jobs, run: Any) -> None:
    report = run(
        xlsx(
            [
                ["附件1"],
                ["某市2026年春季招聘岗位一览表"],
                ["招聘单位", "岗位", "", "招聘人数", "条件", "", "工资（元/月）"],
                ["", "岗位名称", "岗位编码", "", "学历", "其他", ""],
                ["示例医院", "护士", 101, "2人", "大专及以上", "有执业证", "5000-7000"],
                ["", "会计", "102", 1, "本科", "", 6000],
                ["示例学校", "保安", 103, "若干", "不限", "", "面议"],
                ["合计", "", "", "3个岗位"],
                ["备注：由示例单位解释"],
            ],
            ["A2:G2", "A3:A4", "B3:C3", "D3:D4", "E3:F3", "G3:G4", "A5:A6"],
        ),
        place="420100",
    )
    assert report.counts == {"added": 3}
    assert [one.row for one in report.results] == [5, 6, 7]
    nurse, clerk, guard = all_of(jobs, report)
    assert [p.employer for p in (nurse, clerk, guard)] == ["示例医院", "示例医院", "示例学校"]
    assert (nurse.salary_min, nurse.salary_max, nurse.headcount, nurse.education) == (
        *(5000, 7000, 2, 4),
    )
    assert (clerk.salary_min, clerk.education, guard.education) == (6000, 5, 0)
    assert (guard.salary_min, guard.salary_text, guard.headcount) == (None, "面议", 1)
    assert "其他：有执业证" in nurse.description
    assert nurse.city == "武汉市"


def test_an_old_binary_workbook_of_many_columns(jobs: Jobs, run: Any) -> None:
    head = ["", "职位名称", "公司名称", "工作地点", "月薪（千/月）", "经验学历", "技能标签"]
    more = [f"字段{number}" for number in range(31)]
    row = [0, "平面设计师", "示例设计公司", "武汉-洪山区-关山", "8-12", "1-3年本科", "['PS', 'AI']"]
    other = [1, "前台", "示例设计公司", "上海 | 北京", "面议", "经验不限大专", "a;b"]
    report = run(xls([head + more, [*row, *[""] * 31], [*other, *[""] * 31]]), "表.xls")
    designer, desk = all_of(jobs, report)
    assert (designer.salary_min, designer.salary_max) == (8000, 12000)
    assert (designer.experience_min, designer.experience_max, designer.education) == (1, 3, 5)
    assert (designer.district, designer.street) == ("洪山区", "关山")
    assert (desk.experience_min, desk.education, desk.city) == (0, 4, "上海市")
    beijing = jobs.search(JobWish(trade="前台", place="110000"), now=NOW)
    assert [job.title for job in beijing.jobs] == ["前台"]


def test_text_in_gb18030_without_a_header(jobs: Jobs, run: Any) -> None:
    text = "\n".join(
        f"{n},电工,示例机电{n}有限公司,武汉,{5 + n}000-9000元/月,高中,3人" for n in range(4)
    )
    report = run(text.encode("gb18030"), "表.csv")
    assert report.counts == {"added": 4}
    first = all_of(jobs, report)[0]
    assert (first.title, first.employer, first.city) == ("电工", "示例机电0有限公司", "武汉市")
    assert (first.salary_min, first.education, first.headcount) == (5000, 2, 3)


def test_what_is_wrong_is_told_by_row_and_the_rest_is_kept(jobs: Jobs, run: Any) -> None:
    good = ["电工", "示例公司", "武汉", "6000-8000"]
    report = run(
        xlsx(
            [
                [*HEAD, "截止日期", "岗位描述"],
                [*good, "", "好"],
                ["", "示例公司", "武汉", "6000", "", ""],
                ["焊工", "示例公司", "武汉", 0, "", ""],
                ["木工", "示例公司", "武汉", 9999999, "", ""],
                ["瓦工", "示例公司", "武汉", "6000", "2026-03-01", ""],
                ["钳工", "示例公司", "武汉", "6000", "", "<p>干活</p><script>alert(1)</script>"],
                ["车工", "示例公司", "武汉", "6000", "", "\ufffd\ufffd\ufffd\ufffd"],
                ["=HYPERLINK(\"x\")", "示例公司", "武汉", "6000", "", ""],
                good,
            ],
            macros=True,
        ),
        "表.xlsm",
    )  # fmt: skip
    outcomes = {one.row: one.outcome for one in report.results}
    assert outcomes == {
        2: "added", 3: "failed", 4: "added", 5: "added", 6: "failed",
        7: "added", 8: "failed", 9: "failed", 10: "added",
    }  # fmt: skip
    notes = {one.row: "；".join(one.notes) for one in report.results}
    assert "没有岗位名称" in notes[3]
    assert "0" in notes[4]
    assert "9999999" in notes[5]
    assert "2026-03-01" in notes[6]
    assert "网页代码" in notes[7]
    assert "乱码" in notes[8]
    assert any("宏" in remark for remark in report.remarks)
    by_title = {posting.title: posting for posting in all_of(jobs, report)}
    assert by_title["钳工"].description == "干活"
    assert by_title["木工"].salary_min is None
    told = list(lines(report))
    assert any("第 3 行" in line for line in told)
    assert "9 行" in told[-1]


def test_again_updates_and_repeats_are_recognised(
    sqlite_database: Database, jobs: Jobs, run: Any
) -> None:
    head = [*HEAD, "岗位编号"]
    rows = [["电工", "甲公司", "武汉", "5000", "A1"], ["焊工", "甲公司", "武汉", "5000", "A2"]]
    first = run(xlsx([head, *rows]))
    assert first.counts == {"added": 2}
    again = [
        ["电工", "甲公司", "武汉", "7000", "A1"],
        ["焊工", "甲公司", "武汉", "5000", "A2"],
        ["焊工", "甲公司", "武汉", "5000", "A2"],
        ["焊工", "甲公司", "武汉", "5000", "A3"],
    ]
    second = run(xlsx([head, *again]))
    assert [one.outcome for one in second.results] == ["updated", "unchanged", "repeated", "added"]
    assert first.results[1].id in " ".join(second.results[3].notes)
    changed = jobs.get(str(first.results[0].id), now=NOW)
    assert changed is not None
    assert changed.salary_min == 7000
    assert jobs.search(JobWish(trade="电工", salary_min=6500), now=NOW).total == 1
    # What was withdrawn is not brought back by the file it came from.
    jobs.withdraw(str(first.results[0].id), now=NOW)
    third = run(xlsx([head, ["电工", "甲公司", "武汉", "9000", "A1"]]))
    assert third.counts == {"unchanged": 1}
    assert jobs.get(str(first.results[0].id), now=NOW) is None
    with sqlite_database.read() as session:
        assert session.scalar(select(func.count()).select_from(PostingRow)) == 3


def test_a_mapping_that_was_told_is_remembered(jobs: Jobs, run: Any) -> None:
    rows = [["活儿", "东家", "哪儿"], ["刷墙的", "示例公司", "武汉"], ["电工", "示例公司", "武汉"]]
    told = {"活儿": "title", "东家": "employer", "哪儿": "place"}
    assert run(xlsx(rows), columns=told, dry=True).counts == {"added": 2}
    assert jobs.search(JobWish(), now=NOW).total == 0
    run(xlsx(rows), columns=told)
    assert {c.name: c.field for c in run(xlsx(rows)).columns} == told


class Suspicious:
    """A vetter that sends back what wants a fee, and has a person look at what is loud."""

    def vet(self, ad: Ad) -> Passed:
        """Decide by two words."""
        if "押金" in ad.text:
            return Passed("reject")
        return Passed("review" if "!" in ad.text else "pass")


def test_every_line_is_vetted(sqlite_database: Database, tmp_path: Path) -> None:
    jobs = Jobs(sqlite_database, vetter=Suspicious())
    path = tmp_path / "t.xlsx"
    rows = [[*HEAD, "描述"]]
    for n, text in enumerate(("好", "交押金", "快来!")):
        rows.append([f"电工{n}", "示例公司", "武汉", "6000", text])
    path.write_bytes(xlsx(rows))
    order = Order(source="s", who="me")
    report = Importer(sqlite_database, jobs).run(path, order, now=NOW)
    assert report.counts == {"added": 1, "waiting": 1, "sent_back": 1}
    assert [job.title for job in jobs.search(JobWish(), now=NOW).jobs] == ["电工0"]
    with sqlite_database.read() as session:
        changes = session.execute(select(PostingChangeRow.became, PostingChangeRow.who)).all()
    assert sorted(map(tuple, changes)) == [("draft", "me"), ("published", "me"), ("vetting", "me")]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"PK", "unknown_type"),
        ("a.xlsx", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04broken", "broken"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1junk", "broken"),
        ("a.csv", "只有一列\n没有岗位".encode(), "no_rows"),
    ],
)
def test_what_is_no_table_is_refused(run: Any, name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableTable) as refused:
        run(content, name)
    assert refused.value.code == code


def test_a_bomb_is_refused(run: Any) -> None:
    with pytest.raises(UnreadableTable) as refused:
        run(xlsx([HEAD, ["电" * 40_000_000, "示例公司", "武汉", "1"]]))
    assert refused.value.code == "bomb"


def test_many_rows(jobs: Jobs, run: Any) -> None:
    """Twenty thousand here; the machine's own limit is ten times that."""
    row = "岗位{n},示例公司{m},武汉,{pay}-9000"
    body = "\n".join(row.format(n=n, m=n % 50, pay=4000 + n % 3000) for n in range(5_000))
    report = run(f"岗位名称,招聘单位,城市,薪资\n{body}".encode(), "表.csv")
    assert report.counts == {"added": 5_000}
    assert jobs.search(JobWish(place="420100"), now=NOW).total == 5_000


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("postings_wuhan.xlsx", 706),
        ("postings_wuhan.csv", 706),
        ("postings_more/gov_province_merged_layout.xlsx", 21),
    ],
)
def test_the_real_tables_are_imported_whole(run: Any, name: str, rows: int) -> None:
    path = SHARED / name
    if not path.is_file():
        pytest.skip("the shared data are not beside this clone")
    report = run(path.read_bytes(), path.name)
    assert report.counts == {"added": rows}


def test_days_that_are_over_are_marked(sqlite_database: Database, jobs: Jobs, run: Any) -> None:
    report = run(xlsx([[*HEAD, "截止日期"], ["电工", "甲", "武汉", "6000", "2026-03-05"]]))
    assert len(all_of(jobs, report)) == 1
    later = NOW + timedelta(days=2)
    assert jobs.search(JobWish(), now=later).total == 0
    assert (jobs.expire(later), jobs.expire(later)) == (1, 0)
    with sqlite_database.read() as session:
        assert session.scalars(select(PostingRow.status)).all() == ["expired"]
