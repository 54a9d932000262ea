"""A list is quoted with the words that lead to it, and they with the list."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answering.citations import LISTED, whole_list
from knowledge.index.views import View

SENTENCES = (
    "第四十五条 失业人员符合下列条件的,领取失业保险金:",
    "(一)缴费满一年的;",
    "(二)非因本人意愿中断就业的;",
    "(三)已经登记并有求职要求的。",
    "其他人员另行规定。",
)


def view_of(sentences: tuple[str, ...]) -> View:
    spans, at = [], 0
    for sentence in sentences:
        spans.append((at, at + len(sentence)))
        at += len(sentence) + 1
    return View(tuple(spans), sentences, "", np.zeros((len(sentences), 1), dtype=np.float32))


def quoted(first: int, last: int, sentences: tuple[str, ...] = SENTENCES) -> str:
    view = view_of(sentences)
    start, end = whole_list(view, view.spans[first][0], view.spans[last][1])
    return "\n".join(sentences)[start:end]


def test_what_leads_to_a_list_is_followed_by_it() -> None:
    assert quoted(0, 0).endswith(SENTENCES[-1])


def test_an_item_is_told_with_its_lead() -> None:
    assert quoted(2, 2) == "\n".join(SENTENCES[:3])


def test_what_stands_alone_stays_as_it_is() -> None:
    assert quoted(4, 4) == SENTENCES[4]


def test_a_list_too_long_is_quoted_as_far_as_there_is_room() -> None:
    long = (SENTENCES[0], *(f"({'一二三'[n]}){'长' * 180};" for n in range(3)))
    said = quoted(0, 0, long)
    assert said.startswith(SENTENCES[0])
    assert 200 < len(said) <= LISTED


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8), st.data())
def test_nothing_is_lost(sentences: list[str], data: st.DataObject) -> None:
    view = view_of(tuple(sentences))
    first = data.draw(st.integers(0, len(sentences) - 1))
    last = data.draw(st.integers(first, len(sentences) - 1))
    start, end = view.spans[first][0], view.spans[last][1]
    begin, stop = whole_list(view, start, end)
    assert begin <= start
    assert stop >= end
    assert stop - begin <= max(LISTED, end - start)
