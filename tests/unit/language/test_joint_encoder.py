"""Two encoders as one: a cosine of one, or the mean of both, is the joined vectors' product."""

from collections.abc import Sequence

import numpy as np

from language.encoder.loading import SHIPPED, JointEncoder, encoder_identity, load_encoder
from language.encoder.vectors import Vectors

ASKED = ["试用期最多多久", "怎么领失业金"]
TEXTS = ["试用期不得超过六个月。", "失业保险金按月发给失业人员。", "用人单位不得扣押居民身份证。"]


class Counting:
    """A reader whose vector of a text is told by its length alone."""

    kind = "sentences"
    dimensions = 2

    def passages(self, texts: Sequence[str]) -> Vectors:
        angles = np.array([len(text) % 7 for text in texts], dtype=np.float32)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1)

    asks = queries = passages


def test_a_question_has_the_readers_cosine_to_passages_and_the_mean_of_both_to_asks() -> None:
    reader, asker = Counting(), load_encoder("")
    both = JointEncoder(reader, asker)
    assert both.dimensions == reader.dimensions + asker.dimensions
    queries = both.queries(ASKED)
    read = reader.queries(ASKED)
    assert np.allclose(queries @ both.passages(TEXTS).T, read @ reader.passages(TEXTS).T, atol=1e-6)
    of_asks = asker.queries(ASKED) @ asker.asks(ASKED).T
    mean = (read @ reader.asks(ASKED).T + of_asks) / 2
    assert np.allclose(queries @ both.asks(ASKED).T, mean, atol=1e-6)


def test_two_names_make_one_encoder() -> None:
    alone = load_encoder("")
    both = load_encoder(f"{SHIPPED}+")
    assert isinstance(both, JointEncoder)
    assert both.dimensions == 2 * alone.dimensions
    assert both.passages([]).shape == (0, both.dimensions)


def test_it_is_another_encoder_than_each() -> None:
    assert encoder_identity(f"{SHIPPED}+") not in (encoder_identity(""), encoder_identity("a+b"))
