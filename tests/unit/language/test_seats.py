"""A point on the map is in a district where that is clear, else in a city or a province."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messaging.channels.places import in_words
from bot.messaging.messages import Incoming
from language.geography.seats import region_at, seats_of
from language.places import find_places, place_name
from store.clock import utc_now

# Seats of 浦东, 黄浦, 虹口 and 崇明, of 苏州's 昆山, and of 东莞, which has no districts.
TABLE = """adcode,name,longitude,latitude
310115000000,浦东新区,121.544,31.222
310101000000,黄浦区,121.484,31.232
310109000000,虹口区,121.505,31.265
310151000000,崇明区,121.397,31.624
320583000000,昆山市,120.981,31.386
310000000000,上海市,121.473,31.232
441900000000,东莞市,113.752,23.021
133100000000,雄安新区,,
"""


@pytest.fixture
def seats(tmp_path: Path) -> Path:
    file = tmp_path / "adcodes.csv"
    file.write_text(TABLE, "utf-8")
    return file


@pytest.mark.parametrize(
    ("lat", "lng", "code"),
    [
        (31.224, 121.55, "310115"),
        (31.2397, 121.4998, "310000"),  # between three districts
        (31.60, 121.42, "310151"),
        (31.38, 121.0, "320583"),
        (31.33, 121.2, ""),  # between two provinces
        (23.0, 113.75, "441900"),
        (35.68, 139.69, ""),
        (0.0, 0.0, ""),
    ],
)
def test_where_a_point_lies(seats: Path, lat: float, lng: float, code: str) -> None:
    assert region_at(lat, lng, seats_of(seats)) == code


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_has_a_name_that_is_read_or_none(lat: float, lng: float) -> None:
    table = Path(__file__).parents[3] / "var" / "places" / "adcodes.csv"
    name = place_name(region_at(lat, lng, seats_of(table)))
    assert not name or [place.name for place in find_places(name)] == [name]


def test_a_place_becomes_words_and_its_numbers_are_not_kept(seats: Path) -> None:
    details = {"type": "location", "lat": 31.224, "lng": 121.55}
    sent = Incoming("telegram", "k", "1", "〔位置〕", utc_now(), kind="location", details=details)
    told = in_words(sent, seats)
    assert (told.text, told.details) == ("上海市浦东新区", {"type": "location"})
    nowhere = in_words(sent, seats.with_name("none.csv"))
    assert (nowhere.text, nowhere.details) == ("〔位置〕", {"type": "location"})


def test_what_says_where_it_is_keeps_its_words(seats: Path) -> None:
    details = {"lat": 31.224, "lng": 121.55, "address": "浦东新区某路"}
    sent = Incoming("wechat", "k", "1", "浦东新区某路", utc_now(), kind="location", details=details)
    assert in_words(sent, seats).text == "浦东新区某路"
    for odd in ({"lat": "x", "lng": 1}, {"lat": 1e9, "lng": 0}, {}):
        text = Incoming("x", "k", "1", "〔位置〕", utc_now(), kind="location", details=odd)
        assert in_words(text, seats).text == "〔位置〕"
