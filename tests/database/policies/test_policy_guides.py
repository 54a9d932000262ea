"""The guides' search on a real database, a real index and the real encoder."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from knowledge.answering.guide_search import GuideHit, GuideSearch
from knowledge.documents.repository import get_document
from knowledge.index.builder import current_version, load_index
from knowledge.index.search import Index
from knowledge.ingest import DIGESTS, IngestResult, ingest
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 1, 5, 2, 0, tzinfo=UTC)
PUBLIC = "data/service_guides_guangdong.jsonl"
SURE = 0.5
ANSWERED = (  # field, part of the title, question; all first when this was written
    ("materials", "建筑师", "注册建筑师报考需要什么资料"),
    ("materials", "转诊转院", "工伤要转到外市医院，得填什么表"),
    ("place", "重复缴费", "社保重复缴费去哪里申请退款"),
    ("place", "再次鉴定", "省里再次鉴定劳动能力地址在哪"),
    ("time", "学历鉴定", "技校学历鉴定证明几个工作日出"),
    ("time", "户口迁出", "户口迁出当天能办完吗"),
    ("online", "缴费凭证", "参保缴费凭证在线能开吗"),
    ("online", "翻译", "翻译资格考试是网上报名吗"),
    ("courier", "档案转出", "转档案可以给我寄过去吗"),
    ("visits", "职称证书补发", "补办职称证要跑几趟"),
    ("phone", "消防工程师", "消防工程师报名打什么电话"),
    ("complaint", "行政复议", "行政复议被推来推去投诉电话多少"),
    ("conditions", "宗教", "和尚道士一次性补缴养老保险要满足什么条件"),
    ("who", "社会保险信息变更", "个人社保信息变更单位能去办吗"),
)
UNKNOWN = (
    "办健康证要带什么",
    "摩托车上牌去哪个窗口",
    "离婚登记要跑几趟",
    "低保申请要什么条件",
    "医保卡丢了补办多久",
    "身份证过期换证网上能办吗",
    "婴儿疫苗本补办去哪",
    "残联辅具补贴电话多少",
)
FLOOR = 12  # of ANSWERED; refusals of UNKNOWN may miss one


def guide(title: str, region: str, **changes: object) -> str:
    record = {
        "TASK_NAME": title,
        "DEPT_NAME": "渔港管理局",
        "AREACODE": region,
        "material_intro": ["申请表", "身份证"],
        "handle_location": f"{region}号窗口",
        "handle_time_limit": "3(工作日)",
    }
    return json.dumps({**record, **changes}, ensure_ascii=False)


class Office:
    """A database with its index, and the search over what was ingested last."""

    def __init__(self, database: Database, var_dir: Path) -> None:
        self.database = database
        url = database.url.render_as_string(hide_password=False)
        self.settings = Settings(_env_file=None, var_dir=var_dir, database_url=url)

    def ingest(self, path: Path) -> list[IngestResult]:
        results = ingest(self.database, self.settings, [path], now=NOW)
        version = current_version(self.settings)
        assert version is not None
        self.index: Index = load_index(self.settings, version)
        self.guides = GuideSearch(self.index)
        return results

    def first(self, question: str) -> GuideHit | None:
        return next(iter(self.guides.find(question)), None)

    def title(self, hit: GuideHit) -> str:
        return self.index.documents[hit.owner].title


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return Office(database, tmp_path / "var")


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    lines = [
        guide("渔港泊位证补发", "440300", matter_daily="补泊位证"),
        guide("海钓许可核发", "440300", ONLINECHECK="1"),
        guide("渔港泊位证补发", "350200"),
    ]
    path = tmp_path / "guides.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_guides_are_stored_each_by_itself_and_only_once(office: Office, guides: Path) -> None:
    assert [result.outcome for result in office.ingest(guides)] == ["added"] * 3
    assert [result.outcome for result in office.ingest(guides)] == ["skipped"] * 3


def test_the_line_that_was_asked_for_is_found_verbatim(office: Office, guides: Path) -> None:
    results = office.ingest(guides)
    hit = office.first("海钓许可要带什么材料去")
    assert hit is not None
    assert hit.row is not None
    assert (office.title(hit), hit.field, hit.probability > SURE) == (
        "海钓许可核发",
        "materials",
        True,
    )
    document = get_document(office.database, str(results[1].doc_id))
    assert document is not None
    unit = office.index.unit(hit.row)
    assert unit.text.strip() == "申请材料：1. 申请表；2. 身份证"
    assert document.text[unit.start : unit.start + len(unit.text)] == unit.text


def test_what_a_guide_does_not_state_has_no_line(office: Office, guides: Path) -> None:
    office.ingest(guides)
    hit = office.first("海钓许可要收费吗，多少钱")
    assert hit is not None
    assert (office.title(hit), hit.field, hit.row) == ("海钓许可核发", "fee", None)


def test_guides_of_one_name_are_both_meant_until_a_place_is_named(
    office: Office, guides: Path
) -> None:
    office.ingest(guides)
    question = "补办渔港泊位证去哪个窗口"
    assert len(office.guides.find(question)) == 2
    here = office.index.rows_of(one.region == "350200" for one in office.index.documents)
    (hit,) = office.guides.find(question, allowed=here)
    assert office.index.document(hit.row or 0).region == "350200"
    nowhere = np.zeros(len(office.index.store), dtype=np.bool_)
    assert office.guides.find(question, allowed=nowhere) == []


def test_without_guides_the_desk_finds_nothing(office: Office) -> None:
    office.ingest(DIGESTS)
    assert office.guides.find("招聘会要带什么材料") == []


def test_public_guides_answer_as_people_ask(
    sqlite_database: Database, tmp_path: Path, shared: Path
) -> None:
    office = Office(sqlite_database, tmp_path / "var")
    assert {result.outcome for result in office.ingest(shared / PUBLIC)} == {"added"}
    missed = [want for want in ANSWERED if not _is_first(office, *want)]
    assert len(missed) <= len(ANSWERED) - FLOOR, missed
    known = [
        question
        for question in UNKNOWN
        if (hit := office.first(question)) is not None and hit.probability >= SURE
    ]
    assert len(known) <= 1, known


def _is_first(office: Office, field: str, title: str, question: str) -> bool:
    hit = office.first(question)
    return (
        hit is not None
        and hit.row is not None
        and hit.probability >= SURE
        and (hit.field, title in office.title(hit)) == (field, True)
    )
