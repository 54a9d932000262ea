"""How policy documents read in the console."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.console.policies import policy_views
from bot.console.policies.changes import Change
from bot.console.policies.editing import safe_name
from knowledge.documents.sample_questions import SampleQuestion, StaffSampleQuestion, doc_key
from knowledge.sentences import DIGEST_MARK

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TEXT = "开头的话。\n一、甲事。\n记者说。\n"


@dataclass(frozen=True)
class Unit:
    key: str
    kind: str
    path: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    doc_id: str = "p1"
    title: str = "某通知" + DIGEST_MARK
    doc_no: str = ""
    kind: str = "digest"
    status: str = "draft"
    region_name: str = "上海市"
    version: int = 3
    issued_on: date | None = date(2026, 1, 5)
    validity: str = "unknown"
    validity_quote: str = ""
    occasion: str = ""
    effective_on: date | None = None
    expired_on: date | None = None
    superseded_on: date | None = None
    text: str = TEXT
    units: tuple[Unit, ...] = (
        Unit("0", "preamble", ("开头",), 0, 6),
        Unit("1", "item", ("第一部分", "一、甲事"), 6, 12),
        Unit("aside1", "aside", ("转载",), 12, 17),
    )


DRAFT: Any = Document()


def parts(
    shipped: tuple[SampleQuestion, ...] = (), added: tuple[StaffSampleQuestion, ...] = ()
) -> list[policy_views.Section]:
    return policy_views.sections(DRAFT, shipped, added)


def test_asks_attach_to_their_section_of_a_digest_too() -> None:
    key = doc_key("", "某通知")
    shipped = (
        SampleQuestion(key, ("p4", "1"), (), "甲事怎么办"),
        SampleQuestion(doc_key("", "别的通知"), ("1",), (), "别的事"),
    )
    added = (StaffSampleQuestion(key, ("0",), (), "这是讲什么的", 7, "王芳", NOW),)
    preamble, item, aside = parts(shipped, added)
    assert [ask.id for ask in preamble.added] == [7]
    assert item.shipped == ("甲事怎么办",)
    assert item.text == "一、甲事。"
    assert not aside.searched


def test_only_searched_sections_are_offered() -> None:
    names = policy_views.section_names(parts())
    assert names == {"0": "开头的话。", "1": "第一部分 › 一、甲事。"}


def test_a_row_of_the_list() -> None:
    row = policy_views.row(DRAFT)
    assert row["status"] == "草稿"
    assert row["draft"]
    assert (row["kind"], row["region"], row["validity"]) == ("摘要", "上海市", "待核实")
    assert (row["issued_on"], row["version"]) == ("2026-01-05", 3)


def test_a_change_says_who_did_what() -> None:
    detail = {"region": "310000", "expired_on": None}
    line = policy_views.change_line(Change(NOW, "王芳", "p1", "correct", detail), NOW)
    assert line.startswith("今天 09:00 王芳 更正信息：适用地区 → 310000；失效日期")
    assert line.endswith("→ （空）")
    assert policy_views.change_line(Change(NOW, "王芳", "p1", "publish", {}), NOW).endswith("发布")


def test_a_handed_in_file_s_name_is_harmless_and_keeps_its_ending() -> None:
    assert safe_name("../../etc/通知 (1).PDF") == "通知_(1).PDF"
    assert safe_name("C:\\temp\\x.docx") == "x.docx"
    assert safe_name("..") == "upload"
    assert safe_name("a\x00b.txt") == "a_b.txt"
    long = safe_name("长" * 300 + ".html")
    assert long.endswith(".html")
    assert len(long.encode()) <= 255
