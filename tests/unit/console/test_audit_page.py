"""The record of what was done, in staff's words."""

from collections import Counter

import pytest

from bot.console.permissions import Deed
from bot.console.staff import sentences
from bot.console.staff.audit_page import PARTS, title


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
