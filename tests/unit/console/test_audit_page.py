"""The record of what was done, in staff's words."""

from collections import Counter

import pytest

from bot.console.permissions import Deed
from bot.console.staff import sentences
from bot.console.staff.audit_page import PARTS, title
from bot.console.staff.record_words import in_words, subject_in_words
from knowledge.documents.editable_fields import EDITABLE_FIELDS


def test_whatever_staff_do_has_a_name_of_its_own() -> None:
    names = Counter(title(deed.action) for deed in Deed)
    assert names == Counter(deed.title for deed in Deed)
    assert set(names.values()) == {1}
    assert sorted(sentences.PARTS) == PARTS


@pytest.mark.parametrize(
    ("action", "shown"),
    [
        ("session.begin", "登录"),
        ("session.refused", "登录（未成）"),
        ("policies.publish.refused", "发布文件（未成）"),
        ("staff.role.not_permitted", "更换岗位（无权限）"),
        ("privacy.erase", "按本人要求删除"),
        ("later.added", "later.added"),
    ],
)
def test_what_came_of_it_is_said(action: str, shown: str) -> None:
    assert title(action) == shown


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("staff:3", "李强"),
        ("document:pyvpwb5a", "《通知》"),
        ("document:p0000000", "文件 p0000000"),
        ("conversation:0123456789abcdef01234567", "对话 …234567"),
        ("case:GD-7K2M", "工单 GD-7K2M"),
        ("wage-guide:310000:电工:2025", "工资价位 310000 电工 2025"),
        ("models", "对话模型"),
        ("later:1", "later:1"),
    ],
)
def test_what_it_was_done_to_is_said_in_words(subject: str, shown: str) -> None:
    assert subject_in_words(subject, {"staff:3": "李强", "pyvpwb5a": "《通知》"}) == shown


@pytest.mark.parametrize(
    ("details", "shown"),
    [
        ("{}", ""),
        ('{"role":"manager"}', "岗位：主管"),
        ('{"numbers":["a1","b2"]}', "号码 2 个"),
        ('{"draft":true,"paths":3}', "先存为草稿；文件或文件夹 3 个"),
        ('{"draft":false,"paths":1}', "文件或文件夹 1 个"),
        ('{"fields":["doc_no","issued_on"]}', "更正了文号、发文日期"),
        ('{"on":"2026-03-02"}', "日期：2026-03-02"),
        ('{"later":[1,null]}', "later 1、None"),
    ],
)
def test_details_are_said_in_words(details: str, shown: str) -> None:
    assert in_words(details) == shown


def test_every_field_of_a_document_has_a_name() -> None:
    assert set(EDITABLE_FIELDS) == set(sentences.FIELDS)
