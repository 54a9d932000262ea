"""Correcting a document's particulars: what the form shows, and what it changes."""

from dataclasses import dataclass
from datetime import date

import pytest

from bot.console.policies.editable_fields import FIELDS, BadField, changes, mark, written
from knowledge.sentences import DIGEST_MARK


@dataclass(frozen=True)
class Document:
    title: str = "关于某事的通知"
    kind: str = "notice"
    doc_no: str = ""
    issuer: str = "某局"
    addressees: str = "各区人社局"
    region: str = "310000"
    issued_on: date | None = date(2020, 2, 9)
    effective_on: date | None = None
    expired_on: date | None = None
    occasion: str = ""
    guessed: tuple[str, ...] = ("issuer", "region")
    corrected: tuple[str, ...] = ("region",)


def test_the_form_shows_what_is_stored_as_people_write_it() -> None:
    shown = written(Document())
    assert set(shown) == {field.name for field in FIELDS}
    assert shown["region"] == "上海市"
    assert shown["issued_on"] == "2020-02-09"
    assert shown["effective_on"] == ""
    assert written(Document(title="某事" + DIGEST_MARK))["title"] == "某事"
    assert written(Document(region=""))["region"] == ""


def test_only_what_differs_is_changed() -> None:
    before = written(Document())
    assert changes(before, before) == {}
    assert changes(before, before | {"issuer": " 某局 "}) == {}
    after = before | {"region": "全国", "issued_on": "", "effective_on": "2020-03-01"}
    assert changes(before, after) == {
        "region": "100000",
        "issued_on": None,
        "effective_on": date(2020, 3, 1),
    }
    assert changes(before, before | {"doc_no": "某发〔2020〕1号"}) == {"doc_no": "某发〔2020〕1号"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "  ", "标题不能空着"),
        ("title", "长" * 301, "300 字以内"),
        ("region", "没有这个地方", "请写全称"),
        ("issued_on", "2020-02-30", "不是日期"),
        ("issued_on", "昨天", "不是日期"),
    ],
)
def test_what_cannot_be_is_said(name: str, value: str, words: str) -> None:
    before = written(Document())
    with pytest.raises(BadField, match=words) as refused:
        changes(before, before | {name: value})
    assert refused.value.field.name == name


def test_what_is_derived_is_marked_until_a_person_has_set_it() -> None:
    document = Document()
    assert "推定" in mark(document, "issuer")
    assert mark(document, "region") == "人工填写"
    assert mark(document, "title") == ""
