"""Finding who is meant in a sentence."""

from dataclasses import dataclass

import pytest

from language.names import find_named


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
