"""What all questions, and all passages, share: the mean vectors that serving takes away.

Of texts that the encoder has been taught: a mean needs no more.
"""

from pathlib import Path

import numpy as np

from knowledge.training.data import Question, read_sample_questions
from knowledge.training.splits import TAUGHT_PART, half_of
from language.encoder.serving import PASSAGE, QUERY, SentenceEncoder
from language.encoder.vectors import Vectors
from language.terms import normalise

_ASKS = 400


def means(encoder: SentenceEncoder, policies: Path) -> Vectors:
    """Return the mean vector of our asks and that of their sections, shape ``(2, 384)``."""
    asks = [each for each in read_sample_questions(policies) if half_of(each.text) == TAUGHT_PART]
    chosen: list[Question] = [asks[at] for at in np.random.default_rng(20).permutation(len(asks))]
    texts = sorted({text for ask in chosen[:_ASKS] for text in ask.answers})
    questions = encoder.raw([QUERY + normalise(ask.text) for ask in chosen[:_ASKS]])
    passages = encoder.raw([PASSAGE + normalise(text) for text in texts])
    found: Vectors = np.stack([questions.mean(0), passages.mean(0)]).astype(np.float32)
    return found
