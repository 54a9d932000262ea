"""Numbers of persons in running text: every spelling, and what only looks like one."""

from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from language.personal import KINDS, find_personal
from language.personal_shapes import identity_check, is_bank_card, is_identity, luhn
from language.text import normalise

MOBILE = "13800138000"
SPELLINGS = [
    *("138-0013-8000", "138 0013 8000", "138.0013.8000", "138·0013·8000", "１３８００１３８０００"),
    *("138—0013—8000", "138\n0013\n8000", "1380013 8000", "1380 0138 000", "13 80 01 38 00 0"),
    *("+86 13800138000", "0086-13800138000", "(86)13800138000", "（+86）138 0013 8000"),
    *("8613800138000", "013800138000", "1 3 8 0 0 1 3 8 0 0 0", "1-3-8-0-0-1-3-8-0-0-0"),
    *("一三八零零一三八零零零", "幺三八〇〇幺三八〇〇〇", "壹叁捌零零壹叁捌零零零"),
    *("幺三八洞洞幺三八洞洞洞", "一三八 零零一三 八零零零", "幺三八，零零幺三，八零零零"),
    *("1三8零零1三8000", "13８零零1③8000", "①③⑧⓪⓪①③⑧⓪⓪⓪"),
    *("1,3,8,0,0,1,3,8,0,0,0", "1、3、8、0、0、1、3、8、0、0、0", "138，0013，8000"),
    *("138 中间0013 后面8000", "138中间四位0013最后四位8000", "138转0013转8000"),
    *("1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8\u200b0\u200b0\u200b0",),
    "1\ufe0f\u20e33\ufe0f\u20e38\ufe0f\u20e300138000",
]


@pytest.mark.parametrize("before", ["", "我的手机是", "工资8000，", "tel:", "微信", "3月15日 "])
@pytest.mark.parametrize("after", ["", "谢谢", "，3天内", "一下", "同号。"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_mobile_is_found_however_it_is_written(spelling: str, before: str, after: str) -> None:
    (found,) = find_personal(before + spelling + after)
    assert (found.kind, found.value) == ("phone", MOBILE)
    assert (found.start, found.end) == (len(before), len(before + spelling))


OTHERS = [
    ("021-62345678", "landline", "02162345678"),
    ("（021）62345678", "landline", "02162345678"),
    ("0571 8888 7777", "landline", "057188887777"),
    ("11010519491231002X", "id_card", "11010519491231002X"),
    ("110105 19491231 002x", "id_card", "11010519491231002X"),
    ("１１０１０５１９４９１２３１００２Ｘ", "id_card", "11010519491231002X"),
    ("一一零一零五一九四九一二三一零零二X", "id_card", "11010519491231002X"),
    ("110105491231002", "id_card", "110105491231002"),
    ("6222 0213 8001 3800", "bank_card", "6222021380013800"),
    # Its first 17 digits have a right check digit, too.
    ("6 2 0 0 0 0 0 0 0 0 0 0 1 1 1 1 4 0 0", "bank_card", "6200000000001111400"),
    ("zhang.san@example.com", "email", "zhang.san@example.com"),
]


@pytest.mark.parametrize(("written", "kind", "value"), OTHERS)
def test_other_kinds_are_found(written: str, kind: str, value: str) -> None:
    (found,) = find_personal(f"您好，{written}，谢谢")
    assert (found.kind, found.value) == (kind, value)
    assert (found.start, found.end) == (3, 3 + len(written))


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("护照号E12345678", "passport", "E12345678"),
        ("护照号码是：ea1234567", "passport", "EA1234567"),
        ("港澳通行证C12345678", "hk_macao_permit", "C12345678"),
        ("回乡证 H12345678", "hk_macao_permit", "H12345678"),
        ("台胞证号12345678", "taiwan_permit", "12345678"),
        ("打02162345678找我", "landline", "02162345678"),
    ],
)
def test_a_word_beside_it_tells_what_it_is(text: str, kind: str, value: str) -> None:
    (found,) = find_personal(text)
    assert (found.kind, found.value) == (kind, value)
    assert kind in KINDS


def test_several_in_one_text_are_found_each() -> None:
    text = "13800138000或者13900139000，身份证11010519491231002X，卡6222021380013800"
    assert [one.kind for one in find_personal(text)] == ["phone", "phone", "id_card", "bank_card"]


@pytest.mark.parametrize(
    "text",
    [
        *("12333", "010-12333", "400-820-8820", "4008208820", "800 820 8820", "12345 12356 12333"),
        *("人社部发〔2022〕28号", "2026年11月29日", "2026-11-29 15:30", "13.30-15.00", "第八条"),
        *("13800000000元", "注册资本13800138000.00元", "￥13800138000", "13,800,138,000元"),
        *("GD-ABC234X", "YY-23456AB", "容量 40，今天 15:20 以后", "5000、6000、8000", "95588"),
        *("统一社会信用代码91310000132200821H", "20261129153000", "E12345678", "12345678"),
        *("2025年1月1日至2026年12月31日", "2026-11-29 2026-12-01", "一二三四五六七八九十"),
        *("10086 10010 10000", "月薪3000-5000，13薪", "110105194912310021", "02162345678"),
        "110105194913310021",
    ],
)
def test_what_only_looks_like_one_is_left(text: str) -> None:
    assert find_personal(text) == ()


# ---- any number, in any spelling, in any sentence ----------------------------------------

_TABLES = ["0123456789", "０１２３４５６７８９", "零幺二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"]
_TABLES += ["⓪①②③④⑤⑥⑦⑧⑨", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "洞幺两三四五六拐八勾"]
_digits = st.text("0123456789", min_size=20, max_size=20)
_words = st.text("我的电话是请您打浦东大厅谢谢找工作，。？！约办理《》“”", max_size=12)


def _mobile(digits: str) -> str:
    return "1" + "3456789"[int(digits[0]) % 7] + digits[1:10]


def _identity(digits: str) -> str:
    year, month, day = 1950 + int(digits[:2]) % 60, 1 + int(digits[2]), 1 + int(digits[3:5]) % 28
    body = f"310115{year}{month:02}{day:02}{digits[5:8]}"
    return body + identity_check(body)


def _card(digits: str) -> str:
    body = "62" + digits[: 13 + int(digits[-1]) % 4]
    return body + str(-luhn(body + "0") % 10)


@st.composite
def _spelled(draw: st.DrawFn, number: Callable[[str], str]) -> tuple[str, str]:
    """Return a number as digits, and as somebody may write it."""
    value = number(draw(_digits))
    tables = draw(st.lists(st.sampled_from(_TABLES), min_size=1, max_size=3))
    chars = [char if char == "X" else draw(st.sampled_from(tables))[int(char)] for char in value]
    way = draw(st.sampled_from(["glued", "one by one", "two parts"]))
    gap = draw(st.sampled_from([" ", "-", ".", "·", " - ", "\u3000", "—"]))
    if way == "one by one":
        return value, draw(st.sampled_from([gap, ",", "、", "，"])).join(chars)
    if way == "two parts":
        cut = draw(st.integers(2, len(chars) - 2))
        # Nobody could say of these which of two numbers is meant.
        assume(not find_personal(value[:cut]) and not find_personal(value[cut:]))
        return value, "".join(chars[:cut]) + gap + "".join(chars[cut:])
    return value, "".join(chars)


@pytest.mark.parametrize(
    ("kind", "number"), [("phone", _mobile), ("id_card", _identity), ("bank_card", _card)]
)
@given(data=st.data(), before=_words, after=_words)
def test_any_number_is_found_in_any_spelling(
    kind: str, number: Callable[[str], str], data: st.DataObject, before: str, after: str
) -> None:
    value, written = data.draw(_spelled(number))
    (found,) = find_personal(before + written + after)
    assert (found.kind, found.value) == (kind, value)
    assert (before + written + after)[found.start : found.end] == written


@given(st.text("0123456789", min_size=1, max_size=24), _words, _words)
def test_no_other_number_is_taken(digits: str, before: str, after: str) -> None:
    assume(not (digits[0] == "1" and len(digits) == 11) and len(digits) not in (12, 13, 15))
    assume(not is_identity(digits) and not is_bank_card(digits) and digits[0] != "0")
    assert find_personal(before.replace("电话", "") + digits + after) == ()


@given(st.text())
def test_any_text_is_read_and_spans_hold(text: str) -> None:
    end = 0
    for one in find_personal(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@given(_spelled(_mobile))
def test_what_normalising_makes_of_it_is_found_too(spelled: tuple[str, str]) -> None:
    """Whatever Rasa is given was looked through in the form that it was typed in."""
    value, written = spelled
    assert [one.value for one in find_personal(normalise(written).text)] == [value]
