"""What a question is taken apart into, and how far a text covers it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.coverage import Coverage
from knowledge.answering.lexicon import holds_number, lexicon
from knowledge.answering.query import read_day, read_query
from language.terms import normalise, terms


def _covered(question: str, text: str) -> float:
    query = read_query(question, lambda term: 1.0)
    coverage = Coverage(query)
    return coverage.share(coverage.profile(frozenset(terms(normalise(text)))))


def test_terms_are_characters_pairs_words_and_numbers() -> None:
    found = terms(normalise("招聘會，QQ ２００人"))
    # 会 alone is a stop character; a pair never crosses punctuation.
    assert found == ["招", "聘", "招聘", "聘会", "qq", "200", "人"]


def test_the_lexicon_is_sound() -> None:
    words = lexicon()
    assert len(words.say) > 40
    assert all(official for official in words.say.values())
    assert words.asks_number("失业金多少钱一个月")
    assert not words.asks_number("招聘信息要审核什么")
    assert words.without_question_words("能不能预约吗").strip() == "预约"
    assert words.spoken("去大厅办事")[0][:2] == (1, 3)
    # A number that is told, not asked for.
    assert not words.asks_number("老板欠了我好几个月工资")
    assert not words.asks_number("试用期干了一个月零几天就叫我走")
    assert words.asks_number("办这个要几个月")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("每场不超过200人", True),
        ("三个月内", True),
        ("每周一报", False),
        ("及时办理", False),
        ("仲裁不收费", True),
    ],
)
def test_numbers_in_a_sentence(text: str, number: bool) -> None:
    assert holds_number(text) is number


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("2019年的时候妇女权益保障法怎么规定", date(2019, 12, 28)),
        ("2020年6月那时招聘会能办吗", date(2020, 6, 28)),
        ("2018年的规定是什么", date(2018, 12, 28)),
        ("2018年的妇女权益保障法怎么说招聘", date(2018, 12, 28)),
        ("2018年时的法律怎么说", date(2018, 12, 28)),
        ("2020年的法院判决", None),
        ("2020年48号文说了什么", None),
        ("我是2022年毕业生能领补贴吗", None),
        ("现在招聘会能办吗", None),
    ],
)
def test_a_question_about_then_is_told_from_a_year_in_it(question: str, day: date | None) -> None:
    assert read_day(normalise(question)) == day


def test_a_place_is_no_matter_of_the_question() -> None:
    query = read_query("上海浦东的大厅能预约吗", lambda term: 1.0)
    assert query.place == "310115"
    assert "上海" not in query.matter
    assert not any("上" in slot.single for slot in query.slots)


def test_colloquial_words_are_covered_by_the_official_ones() -> None:
    question = "老板炒鱿鱼"
    assert _covered(question, "用人单位解除劳动合同") > _covered(question, "组织线上招聘会")


@given(question=st.text(max_size=40), text=st.text(max_size=80))
def test_coverage_is_a_share(question: str, text: str) -> None:
    assert 0 <= _covered(question, text) <= 1 + 1e-9


@given(text=st.text(alphabet="招聘企业工种", min_size=2, max_size=20))
def test_a_text_covers_its_own_question(text: str) -> None:
    assert _covered(text, text) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("没签合同赔两倍是第几条", True),
        ("这是哪部法说的", True),
        ("合同第几次续签要给长期的", False),
    ],
)
def test_who_asks_for_an_article_is_told_from_who_does_not(question: str, wanted: bool) -> None:
    assert read_query(question, lambda term: 1.0).wants_article is wanted


def test_a_passing_occasion_is_named_by_its_own_words() -> None:
    query = read_query("疫情时候招聘会能办吗", lambda term: 1.0)
    assert query.is_about("疫情防控期间")
    assert not read_query("试用期间能辞退吗", lambda term: 1.0).is_about("疫情防控期间")


def test_a_text_is_off_the_subject_that_the_library_knows() -> None:
    rare = {"贷款": 8.0, "利息": 8.0, "": 10.0}
    query = read_query("公积金贷款利息", lambda term: rare.get(term, 2.0))
    coverage = Coverage(query)
    same, other = "公积金贷款利息按年计", "公积金缴存比例不低于百分之五"
    assert coverage.off_subject(coverage.profile(same)) == pytest.approx(0.0)
    assert coverage.off_subject(coverage.profile(other)) > 0.5
    assert coverage.unknown() == 0.0
