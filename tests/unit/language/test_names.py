"""Finding who is meant in a sentence."""

from dataclasses import dataclass

import pytest

from language.names import NameIndex, find_named


@dataclass(frozen=True)
class Thing:
    name: str
    aliases: tuple[str, ...] = ()


THINGS = (
    Thing("社保补贴申领", ("社保补贴",)),
    Thing("灵活就业补贴", ("灵活就业社保补贴",)),
    Thing("浦东"),
    Thing("朝阳"),
    Thing("", ("", " ")),
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("我要办灵活就业社保补贴", "灵活就业补贴"),
        ("社保 补贴怎么办", "社保补贴申领"),
        ("不去浦东了，改去朝阳", "朝阳"),
        ("朝阳不去了，浦东吧", "浦东"),
        ("随便看看", None),
        ("", None),
    ],
)
def test_the_longest_then_the_last_name_wins(text: str, name: str | None) -> None:
    found = find_named(text, THINGS)
    assert (found.name if found else None) == name


INDEX = NameIndex({"浦东": 1, "浦东新区": 2, "新区": 3, "区": 4, "": 5})


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("浦东新区", [(0, 4, 2)]),
        ("浦东新", [(0, 2, 1)]),
        ("去浦东的新区", [(1, 3, 1), (4, 6, 3)]),
        ("浦", []),
        ("", []),
    ],
)
def test_the_longest_names_stand_apart(text: str, apart: list[tuple[int, int, int]]) -> None:
    assert [(one.start, one.end, one.meaning) for one in INDEX.apart(text)] == apart


def test_names_within_names_are_found_too_the_longest_first() -> None:
    assert [one.meaning for one in INDEX.everywhere("浦东新区")] == [2, 1, 3, 4]
    assert [one.meaning for one in INDEX.at("浦东新区", 2)] == [3]
