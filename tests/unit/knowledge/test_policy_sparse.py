"""Our way of building BM25 beside the library's own: the same scores."""

from pathlib import Path

import bm25s
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.index import sparse
from language.terms import normalise, terms

TEXTS = (
    "经办大厅实行预约办理，减少排队。",
    "企业招聘不得限制性别和年龄。",
    "缺工企业可以和富余员工的企业调剂用工。",
    "预约以后按时段到经办大厅取号。",
    "",
)
words = st.lists(st.sampled_from(["预约", "大厅", "招", "工", "2024"]), max_size=12)


@given(corpus=st.lists(words, min_size=1, max_size=12), question=words)
def test_scores_are_those_of_the_library(
    corpus: list[list[str]], question: list[str], tmp_path_factory: object
) -> None:
    folder = _fresh(tmp_path_factory)
    sparse.build(corpus, folder)
    ours = sparse.load(folder)
    known = [term for term in question if ours.frequency(term)]
    expected = np.zeros(len(corpus), dtype=np.float32)
    if known:
        theirs = bm25s.BM25(method="lucene", k1=sparse.K1, b=sparse.B)
        theirs.index([text or ["-"] for text in corpus], show_progress=False)
        # Empty texts count with length one there: compare where there are none.
        if all(corpus):
            rare = [t for t in known if ours.frequency(t) <= sparse.COMMON * len(corpus)]
            expected = theirs.get_scores(rare or known)
            np.testing.assert_allclose(ours.scores(question), expected, rtol=1e-5)
    else:
        np.testing.assert_array_equal(ours.scores(question), expected)


def test_best_are_those_of_a_full_sort(tmp_path: Path) -> None:
    sparse.build([terms(normalise(text)) for text in TEXTS], tmp_path)
    index = sparse.load(tmp_path)
    scores = index.scores(terms("预约大厅取号"))
    every = [int(row) for row in np.argsort(-scores, kind="stable") if scores[row] > 0]
    assert every[0] == 3
    for count in range(1, 7):
        assert index.best(scores, count) == every[:count]


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    sparse.build([], tmp_path)
    index = sparse.load(tmp_path)
    assert len(index) == 0
    assert index.best(index.scores(["预约"]), 3) == []
    assert index.frequency("预约") == 0


def test_a_rarer_term_weighs_more(tmp_path: Path) -> None:
    sparse.build([terms(text) for text in TEXTS], tmp_path)
    index = sparse.load(tmp_path)
    assert index.rarity("取号") > index.rarity("大厅") > 0


def _fresh(factory: object) -> Path:
    folder: Path = factory.mktemp("sparse")  # type: ignore[attr-defined]
    return folder
