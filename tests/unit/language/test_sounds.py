"""Names written by their sound are found, and words that merely sound a little alike are not."""

import pytest

from language.sounds import SoundIndex

NAMES = {"浦东大厅": "浦东", "就业登记": "就业登记", "档案转递": "档案", "上海": "浦东"}


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("约浦冬大厅", "浦东"),
        ("我要约 就业等记", "就业登记"),
        ("就业登计怎么办", "就业登记"),
        ("浦东大厅", "浦东"),
    ],
)
def test_a_name_is_known_by_its_sound(text: str, meaning: str) -> None:
    (found,) = SoundIndex(NAMES).apart("".join(text.split()))
    assert found.meaning == meaning
    assert found.end <= len(text)


@pytest.mark.parametrize("text", ["晚上还有吗", "舅爷灯姬", "就业", "等记", "", "大厅"])
def test_what_shares_too_little_is_no_name(text: str) -> None:
    assert not list(SoundIndex(NAMES).apart(text))


def test_what_stands_as_it_is_written_comes_first() -> None:
    (found,) = SoundIndex(NAMES).apart("上海的就业等记")
    assert found.meaning == "浦东"
