"""Words of dialects are read as everybody's, in their place, and nothing else is touched."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import dialects
from language.dialects import rewritings, standardised
from language.text import normalise

READ = (
    ("深圳有冇保安嘅工", "深圳有没有保安的工"),
    ("我唔要夜更", "我不要夜班"),
    ("听日下昼得唔得", "明天下午行不行"),
    ("人工几多，出粮准唔准时", "工资多少，发工资准不准时"),
    ("侬好，后日下半天有空伐", "你好，后天下午有空吗"),
    ("阿拉厂里工钿几钿", "我们厂里工资多少钱"),
    ("俺明儿个后晌去，中不中", "我明天下午去，行不行"),
    ("这是弄啥嘞", "这是做什么的"),
    ("帮我看哈嘛，莫得合适的", "帮我看一下嘛，没有合适的"),
    ("啷个办嘛我晓不得", "怎么办嘛我不知道"),
    ("有木有程序猿的活", "有没有程序员的活"),
    ("办就业登记 this Friday morning", "办就业登记 这周五 上午"),
    ("公司写了non-compete，legal吗", "公司写了竞业限制，合法吗"),
    ("要等好久才办得成", "要等多久才办得成"),
    ("不好意思，中，就这个", "不好意思，中，就这个"),
)
ALIKE = (
    "中国银行浦东中心在哪里",
    "联系方式和关系转移怎么办",
    "哈哈哈看哈哈镜",
    "转人工",
    "今日头条怎么下载",
    "寻找工作人员",
    "伊犁有没有工作",
    "得到补贴要多久",
    "系统登录不了",
    "工资高的那个",
    "特殊工种提前退休",
    "返工三次还不给钱",
)


@pytest.mark.parametrize(("said", "standard"), READ)
def test_a_dialect_is_read_in_standard_words(said: str, standard: str) -> None:
    assert standardised(said) == standard


@pytest.mark.parametrize("text", ALIKE)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert standardised(text) == text


@given(st.lists(st.sampled_from([*(said for said, _ in READ), *ALIKE, "，", "！"]), max_size=6))
def test_standard_words_stay_and_the_rest_is_in_its_place(parts: list[str]) -> None:
    text = "".join(parts)
    found = list(rewritings(text))
    assert all(one.start < one.end <= other.start for one, other in pairwise(found))
    read = normalise(text)
    assert len(read.text) == len(read.origins) == len(read.ends)
    assert list(read.origins) == sorted(read.origins)
    for each in found:
        assert text[each.start : each.end] != each.standard
        at = read.origins.index(each.start)
        assert read.text[at : at + len(each.standard)] == each.standard
        assert read.span_as_typed(at, at + len(each.standard)) == (each.start, each.end)


@given(st.text(alphabet="唔嘅系有冇哩嘞侬阿拉俺啥哈嘛莫得#3号活工 ，an啷个晓CVcvOTot", max_size=30))
def test_the_quick_scan_finds_what_one_pattern_of_all_shapes_would(text: str) -> None:
    rows = [row for row in dialects._rows() if row[1].sure]
    whole = re.compile("|".join(f"(?P<w{n}>{shape})" for n, (shape, _) in enumerate(rows)))
    quick = dialects._of(frozenset(), only_sure=True)
    assert [(match.span(), word) for match, word in quick.found(text)] == [
        (match.span(), rows[int(str(match.lastgroup)[1:])][1]) for match in whole.finditer(text)
    ]
