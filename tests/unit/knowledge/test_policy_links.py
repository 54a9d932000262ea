"""Which document supersedes or carries out which; the same whatever the order."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents.identity import family_of, same_document
from knowledge.documents.links import Linked, Stated, stated_links

OLD = Linked(
    "a", "statute", "妇女权益保障法", "", "100000", "妇女权益保障法", date(2018, 10, 26), None
)
NEW = replace(OLD, id="b", issued_on=date(2022, 10, 30), effective_on=date(2023, 1, 1))
LOCAL = Linked(
    "c",
    "statute",
    "云南省实施《中华人民共和国妇女权益保障法》办法",
    "",
    "530000",
    "云南省实施妇女权益保障法办法",
    date(2010, 3, 26),
    None,
)
FIRST = Linked(
    "d", "notice", "关于办好招聘会的通知", "沪人社〔2010〕5号", "310000", "", date(2010, 1, 1), None
)
SECOND = Linked(
    "e",
    "notice",
    "关于进一步办好招聘会的通知",
    "沪人社〔2020〕6号",
    "310000",
    "",
    date(2020, 1, 1),
    None,
    replaces=("关于办好招聘会的通知",),
    opening="为了办好招聘会，按照人社厅明电〔2020〕11号的要求，现通知如下",
)
MINISTRY = Linked(
    "f",
    "notice",
    "关于做好招聘的通知",
    "人社厅明电〔2020〕11号",
    "100000",
    "",
    date(2019, 12, 1),
    None,
)
ALL = (OLD, NEW, LOCAL, FIRST, SECOND, MINISTRY)
EXPECTED = {
    Stated("b", "a", "supersedes", "title"),
    Stated("c", "b", "implements", "title"),
    Stated("e", "d", "supersedes", "text"),
    Stated("e", "f", "implements", "text"),
}


@given(st.permutations(ALL))
def test_the_order_makes_no_difference(documents: list[Linked]) -> None:
    assert stated_links(documents) == EXPECTED


@given(st.sets(st.sampled_from(ALL)))
def test_nothing_is_linked_to_what_is_not_there(documents: set[Linked]) -> None:
    ids = {one.id for one in documents}
    for link in stated_links(list(documents)):
        assert {link.document_id, link.other_id} <= ids
        assert link.document_id != link.other_id


def test_three_versions_follow_each_other() -> None:
    middle = replace(OLD, id="m", issued_on=date(2020, 1, 1))
    links = stated_links([NEW, OLD, middle])
    assert links == {
        Stated("m", "a", "supersedes", "title"),
        Stated("b", "m", "supersedes", "title"),
    }


def test_a_citys_notice_cannot_repeal_a_ministrys_nor_a_later_one() -> None:
    bold = replace(SECOND, replaces=("人社厅明电〔2020〕11号", "沪人社〔2030〕7号"), opening="")
    later = replace(FIRST, id="g", doc_no="沪人社〔2030〕7号", issued_on=date(2030, 1, 1))
    assert stated_links([bold, MINISTRY, later]) == set()


def test_an_amended_statute_holds_from_its_amendment() -> None:
    amended = replace(NEW, effective_on=date(1992, 10, 1))
    assert amended.holds_from == date(2022, 10, 30)
    assert NEW.holds_from == date(2023, 1, 1)


def test_versions_of_a_statute_share_their_family() -> None:
    names = ("中华人民共和国就业促进法", "就业促进法（2015年修正）", "就業促進法")
    assert {family_of("statute", name) for name in names} == {"就业促进法"}
    assert family_of("notice", "就业促进法") == ""


def test_a_statute_of_another_day_is_another_document() -> None:
    one = _particulars("statute", date(2018, 1, 1))
    assert same_document(one, _particulars("statute", date(2018, 1, 1)))
    assert not same_document(one, _particulars("statute", date(2022, 1, 1)))


def _particulars(kind: str, issued_on: date) -> "_Particulars":
    return _Particulars(kind, issued_on)


class _Particulars:
    title, doc_no, issuer, region, family = "就业促进法", "主席令第1号", "", "100000", "就业促进法"

    def __init__(self, kind: str, issued_on: date | None) -> None:
        self.kind = kind
        self.issued_on = issued_on


def test_versions_follow_each_other_by_their_own_days_not_by_the_days_of_force() -> None:
    """Of an amended statute a print names the first version's day of force, another the last's."""
    old = replace(OLD, effective_on=date(2024, 1, 1))
    new = replace(NEW, effective_on=None)
    assert stated_links([old, new]) == {Stated("b", "a", "supersedes", "title")}
