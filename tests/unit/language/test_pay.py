"""Pay in running text: what people write, what is no pay, and that nothing breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.amounts import read_amount
from language.pay import read_pay

STATED = [
    ("六千以上", 6000, None, "month"),
    ("我想在上海找电工的活，六千以上", 6000, None, "month"),
    ("8000-12000", 8000, 12000, "month"),
    ("月薪八千到一万", 8000, 10000, "month"),
    ("8-10k", 8000, 10000, "month"),
    ("8K～1.2万", 8000, 12000, "month"),
    ("八到一万", 8000, 10000, "month"),
    ("5、6千的活", 5000, 6000, "month"),
    ("四五千块", 4000, 5000, "month"),
    ("1万2", 12000, 12000, "month"),
    ("一万二", 12000, 12000, "month"),
    ("一万二千五", 12500, 12500, "month"),
    ("一万零五百", 10500, 10500, "month"),
    ("六千五", 6500, 6500, "month"),
    ("1w5", 15000, 15000, "month"),
    ("5k", 5000, 5000, "month"),
    ("１２０００以上", 12000, None, "month"),
    ("10,000元", 10000, 10000, "month"),
    ("不低于6000", 6000, None, "month"),
    ("不要低于五千", 5000, None, "month"),
    ("最高1万", None, 10000, "month"),
    ("不要超过8000", None, 8000, "month"),
    ("8000以内", None, 8000, "month"),
    ("底薪3000+提成", 3000, None, "month"),
    ("月入过万", 10000, None, "month"),
    ("工资5千多", 5000, None, "month"),
    ("一个月六千", 6000, 6000, "month"),
    ("六千块一个月", 6000, 6000, "month"),
    ("5000到6000元/月", 5000, 6000, "month"),
    ("现在5000，想找8000以上的", 8000, None, "month"),
    ("离家3公里，工资6000", 6000, 6000, "month"),
    ("日薪200", 4350, 4350, "day"),
    ("200块钱一天", 4350, 4350, "day"),
    ("日结180-220", 3915, 4785, "day"),
    ("一小时25", 4350, 4350, "hour"),
    ("25元/小时", 4350, 4350, "hour"),
    ("年薪10万", 8333, 8333, "year"),
    ("年薪10-15万", 8333, 12500, "year"),
]

NO_PAY = [
    "面议", "工资面议", "月薪", "", "万", "招3人", "两万人的厂", "35岁以下", "20岁", "3年经验",
    "1月5号上午", "12月5日", "2026年", "13812345678", "12333", "一天8小时", "每天工作10小时",
    "离家3公里", "补贴1500元", "押金500", "拖欠工资8000", "13薪", "朝九晚五", "社保断缴3个月",
    "第8000号", "上海找电工", "下午3点", "浦东大厅1000平米",
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high", "unit"), STATED)
def test_stated_pay_is_read(text: str, low: int | None, high: int | None, unit: str) -> None:
    pay = read_pay(text)
    assert pay is not None
    assert (pay.min, pay.max, pay.unit) == (low, high, unit)
    assert pay.converted == (unit != "month")
    assert pay.text == text[pay.start : pay.end]


@pytest.mark.parametrize("text", NO_PAY)
def test_other_numbers_are_no_pay(text: str) -> None:
    assert read_pay(text) is None


def in_chinese(number: int) -> str:
    """Write a number below 100,000 in full, independently of the code under test."""
    digits, words, gap = "零一二三四五六七八九", "", False
    for unit, name in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap and words else "") + digits[digit] + name
            gap = False
        else:
            gap = True
    return words


@given(st.integers(1, 99_999))
def test_numerals_written_in_full_are_read(number: int) -> None:
    amount = read_amount(in_chinese(number))
    assert amount is not None
    assert amount.low == amount.high == number


@given(
    st.integers(15, 990).map(lambda n: n * 100).filter(lambda n: n != 2000),
    st.sampled_from(["{n}元", "月薪{n}", "{n}", "{c}", "{k}k", "{w}万", "工资{c}"]),
    st.sampled_from([("{}以上", True, False), ("不超过{}", False, True), ("{}", True, True)]),
)
def test_every_spelling_reads_as_the_same_pay(
    pay: int, spelling: str, bound: tuple[str, bool, bool]
) -> None:
    written = spelling.format(n=pay, c=in_chinese(pay), k=f"{pay / 1000:g}", w=f"{pay / 10000:g}")
    words, has_min, has_max = bound
    read = read_pay(words.format(written))
    assert read is not None
    assert (read.min, read.max) == (pay if has_min else None, pay if has_max else None)


@given(
    st.text(
        alphabet="0123456789.,-到一二两三五八十百千万零kKwW元块月日年天薪资以上下不超过 /+~多",
        max_size=30,
    )
)
def test_whatever_is_typed_gives_a_sane_answer(text: str) -> None:
    pay = read_pay(text)
    if pay is not None:
        assert pay.min is not None or pay.max is not None
        assert pay.min is None or 0 < pay.min < 10_000_000
        assert pay.min is None or pay.max is None or pay.min <= pay.max
        assert pay.text == text[pay.start : pay.end] != ""


@given(st.text(max_size=40))
def test_any_text_is_survived(text: str) -> None:
    read_pay(text)
