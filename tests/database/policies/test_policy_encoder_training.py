"""The training of the encoder: its parts against plain counterparts, and that it learns."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.training import data
from knowledge.training.corpus import Corpus, Sparse, best_rows
from knowledge.training.data import Article, Question, read_citations, siblings
from knowledge.training.examples import Asked, Cloze, Spread, decoys_of
from knowledge.training.initial import choose_vocabulary, start
from knowledge.training.learner import Learner, Recipe
from knowledge.training.measure import by_rank, figures, fused, rank_of, table
from knowledge.training.splits import TEST_SHARE, fold, is_held_out
from knowledge.training.train import Material, Training
from language.encoder.ngrams import grams

PASSAGES = [
    "用人单位应当按照劳动合同约定，及时足额支付劳动报酬。",
    "劳动者在试用期内提前三日通知用人单位，可以解除劳动合同。",
    "失业人员应当持证明，到指定机构办理失业登记，领取失业保险金。",
    "职工因工作遭受事故伤害，进行治疗，享受工伤医疗待遇。",
    "用人单位应当依法安排劳动者休假，并支付休假期间的工资。",
    "经办机构应当公布服务时间，接受预约办理。",
    "现场招聘活动应当控制人数，分批入场。",
    "培训机构可以开展线上培训，并按规定申请补贴。",
]
ASKED = {
    "老板拖着钱不发": 0,
    "刚来几天不想干了": 1,
    "没活干了去哪领钱": 2,
    "干活摔了谁管": 3,
    "歇班给不给钱": 4,
    "去之前先约吗": 5,
    "摆摊招人行吗": 6,
    "上网课有钱拿吗": 7,
}
any_text = st.text(alphabet="劳动合同解除，。 a1２會招聘", max_size=30)


@pytest.fixture(scope="module")
def material() -> Material:
    corpus = Corpus()
    for passage in PASSAGES:
        corpus.add(passage, "劳动法")
    stard = [
        Question(str(number), text, (PASSAGES[row],))
        for number, (text, row) in enumerate(ASKED.items())
    ]
    return Material(corpus, stard, [], [], [], [], [])


@given(text=any_text)
def test_a_spread_text_has_the_n_grams_of_the_text(text: str) -> None:
    rows = {
        gram: row for row, gram in enumerate(dict.fromkeys(grams("劳动合同解除会招聘a1a1 2 a")))
    }
    expected = sorted(rows[gram] for gram in grams(text) if gram in rows)
    assert sorted(Spread(text, rows).part().tolist()) == expected


@given(text=any_text)
def test_clauses_tile_the_text(text: str) -> None:
    spread = Spread(text, {})
    assert "".join(spread.text[start:end] for start, end in spread.clauses()) == spread.text


def test_a_passage_that_differs_in_white_space_only_is_one() -> None:
    corpus = Corpus()
    assert corpus.add("第一款 内容\n第二款") == corpus.add("第一款内容 第二款", "劳动法") == 0
    assert corpus.names == ["劳动法"]
    assert corpus.answers([Question("1", "问", ("第一款内容第二款", "新的"))]) == [[0, 1]]


def test_sparse_finds_the_passage_with_the_words() -> None:
    sparse = Sparse(PASSAGES)
    scores = sparse.scores("失业登记去哪里办")
    assert best_rows(scores, 3)[0] == 2
    assert (sparse.scores("ⓧ") == 0).all()
    boosted = sparse.scores("失业登记去哪里办", [("工伤", 0.5)])
    assert np.allclose(boosted, scores + 0.5 * sparse.scores("工伤"))


def test_decoys_are_no_answers_and_no_other_wording_of_one() -> None:
    corpus = Corpus()
    for passage in (PASSAGES[0], PASSAGES[0].replace("及时", "按时"), PASSAGES[3]):
        corpus.add(passage)
    assert decoys_of([0], [0, 1, 2], corpus) == [2]


def test_a_passage_that_answers_too_is_no_counter_example() -> None:
    bags = [np.array([row]) for row in range(3)]
    asked = Asked(bags, [[0, 1], [1], [2]], [[2], [], [0]], bags.__getitem__)
    (batch,) = asked.batches(3, 1, np.random.default_rng(0))
    columns = [int(passage[0]) for passage in batch.passages]
    for question, also in zip(batch.questions, batch.also, strict=True):
        answers = asked.answers[int(question[0])]
        others = [column in answers for column in columns]
        others[[int(q[0]) for q in batch.questions].index(int(question[0]))] = False
        assert also.tolist() == others


def test_cloze_asks_with_a_part_and_leaves_it_out_of_the_rest(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    for share in ("KEPT", "NAMED", "WRAPPED"):
        monkeypatch.setattr(Cloze, share, 0.0)
    rows = {gram: row for row, gram in enumerate(choose_vocabulary(PASSAGES, PASSAGES * 2, 999))}
    cloze = Cloze(material.corpus, rows, 4, np.random.default_rng(0))
    batch = next(cloze.batches())
    whole = [sorted(cloze.whole(row)) for row in range(len(PASSAGES))]
    for question, passage in zip(batch.questions, batch.passages, strict=True):
        both = sorted([*question, *passage])
        # A pair across the cut is in neither part: at most one on each side.
        assert any(set(both) <= set(text) and len(text) - len(both) <= 2 for text in whole)


def test_training_learns_what_words_do_not_tell(material: Material) -> None:
    recipe = Recipe(
        dimensions=8, cloze_passes=2, passes=40, cloze_size=4, size=8, hard=0, cloze_share=0
    )
    first = start(PASSAGES * 8, list(ASKED) * 2, 999, recipe.dimensions, recipe.seed)
    training = Training(material, first, recipe)
    assert _found(training) < 5
    said: list[str] = []
    training.learn_cloze(said.append)
    training.learn_questions(material.stard, said.append)
    assert _found(training) == len(ASKED)
    assert said[-1].startswith("questions 40/40")


def _found(training: Training) -> int:
    module = training.module()
    nearest = (module.vectors(list(ASKED)) @ module.vectors(PASSAGES).T).argmax(axis=1)
    return int((nearest == list(ASKED.values())).sum())


def test_only_rows_in_use_are_changed(material: Material) -> None:
    first = start(PASSAGES * 8, list(ASKED) * 2, 999, 8, 0)
    learner = Learner(first, Recipe(dimensions=8, dropout=0.0))
    before = learner.result()
    rows = {gram: row for row, gram in enumerate(first.vocabulary)}
    bags = [Spread(text, rows).part() for text in PASSAGES[:2]]
    (batch,) = Asked(bags, [[0], [1]], [[], []], bags.__getitem__).batches(
        2, 0, np.random.default_rng(0)
    )
    learner.step(batch, 1.0)
    changed = np.flatnonzero((learner.result() != before).any(axis=1))
    assert set(changed) == set(np.concatenate(bags))


@given(scores=st.lists(st.integers(0, 3), min_size=1, max_size=8), answer=st.integers(0, 7))
def test_rank_is_the_place_in_a_stable_sort(scores: list[int], answer: int) -> None:
    row = answer % len(scores)
    order = sorted(range(len(scores)), key=lambda at: (-scores[at], at))
    assert rank_of(np.array(scores, dtype=np.float32), [row]) == order.index(row) + 1


def test_figures_and_fusions() -> None:
    assert figures(np.array([1, 2, 6, 40])) == pytest.approx(
        {"hit@1": 0.25, "hit@5": 0.5, "hit@10": 0.75, "mrr@10": (1 + 1 / 2 + 1 / 6) / 4}
    )
    sparse, cosines = np.array([4.0, 2.0, 0.0]), np.array([0.1, 0.9, 0.2])
    assert fused(sparse, cosines, 2.0) == pytest.approx([1.2, 2.3, 0.4])
    assert by_rank(sparse, cosines).argmax() == 1
    text = table("t", {"one": np.array([1, 9]), "two": np.array([1, 2])})
    assert "| two | 0.500 | 1.000 | 1.000 | 0.750 | +0.500 (" in text


def test_the_split_depends_on_the_id_alone() -> None:
    questions = [Question(str(number), "", ()) for number in range(2_000)]
    share = 100 * sum(map(is_held_out, questions)) / len(questions)
    assert abs(share - TEST_SHARE) < 3
    assert is_held_out(Question("229", "甲", ())) == is_held_out(Question("229", "乙", ()))
    assert {fold(question, 3) for question in questions} == {0, 1, 2}


def test_citations_lead_to_the_article_named() -> None:
    articles = [
        Article("劳动法(2018-12-29)", "第三条", "劳动者享有平等就业的权利。"),
        Article("实施办法", "第五条", "违反《中华人民共和国劳动法》第三条的，责令改正。"),
        Article("实施办法", "第六条", "违反本办法第五条的，处以罚款；劳动法第九条另有规定的除外。"),
    ]
    found = read_citations(articles)
    assert [(asked.text, asked.answers) for asked in found] == [
        (articles[1].text, (articles[0].text,)),
        (articles[2].text, (articles[1].text,)),
    ]


def test_questions_with_the_same_answer_are_siblings() -> None:
    questions = [
        Question("1", "甲", ("答",)),
        Question("2", "乙", ("答",)),
        Question("3", "丙", ()),
    ]
    assert [(asked.text, asked.answers) for asked in siblings(questions)] == [
        ("甲", ("乙",)),
        ("乙", ("甲",)),
    ]


@pytest.mark.shared
def test_all_data_are_read_and_every_pair_and_ask_finds_its_passage(shared: Path) -> None:
    articles = data.read_articles(shared / "data")
    assert len(articles) > 60_000
    assert len(data.read_stard(shared / "data")) == 1_234
    assert len(data.read_comprehension(shared / "data")) == 7_017 + 1_002
    assert len(data.read_pairs(articles)) > 900
    assert len(data.read_sample_questions(shared / "policies")) > 1_000
