"""Words of dialects are said in Mandarin; Mandarin stays as it is."""

import pytest

from language.mandarin import in_mandarin
from language.terms import normalise


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("失业金一個月攞几多钱", "失业金一个月领取多少钱"),
        ("去边度申请", "去哪里申请"),
        ("试用期系咪要買社保", "试用期是不是要买社保"),
        ("嗰份合同几耐先到期", "那份合同多久先到期"),
        ("请病假老细唔出粮得唔得", "请病假老板不发工资行不行"),
        ("加班费咋个算嘛", "加班费怎么算嘛"),
        ("办这个要好多钱", "办这个要多少钱"),
    ],
)
def test_dialect_is_said_in_mandarin(said: str, meant: str) -> None:
    assert in_mandarin(normalise(said)) == meant


@pytest.mark.parametrize(
    "question",
    [
        "劳动关系由哪个部门仲裁",
        "人工审核要几个工作日",
        "成年残疾人怎么申请",
        "返乡创业补贴标准",
        "那边的办事大厅几点开门",
        "好多公司都这样吗",
    ],
)
def test_mandarin_stays_as_it_is(question: str) -> None:
    assert in_mandarin(normalise(question)) == question
