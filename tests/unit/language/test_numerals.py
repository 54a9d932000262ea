"""Numbers in Chinese characters."""

import pytest

from language.numerals import chinese_number, digits_one_by_one, in_chinese, spoken_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("十", 10), ("二十一", 21), ("一百零三", 103), ("甲", 0)),
        *(("一百五", 105), ("两千", 2000), ("三万五千", 35_000), ("12", 12), ("", 0), ("²", 0)),
    ],
)
def test_chinese_numbers(text: str, value: int) -> None:
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("六千五", 6500), ("一万二", 12_000), ("一万零二", 10_002), ("一万二千五", 12_500)),
        *(("一百五", 150), ("三十五", 35), ("十二万", 120_000), ("十", 10), ("八", 8)),
        *(("", None), ("万", None), ("千五", None), ("三四千", None), ("一千十", None)),
    ],
)
def test_amounts_as_people_say_them(text: str, value: int | None) -> None:
    assert spoken_number(text) == value


def test_years_are_written_digit_by_digit() -> None:
    assert digits_one_by_one("二〇二〇") == digits_one_by_one("二○二零") == 2020
    with pytest.raises(ValueError, match="十"):
        digits_one_by_one("二〇十")


def test_what_is_written_is_read_back() -> None:
    read = {number: chinese_number(in_chinese(number)) for number in range(1, 1000)}
    assert {number: value for number, value in read.items() if value != number} == {}


@pytest.mark.parametrize(
    ("number", "text"), [(0, "零"), (10, "十"), (20, "二十"), (110, "一百一十"), (103, "一百零三")]
)
def test_numbers_are_written_as_documents_do(number: int, text: str) -> None:
    assert in_chinese(number) == text
