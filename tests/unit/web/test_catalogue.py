"""Finding documents in the list."""

from dataclasses import dataclass

import pytest

from bot.web.policies.catalogue import PAGE, Wish, choices, entry, find, page_of, pages


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
    ("wish", "found"),
    [
        (Wish(), ALL),
        (Wish("招聘会"), [FAIRS]),
        (Wish("招聘会 上海"), [FAIRS]),
        (Wish("招聘会 北京"), []),
        (Wish("沪人社就[2020]48号"), [FAIRS]),
        (Wish("沪人社就（２０２０）48號"), [FAIRS]),
        (Wish("勞動合同"), [LAW]),
        (Wish("  "), ALL),
        (Wish(region="310000"), [FAIRS]),
        (Wish(kind="statute"), [LAW]),
        (Wish(validity="lapsed"), [OLD]),
        (Wish("规定", validity="in_force"), []),
        (Wish(region="<script>"), []),
    ],
)
def test_what_fits_is_found(wish: Wish, found: list[Document]) -> None:
    assert find(map(entry, ALL), wish) == found


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
    wish = Wish(" 招聘 会&", region="310000")
    assert wish.address(2) == "/policies?q=%E6%8B%9B%E8%81%98+%E4%BC%9A%26&region=310000&page=2"
    assert Wish().address(1) == "/policies"
