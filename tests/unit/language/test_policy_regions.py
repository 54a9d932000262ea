"""Places in sentences: longest names, short names, names that many places bear."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.places import city_of, covers, find_places, own_name, place_name, short_name

NAMED = [
    ("我想在上海找电工的活", [("上海", "310000")]),
    ("浦东有没有", [("浦东", "310115")]),
    ("上海市浦东新区张江", [("上海市浦东新区", "310115")]),
    ("昆明", [("昆明", "530100")]),
    ("昆明盘龙区", [("昆明盘龙区", "530103")]),
    ("上海或者昆明", [("上海", "310000"), ("昆明", "530100")]),
    ("内蒙", [("内蒙", "150000")]),
    ("呼和浩特", [("呼和浩特", "150100")]),
    ("西双版纳", [("西双版纳", "532800")]),
    ("湖北仙桃", [("湖北仙桃", "429004")]),
    ("去云县", [("云县", "530922")]),
    ("佛山顺德", [("佛山顺德", "440606")]),
    ("香港", [("香港", "810000")]),
    ("武汉青山那边", [("武汉青山", "420107")]),
    # Several places bear these names: the upper level, unless the text says which.
    ("吉林", [("吉林", "220000")]),
    ("普陀", [("普陀", "310107")]),
    ("长春朝阳区", [("长春朝阳区", "220104")]),
    ("朝阳区，我在长春", [("朝阳区", "220104"), ("长春", "220100")]),
    ("舟山的普陀区", [("舟山", "330900"), ("普陀区", "330903")]),
    ("舟山普陀", [("舟山普陀", "330903")]),
    ("沈阳和平", [("沈阳和平", "210102")]),
    ("福建鼓楼区", [("福建鼓楼区", "350102")]),
    ("南昌", [("南昌", "360100")]),
    ("南昌县", [("南昌县", "360121")]),
    # Not places.
    ("南京路附近", []),
    ("中山公园站", []),
    ("会做兰州拉面", []),
    ("祝您平安健康", []),
    ("青山", []),
    ("找个光明正大的工作", []),
    ("招聘会理应提前报备", []),
    ("市和县的规定", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_names_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(place.name, place.code) for place in find_places(text)] == expected


@settings(deadline=None)  # whoever comes first reads the dictionary
@given(st.text(alphabet="上海浦东新区昆明市朝阳长春吉林南京路青山县 的在去，", max_size=20))
def test_spans_are_the_written_words_from_left_to_right(text: str) -> None:
    places = find_places(text)
    assert all(text[place.start : place.end] == place.name for place in places)
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert all(place_name(place.code) for place in places)


@pytest.mark.parametrize(
    ("code", "other", "expected"),
    [
        ("310000", "310115", True),
        ("310000", "310000", True),
        ("310115", "310000", False),
        ("310115", "310112", False),
        ("530000", "530102", True),
        ("530100", "530102", True),
        ("530100", "530300", False),
        ("420000", "429004", True),
        ("429004", "429005", False),
    ],
)
def test_what_a_place_covers(code: str, other: str, expected: bool) -> None:
    assert covers(code, other) is expected


@pytest.mark.parametrize("text", ["朝阳区", "朝阳", "鼓楼区有什么规定"])
def test_which_of_several_equals_is_meant_is_not_guessed(text: str) -> None:
    assert find_places(text) == []
    assert len(find_places(text, likeliest=True)) == 1


def test_names_of_codes() -> None:
    assert place_name("310115") == "上海市浦东新区"
    assert place_name("530102") == "昆明市五华区"
    assert place_name("530100") == "昆明市"
    assert place_name("310000") == "上海市"
    assert place_name("429004") == "仙桃市"
    assert (own_name("310115"), short_name("310115")) == ("浦东新区", "浦东")
    assert place_name("999999") == own_name("nothing") == short_name("") == ""


@pytest.mark.parametrize(
    ("code", "city"),
    [("310115", "310000"), ("530102", "530100"), ("429004", "429004"), ("500229", "500000")],
)
def test_the_city_a_place_is_in(code: str, city: str) -> None:
    assert city_of(code) == city


@settings(deadline=None)  # whoever comes first reads the dictionary
@given(st.text(max_size=30))
def test_any_text_is_survived(text: str) -> None:
    find_places(text)
    find_places(text, likeliest=True)
