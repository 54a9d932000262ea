"""Names found in running text: the longest, never two over each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.components.spans import NameFinder
from tests.support.training_data import finder

FINDER = finder()


def found(text: str) -> list[tuple[str, str]]:
    return [(span.name, text[span.start : span.end]) for span in FINDER.find(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("我想在上海找电工的活，六千以上", [("place", "上海"), ("trade", "电工")]),
        ("帮我约明天上午办失业登记", [("business", "失业登记")]),
        ("浦东新区的厂", [("place", "浦东新区")]),
        ("浦东大厅人多吗", [("hall", "浦东大厅"), ("place", "浦东")]),
        (
            "五华区公共就业服务中心",
            [("hall", "五华区公共就业服务中心"), ("place", "五华区")],
        ),
        ("大厅人多不多", []),
        ("上海南站附近", [("place", "上海")]),
        ("就业失业登记证怎么办", [("business", "就业失业登记证")]),
        ("转人工客服", []),
        ("找个客服的工作", [("trade", "客服")]),
        ("叉车司机", [("trade", "叉车司机")]),
        ("想招服务员", [("trade", "服务员")]),
        ("会JAVA", [("trade", "JAVA")]),
        ("javascript", []),
        ("和平路", []),
        ("", []),
    ],
)
def test_what_is_found(text: str, spans: list[tuple[str, str]]) -> None:
    assert found(text) == spans
    assert all(span.end <= len(text) for span in FINDER.find(text))


def test_lists_that_only_hide_or_compose_are_not_reported() -> None:
    lists = {"trade": ["客服"], "plain": ["人工客服"], "kind": ["大厅"], "place": ["浦东"]}
    names = NameFinder(lists, {"hall": ["place", "kind"]})
    assert [span.name for span in names.find("人工客服在浦东大厅和大厅")] == ["hall", "place"]


@given(st.text(st.sampled_from("浦东新区上海大厅服务中心电焊工会计失业登记证A1 "), max_size=25))
def test_spans_of_one_kind_never_overlap(text: str) -> None:
    spans = FINDER.find(text)
    for at, span in enumerate(spans):
        assert 0 <= span.start < span.end <= len(text)
        for other in spans[at + 1 :]:
            assert not span.overlaps(other) or {span.name, other.name} == {"hall", "place"}


@given(st.lists(st.text("ABC", min_size=1, max_size=4), max_size=8), st.text("ABC", max_size=12))
def test_every_occurrence_is_found_or_overlapped_by_a_longer_one(
    entries: list[str], text: str
) -> None:
    # Chinese letters: Latin ones would be held back at word boundaries.
    table = str.maketrans("ABC", "甲乙丙")
    entries, text = [entry.translate(table) for entry in entries], text.translate(table)
    spans = NameFinder({"name": entries}, {}).find(text)
    for entry in entries:
        for start in range(len(text) - len(entry) + 1):
            if text.startswith(entry, start):
                covering = [s for s in spans if s.start < start + len(entry) and start < s.end]
                assert covering
                assert max(len(span) for span in covering) >= len(entry)
