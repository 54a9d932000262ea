"""The encoder that ships, and any other: loaded for real, the fast path against the library's."""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.encoder import loading as module
from language.encoder.loading import (
    SHIPPED,
    Encoder,
    EncoderUnavailable,
    LibraryEncoder,
    ShippedEncoder,
    encoder_identity,
    load_encoder,
    load_reranker,
)

TEXTS = [
    "现场招聘会暂停举办，改到线上。",
    "到经办大厅办理业务可以预约。",
    "企业之间可以互相借用员工。",
    "用人单位应当自用工之日起三十日内为其职工申请办理社会保险登记。",
    "在窗口 办ID卡 要带 2 张照片",
]
MAX_MODEL_BYTES = 20_000_000
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"劳动合同社会保险招聘预约查询："]


@pytest.fixture(scope="module")
def shipped() -> ShippedEncoder:
    encoder = load_encoder("")
    assert isinstance(encoder, ShippedEncoder)
    return encoder


@pytest.fixture(scope="module")
def library_way(shipped: ShippedEncoder) -> Encoder:
    """The same model through ``SentenceTransformer.encode``."""
    return LibraryEncoder(shipped._model)


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Make a BERT of one layer in a folder, as ``transformers`` saves it."""
    from transformers import (
        BertConfig,
        BertForSequenceClassification,
        BertTokenizerFast,
        set_seed,
    )

    def make(labels: int) -> Path:
        folder = tmp_path_factory.mktemp("bert")
        (folder / "vocab.txt").write_text("\n".join(VOCABULARY), "utf-8")
        set_seed(1)
        shape = BertConfig(
            vocab_size=len(VOCABULARY),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=64,
            num_labels=labels,
            initializer_range=0.5,
        )
        BertForSequenceClassification(shape).save_pretrained(folder)
        BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
        return folder

    return make


def test_vectors_are_of_length_one_and_repeatable(shipped: ShippedEncoder) -> None:
    vectors = shipped.passages(TEXTS)
    assert vectors.shape == (len(TEXTS), shipped.dimensions)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(shipped.passages(TEXTS), vectors)
    assert np.array_equal(shipped.queries([TEXTS[1]])[0], vectors[1])
    assert np.array_equal(shipped.queries(TEXTS), vectors)
    assert shipped.passages([]).shape == (0, shipped.dimensions)


def test_the_fast_path_gives_what_sentence_transformers_gives(
    shipped: ShippedEncoder, library_way: Encoder
) -> None:
    texts = [*TEXTS, "", "😀 ！", TEXTS[0] * 40]
    assert np.allclose(library_way.passages(texts), shipped.passages(texts), atol=1e-5)


@given(text=st.text(alphabet="劳动合同解除社会保险，。 招聘a1２會👍", max_size=40))
def test_the_fast_path_on_any_text(
    shipped: ShippedEncoder, library_way: Encoder, text: str
) -> None:
    assert np.allclose(library_way.passages([text]), shipped.passages([text]), atol=1e-5)


def test_a_text_without_words_is_a_zero_vector_not_an_error(shipped: ShippedEncoder) -> None:
    assert not shipped.passages(["😀 ！", ""]).any()


def test_traditional_characters_mean_the_same(shipped: ShippedEncoder) -> None:
    one, other = shipped.passages(["現場招聘會暫停舉辦", "现场招聘会暂停举办"])
    assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("公司不给我交社保怎么办", 3),
        ("招聘会还开不开", 0),
        ("去大厅办事要不要先约", 1),
        ("人手不够能跟别的厂借人吗", 2),
    ],
)
def test_everyday_words_find_official_ones(
    shipped: ShippedEncoder, question: str, answer: int
) -> None:
    assert (shipped.passages(TEXTS) @ shipped.queries([question])[0]).argmax() == answer


def test_the_shipped_model_is_small_and_has_its_card() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= MAX_MODEL_BYTES
    card = (SHIPPED / "README.md").read_text("utf-8")
    for heading in ("## Data", "## Recipe", "## Measured", "## Not good at"):
        assert heading in card


def test_a_saved_module_is_the_same(shipped: ShippedEncoder, tmp_path: Path) -> None:
    from language.encoder.ngrams import CharacterNgrams

    shipped._model[0].save(str(tmp_path))
    again = CharacterNgrams.load(str(tmp_path))
    assert np.array_equal(again.vectors(TEXTS), shipped.passages(TEXTS))


def test_rounding_to_8_bits_keeps_directions() -> None:
    from language.encoder.ngrams import CharacterNgrams

    exact = np.random.default_rng(0).normal(size=(3, 64)).astype(np.float32)
    ngrams = CharacterNgrams.of_vectors(["劳", "动", "劳动"], exact)
    total = exact.sum(axis=0)
    (vector,) = ngrams.vectors(["劳动"])
    assert float(vector @ total) / np.linalg.norm(total) > 0.999


def test_identity_follows_the_files_not_the_card(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SHIPPED, tmp_path / SHIPPED.name)
    monkeypatch.setattr(module, "SHIPPED", tmp_path / SHIPPED.name)
    before = _identity()
    (module.SHIPPED / "README.md").write_text("another", "utf-8")
    assert _identity() == before == encoder_identity("")
    with (module.SHIPPED / "vocabulary.txt").open("a", encoding="utf-8") as file:
        file.write("新\n")
    assert _identity() != before
    assert encoder_identity("some/model") == "model:some/model"


def _identity() -> str:
    module._trained_identity.cache_clear()
    return encoder_identity("")


@pytest.mark.parametrize("load", [load_encoder, load_reranker])
def test_a_model_that_is_not_there_is_a_clear_error(
    load: Callable[[str], object], tmp_path: Path
) -> None:
    (tmp_path / "modules.json").write_text("[", "ascii")
    with pytest.raises(EncoderUnavailable):
        load(str(tmp_path))


def test_another_model_takes_its_place_with_its_own_prompt(
    tiny_bert: Callable[[int], Path], tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    words = Transformer(str(tiny_bert(2)))
    parts = [words, Pooling(words.get_embedding_dimension())]
    prompts = {"query": "查询：", "document": ""}
    SentenceTransformer(modules=parts, prompts=prompts, device="cpu").save(str(tmp_path / "own"))
    encoder = load_encoder(str(tmp_path / "own"))
    assert encoder.dimensions == 16
    passage, asked = encoder.passages(["劳动合同", "查询：劳动合同"])
    assert np.linalg.norm(passage) == pytest.approx(1, abs=1e-5)
    assert np.allclose(encoder.queries(["劳动合同"])[0], asked, atol=1e-6)
    assert not np.allclose(encoder.queries(["劳动合同"])[0], passage, atol=1e-3)


def test_a_model_without_prompts_asks_as_it_reads(tiny_bert: Callable[[int], Path]) -> None:
    encoder = load_encoder(str(tiny_bert(2)))
    assert np.allclose(
        encoder.queries(["社会保险"])[0], encoder.passages(["社会保险"])[0], atol=1e-6
    )


def test_a_reranker_scores_between_0_and_1_in_the_passages_order(
    tiny_bert: Callable[[int], Path],
) -> None:
    reranker = load_reranker(str(tiny_bert(1)))
    assert reranker is not None
    scores = reranker.scores("社会保险", ["劳动合同", "社会保险", "招聘"])
    assert all(0 < score < 1 for score in scores)
    assert scores[::-1] == pytest.approx(
        reranker.scores("社会保险", ["招聘", "社会保险", "劳动合同"]), abs=1e-6
    )
    assert len({round(score, 6) for score in scores}) == 3
    assert reranker.scores("社会保险", []) == []


def test_a_classifier_is_no_reranker(tiny_bert: Callable[[int], Path]) -> None:
    with pytest.raises(EncoderUnavailable):
        load_reranker(str(tiny_bert(3)))


def test_no_name_is_no_reranker() -> None:
    assert load_reranker("") is None
