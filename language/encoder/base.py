"""A BERT of sentences as this project uses it: weights, measures and a tokenizer."""

from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from language.encoder.packed import Packed, Shape, Tensors
from language.encoder.vocabulary import kept_pieces, make_tokenizer

WORDS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True)
class Model:
    """A sentence is ``<s> prompt text </s>``; its vector the mean over them, of length one."""

    shape: Shape
    tensors: Tensors
    tokenizer: Tokenizer


def base_model(packed: Packed) -> Model:
    """Return the model of the package's file with the pieces that Chinese needs."""
    kept = kept_pieces(packed.pieces)
    words = np.ascontiguousarray(packed.tensors[WORDS][kept])
    pieces = [packed.pieces[at] for at in kept]
    return Model(
        replace(packed.shape, vocabulary=len(kept)),
        {**packed.tensors, WORDS: words},
        make_tokenizer(pieces, [float(packed.scores[at]) for at in kept]),
    )
