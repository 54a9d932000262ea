"""Finding documents in the list."""

from dataclasses import dataclass

import pytest

from bot.web.policies.catalogue import PAGE, Filter, choices, entry, matching, page_of, pages


@dataclass(frozen=True)
class Document:
    title: str
    doc_no: str = ""
    issuer: str = ""
    region: str = "100000"
    region_name: str = "全国"
    kind: str = "notice"
    validity: str = "in_force"


FAIRS = Document(
    "关于暂停现场招聘会的通知", "沪人社就〔2020〕48号", "某市人社局", "310000", "上海市"
)
LAW = Document("劳动合同法", kind="statute")
OLD = Document("旧规定", validity="lapsed")
ALL = [FAIRS, LAW, OLD]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(), ALL),
        (Filter("招聘会"), [FAIRS]),
        (Filter("招聘会 上海"), [FAIRS]),
        (Filter("招聘会 北京"), []),
        (Filter("沪人社就[2020]48号"), [FAIRS]),
        (Filter("沪人社就（２０２０）48號"), [FAIRS]),
        (Filter("勞動合同"), [LAW]),
        (Filter("  "), ALL),
        (Filter(region="310000"), [FAIRS]),
        (Filter(kind="statute"), [LAW]),
        (Filter(validity="lapsed"), [OLD]),
        (Filter("规定", validity="in_force"), []),
        (Filter(region="<script>"), []),
    ],
)
def test_what_fits_is_found(chosen: Filter, found: list[Document]) -> None:
    assert matching(map(entry, ALL), chosen) == found


def test_only_what_occurs_can_be_chosen() -> None:
    offered = choices(ALL)
    assert [choice.value for choice in offered.regions] == ["100000", "310000"]
    assert [choice.value for choice in offered.kinds] == ["notice", "statute"]
    assert [choice.value for choice in offered.validities] == ["in_force", "lapsed"]


def test_pages() -> None:
    many = [Document(str(number)) for number in range(PAGE + 1)]
    assert pages(0) == pages(PAGE) == 1
    assert pages(len(many)) == 2
    assert [*page_of(many, 1), *page_of(many, 2)] == many


def test_another_page_keeps_the_wish() -> None:
    chosen = Filter(" 招聘 会&", region="310000")
    assert chosen.address(2) == "/policies?q=%E6%8B%9B%E8%81%98+%E4%BC%9A%26&region=310000&page=2"
    assert Filter().address(1) == "/policies"
