"""How evasive spelling is read, and that every character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.vetting.reader import read
from actions.vetting.vetter import Ad, vet

HIDDEN = [
    ("仅限侽生，铝生不考虑", "仅限男生,女生不考虑"),
    ("yi婚yi育", "已婚已育"),
    ("①⑧～③⑤周岁", "18~35周岁"),
    ("ｙａ金３００", "押金300"),
    ("先交押 金199", "先交押金199"),
    ("颜 值 高", "颜值高"),
    ("湖.北身-份-证", "湖北身份证"),
    ("彝zu", "彝族"),
    ("信j督的", "信基督的"),
    ("做s单、涮信誉", "做刷单、刷信誉"),
    ("發展下*線", "发展下线"),
    ("yin行卡连同密马", "银行卡连同密码"),
    ("sfz押着", "身份证押着"),
    ("3 5 岁以下", "35岁以下"),
    ("年龄 18 - 35 岁", "年龄18-35岁"),
    ("1\ufe0f\u20e38\ufe0f\u20e3岁", "18岁"),
]
PLAIN = [
    "包吃住 月薪6000 双休",
    "Java 开发工程师，3 年以上",
    "培训带薪，体检非必须",
    "负责现场命名、归档，这份正式合同",
    "C1驾照，会用PS、Excel",
    "博采众长，陪久一点",
]


@pytest.mark.parametrize(("typed", "plain"), HIDDEN)
def test_hidden_words_are_read(typed: str, plain: str) -> None:
    assert read(typed).plain == plain


@pytest.mark.parametrize("typed", PLAIN)
def test_what_hides_nothing_stays(typed: str) -> None:
    assert read(typed).plain == typed.replace("，", ",").lower()


PIECES = [
    "押 金",
    "yi婚",
    "限 女",
    "身.份.证",
    "①⑧岁",
    "，",
    "。",
    " ",
    "ABC",
    "dian资",
    "乾",
    "\u200b",
    "😀",
    "体重不过佰",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=60))
def test_spans_are_of_the_text_as_typed(text: str) -> None:
    known = read(text)
    if known.starts is not None and known.ends is not None:
        assert len(known.starts) == len(known.ends) == len(known.plain)
        assert all(a < b for a, b in zip(known.starts, known.ends, strict=True))
        assert list(known.starts) == sorted(known.starts)
    else:
        assert len(known.plain) == len(text)
    for each in vet(Ad(text)).findings:
        assert text[each.start : each.end] == each.span
