"""The encoder, the index and the lexicon: fast against slow, and the data is sound."""

import math
from pathlib import Path

import numpy as np
import pytest

from knowledge.encoder import (
    Encoder,
    EncoderUnavailable,
    build_encoder,
    load_built_in,
    load_encoder,
)
from knowledge.lexicon import holds_number, lexicon
from knowledge.text import normalise, terms

CORPUS = [
    "现场招聘会暂停举办，改到线上。",
    "到经办大厅办理业务可以预约。",
    "企业之间可以互相借用员工。",
    "线上培训可以算进补贴。",
    "窗口人员要戴口罩。",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return build_encoder("", CORPUS)


def test_vectors_are_unit_repeatable_and_ordered(encoder: Encoder) -> None:
    vectors = encoder.encode(CORPUS)
    assert vectors.shape == (5, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(encoder.encode(CORPUS), vectors)
    cosines = vectors @ encoder.encode(["现场招聘会还办吗"])[0]
    assert cosines.argmax() == 0


def test_traditional_characters_mean_the_same(encoder: Encoder) -> None:
    one, other = encoder.encode(["現場招聘會暫停舉辦", "现场招聘会暂停举办"])
    assert np.allclose(one, other)


def test_a_text_without_words_is_a_zero_vector_not_an_error(encoder: Encoder) -> None:
    assert not encoder.encode(["😀 ！"]).any()


def test_a_saved_encoder_is_the_same(encoder: Encoder, tmp_path: Path) -> None:
    encoder.save(tmp_path)
    assert np.array_equal(load_built_in(tmp_path).encode(CORPUS), encoder.encode(CORPUS))


def test_a_model_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[", "ascii")
    with pytest.raises(EncoderUnavailable):
        load_encoder(str(tmp_path))


def test_projection_keeps_cosines_of_plain_counts(encoder: Encoder) -> None:
    """The hashed vectors against the same n-grams counted exactly."""
    from knowledge.ngrams import _SIZE_WEIGHT, BUCKETS, _grams, zlib

    (module,) = encoder._model

    def exact(text: str) -> dict[str, float]:
        counts: dict[str, float] = {}
        for gram in _grams(text):
            weight = _SIZE_WEIGHT[len(gram)] * float(
                module.idf[zlib.crc32(gram.encode()) % BUCKETS]
            )
            counts[gram] = counts.get(gram, 0.0) + weight
        return counts

    def cosine(one: dict[str, float], other: dict[str, float]) -> float:
        dot = sum(value * other.get(gram, 0.0) for gram, value in one.items())
        norms = (math.sqrt(sum(v * v for v in side.values())) for side in (one, other))
        return dot / math.prod(norms)

    pairs = [
        ("现场招聘会暂停举办", "暂停举办现场招聘会"),
        ("预约办理", "可以预约办理业务"),
        ("口罩", "补贴"),
    ]
    for one, other in pairs:
        left, right = encoder.encode([one, other])
        assert float(left @ right) == pytest.approx(cosine(exact(one), exact(other)), abs=0.2)


def test_terms_are_characters_pairs_words_and_numbers() -> None:
    found = terms(normalise("招聘會，QQ ２００人"))
    # 会 alone is a stop character; a pair never crosses punctuation.
    assert found == ["招", "聘", "招聘", "聘会", "qq", "200", "人"]


def test_the_lexicon_is_sound() -> None:
    words = lexicon()
    assert len(words.say) > 40
    assert all(official for official in words.say.values())
    assert list(words.ask) == sorted(words.ask, key=len, reverse=True)
    assert words.asks_number("失业金多少钱一个月")
    assert not words.asks_number("招聘信息要审核什么")
    assert words.without_question_words("能不能预约吗").strip() == "预约"
    assert words.spoken("去大厅办事")[0][:2] == (1, 3)


@pytest.mark.parametrize(
    ("text", "number"),
    [("每场不超过200人", True), ("三个月内", True), ("每周一报", False), ("及时办理", False)],
)
def test_numbers_in_a_sentence(text: str, number: bool) -> None:
    assert holds_number(text) is number
