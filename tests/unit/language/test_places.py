"""Places as a seeker names them: of several that bear the name, the one most people mean."""

import pytest

from language.places import find_places

NAMED = [
    ("朝阳", "110105"),
    ("朝阳区", "110105"),
    ("普陀", "310107"),
    ("鼓楼区", "320106"),
    ("吉林", "220000"),
    ("长春朝阳区", "220104"),
    ("舟山普陀", "330903"),
    ("上海浦东", "310115"),
]


@pytest.mark.parametrize(("text", "code"), NAMED)
def test_the_likeliest_is_meant(text: str, code: str) -> None:
    (place,) = find_places(text, likeliest=True)
    assert (place.name, place.code) == (text, code)
