"""The classifier sees of a hidden number what it saw of the number."""

import pytest

from language.personal import KINDS
from language.text import normalise
from nlu.components.features import HIDDEN, shape
from store.vault.placeholders import LABELS, new_id, placeholder


@pytest.mark.parametrize(
    ("kind", "number"),
    [("phone", "13800138000"), ("id_card", "110105194912310023"), ("bank_card", "6" * 19)],
)
def test_a_placeholder_has_the_shape_of_its_number(kind: str, number: str) -> None:
    hidden = normalise(f"我的是{placeholder(kind, new_id())}，谢谢").text
    assert shape(hidden, []) == shape(f"我的是{number},谢谢", [])


def test_every_kind_is_known_on_both_sides() -> None:
    assert set(LABELS) == set(KINDS)
    assert set(LABELS.values()) == {f"{name}号" for name in HIDDEN}
