"""Places in the kinds of words that people use for them; what they refuse, and what is near."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.geography.former_places import FORMER_PLACES
from language.geography.gazetteer import gazetteer
from language.geography.place_words import ABBREVIATIONS, OTHER_NAMES
from language.places import find_places, place_in
from language.text import normalise, simplified_in_place

CALLED = [
    # One character is wrong, where a place is sure to stand.
    *(("在昆名找工作", "昆名", "530100"), ("昆名", "昆名", "530100")),
    *(("东菀的工作", "东菀", "441900"), ("去城都打工", "城都", "510100")),
    *(("郑洲，电工", "郑洲", "410100"), ("我在武汗这边", "武汗", "420100")),
    *(("想去天金", "天金", "120000"), ("长纱有没有", "长纱", "430100")),
    # Traditional characters stay as they were typed.
    *(("廣州電工", "廣州", "440100"), ("東莞厚街", "東莞", "441900"), ("臺北", "臺北", "710100")),
    # Names of old, of affection, and of parts of a city.
    *(("魔都", "魔都", "310000"), ("帝都找活", "帝都", "110000"), ("羊城", "羊城", "440100")),
    *(("汉口那边", "汉口", "420100"), ("光谷", "光谷", "420111"), ("南汇", "南汇", "310115")),
    *(("襄樊", "襄樊", "420600"), ("卢湾区", "卢湾区", "310101"), ("闸北", "闸北", "310106")),
    *(("通什市", "通什市", "469001"), ("大庸市", "大庸市", "430800")),
    ("上海市浦东新区张江", "上海市浦东新区", "310115"),
    # One character for a province.
    *(("沪", "沪", "310000"), ("京，六千", "京", "110000"), ("来沪务工", "沪", "310000")),
]

NO_PLACES = [
    *("北京路", "南京东路", "上海菜馆", "四川菜", "南京理工", "武汉大学", "广东话", "兰州拉面"),
    *("在京东上班", "在上还有", "晚上还在上班", "想去海边", "在家里做", "去外地", "去南方", "津贴"),
    *("找包吃住的", "找常白班", "在重工", "在长期", "宁静的", "崇文门", "川菜", "苏打水"),
    *("我会说上海话", "四川火锅", "在广告公司", "去面试", "在工地", "找长期的", "去天台"),
    *("安安", "通通", "去南边", "几点", "在等"),
]

WANTED = [
    ("上海或者苏州", ["310000", "320500"], []),
    ("广州深圳都行", ["440100", "440300"], []),
    ("江浙沪都可以", ["320000", "330000", "310000"], []),
    ("沪、苏、浙都行", ["310000", "320000", "330000"], []),
    ("广东省内都行", ["440000"], []),
    ("要不要去上海", ["310000"], []),
    ("不离开上海", ["310000"], []),
    ("除了上海还有北京", ["310000", "110000"], []),
    ("上海的不要夜班", ["310000"], []),
    ("上海，不考虑夜班", ["310000"], []),
    ("不去浦东", [], ["310115"]),
    ("除了闵行都行", [], ["310112"]),
    ("除了北京都行，找电工", [], ["110000"]),
    ("不去上海，找电工", [], ["310000"]),
    ("不去浦东和闵行", [], ["310115", "310112"]),
    ("浦东和闵行都不去", [], ["310115", "310112"]),
    ("上海，但不去浦东", ["310000"], ["310115"]),
    ("不要上海的", [], ["310000"]),
    ("别给我推北京的", [], ["110000"]),
    ("不想去深圳了", [], ["440300"]),
    ("深圳太远了，广州吧", ["440100"], ["440300"]),
    ("冷空气到不到广州", ["440100"], []),
    ("离开上海去苏州", ["320500"], ["310000"]),
    ("上海除外", [], ["310000"]),
]

NEAR = [
    *("浦东附近", "离浦东近一点", "离浦东不要太远", "靠近浦东", "浦东周边的", "浦东那一带"),
    *("离浦东别太远", "浦东旁边", "离浦东不远", "浦东和闵行附近"),
]


@pytest.mark.parametrize(("text", "name", "code"), CALLED)
def test_a_place_is_known_by_what_it_is_called(text: str, name: str, code: str) -> None:
    (place,) = find_places(text, likeliest=True)
    assert (place.name, place.code) == (name, code)


@pytest.mark.parametrize("text", NO_PLACES)
def test_a_place_inside_another_word_is_none(text: str) -> None:
    assert find_places(text, likeliest=True) == []


@pytest.mark.parametrize(("text", "wanted", "excluded"), WANTED)
def test_what_is_refused_is_told_from_what_is_wanted(
    text: str, wanted: list[str], excluded: list[str]
) -> None:
    places = find_places(text, likeliest=True)
    assert [place.code for place in places if not place.excluded] == wanted
    assert [place.code for place in places if place.excluded] == excluded
    assert place_in(text) == (wanted[-1] if wanted else None)


@pytest.mark.parametrize("text", NEAR)
def test_nearness_is_read(text: str) -> None:
    places = find_places(text, likeliest=True)
    assert places
    assert all(place.nearby for place in places)


@pytest.mark.parametrize("text", ["浦东", "离浦东远一点", "不去浦东附近", "在浦东上班"])
def test_what_is_not_said_to_be_near_is_not(text: str) -> None:
    (place,) = find_places(text, likeliest=True)
    assert not place.nearby


@pytest.mark.shared
def test_inputs_that_were_misread_are_read(shared: Path) -> None:
    lines = (shared / "data" / "failing_inputs.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["kind"].startswith("places/")]
    assert rows
    for row in rows:
        (place,) = find_places(normalise(row["input"]).text)
        assert place.name.endswith(row["expected"])


@pytest.mark.shared
def test_codes_of_old_lead_where_the_standard_says(shared: Path) -> None:
    folder = shared / "data" / "divisions"
    names, heirs = (
        json.loads((folder / file).read_text("utf-8")) for file in ("history.json", "diff.json")
    )
    for old in ("310119", "310108", "310103", "110103", "120107", "320405", "440107", "341402"):
        (place,) = find_places(names[old], likeliest=True)
        assert place.code in heirs[old]


def test_simplifying_keeps_the_names_of_places() -> None:
    names = {entry.name for entry in gazetteer().entries.values()}
    assert [name for name in names if simplified_in_place(name) != name] == []


def test_every_other_name_means_a_place() -> None:
    codes = {*FORMER_PLACES.values(), *OTHER_NAMES.values(), *ABBREVIATIONS.values()}
    assert codes <= gazetteer().entries.keys()


@settings(deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_survived(text: str) -> None:
    for place in find_places(text, likeliest=True):
        assert text[place.start : place.end] == place.name
