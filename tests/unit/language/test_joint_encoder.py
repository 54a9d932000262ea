"""Two encoders as one: each side's cosine is what the product of the joined vectors is."""

import numpy as np

from language.encoder.loading import SHIPPED, JointEncoder, encoder_identity, load_encoder

ASKED = ["试用期最多多久", "怎么领失业金"]
TEXTS = ["试用期不得超过六个月。", "失业保险金按月发给失业人员。", "用人单位不得扣押居民身份证。"]


def test_a_question_has_the_readers_cosine_to_passages_and_the_askers_to_asks() -> None:
    alone = load_encoder("")
    both = load_encoder(f"{SHIPPED}+")
    assert isinstance(both, JointEncoder)
    assert both.dimensions == 2 * alone.dimensions
    queries = both.queries(ASKED)
    own = alone.queries(ASKED)
    assert np.allclose(queries @ both.passages(TEXTS).T, own @ alone.passages(TEXTS).T, atol=1e-6)
    assert np.allclose(queries @ both.asks(ASKED).T, own @ alone.asks(ASKED).T, atol=1e-6)
    assert not (both.passages(TEXTS) @ both.asks(ASKED).T).any()
    assert both.passages([]).shape == (0, both.dimensions)


def test_it_is_another_encoder_than_each() -> None:
    assert encoder_identity(f"{SHIPPED}+") not in (encoder_identity(""), encoder_identity("a+b"))
