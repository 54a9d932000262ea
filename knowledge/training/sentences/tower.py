"""The sentence encoder while it learns: its lower half as it is, low-rank pairs in the upper.

What the lower half makes of a text never changes, so it is made once and kept; a step costs only
the upper half. The pairs are those of Hu et al. 2021 (LoRA), on every matrix of a layer.
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from language.encoder.serving import PASSAGE, QUERY
from language.terms import normalise

LOWER = 6  # layers that stay as they are
QUESTION_TOKENS, PASSAGE_TOKENS = 40, 112
_AT_ONCE = 64  # texts that go through the lower half together
_MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)

Text = tuple[str, int]  # with its prompt, and after how many tokens it is cut off


def question(text: str) -> Text:
    """Return a question as the tower reads it."""
    return QUERY + normalise(text), QUESTION_TOKENS


def passage(text: str) -> Text:
    """Return a passage as the tower reads it."""
    return PASSAGE + normalise(text), PASSAGE_TOKENS


class LowRank(nn.Module):
    """A matrix W that stays, and what is added to it: B A."""

    def __init__(self, matrix: nn.Linear, rank: int) -> None:
        super().__init__()
        self.matrix = matrix
        self.down = nn.Parameter(torch.randn(rank, matrix.in_features))
        self.down.data /= math.sqrt(matrix.in_features)
        self.up = nn.Parameter(torch.zeros(matrix.out_features, rank))

    def forward(self, given: Tensor) -> Tensor:
        """Return ``given`` through both."""
        found: Tensor = self.matrix(given) + (given @ self.down.T) @ self.up.T
        return found


class Tower:
    """The model in a folder that ``language.encoder.convert --library`` wrote."""

    def __init__(self, folder: Path, rank: int) -> None:
        from transformers import AutoModel

        self._model: Any = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
        self._model.eval().requires_grad_(False)
        self._cutter = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._cutter.no_padding()
        self._cutter.no_truncation()
        self._padding: int = self._cutter.encode("<pad>", add_special_tokens=False).ids[0]
        self._known: dict[Text, Tensor] = {}
        self.pairs: dict[str, LowRank] = {}
        for number, layer in enumerate(self._layers[LOWER:], LOWER):
            for path in _MATRICES:
                parent, leaf = layer.get_submodule(path.rpartition(".")[0]), path.split(".")[-1]
                pair = LowRank(getattr(parent, leaf), rank)
                setattr(parent, leaf, pair)
                self.pairs[f"encoder.layer.{number}.{path}.weight"] = pair

    @property
    def _layers(self) -> Any:
        return self._model.encoder.layer

    def parameters(self) -> list[nn.Parameter]:
        """Return what learns."""
        return [half for pair in self.pairs.values() for half in (pair.down, pair.up)]

    def vectors(self, texts: Sequence[Text]) -> Tensor:
        """Return one unit vector a text, shape ``(len(texts), 384)``, in their order.

        They go through in two parts, the shorter and the longer: padding costs as text does.
        """
        order = sorted(range(len(texts)), key=lambda row: len(texts[row][0]))
        middle = len(order) // 2
        parts = [part for part in (order[:middle], order[middle:]) if part]
        found = torch.cat([self._upper([texts[row] for row in part]) for part in parts])
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return found[back]

    def save(self, file: Path) -> None:
        """Write what was learnt as ``language.encoder.adapter`` reads it, in 16 bits."""
        weights = {}
        for name, pair in self.pairs.items():
            weights[f"{name}.A"] = pair.down.detach().half().contiguous()
            weights[f"{name}.B"] = pair.up.detach().half().contiguous()
        save_file(weights, file, metadata={"scale": "1"})

    def _upper(self, texts: Sequence[Text]) -> Tensor:
        hidden = self._lower(texts)
        lengths = [len(each) for each in hidden]
        states = nn.utils.rnn.pad_sequence([each.float() for each in hidden], batch_first=True)
        there = _there(lengths)
        states = _through(self._layers[LOWER:], states, there)
        means = (states * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        return nn.functional.normalize(means, dim=1)

    def _lower(self, texts: Sequence[Text]) -> list[Tensor]:
        new = sorted(set(texts) - self._known.keys(), key=lambda text: len(text[0]))
        for start in range(0, len(new), _AT_ONCE):
            part = new[start : start + _AT_ONCE]
            self._known.update(zip(part, self._first_half(part), strict=True))
        return [self._known[text] for text in texts]

    @torch.no_grad()
    def _first_half(self, texts: Sequence[Text]) -> list[Tensor]:
        rows = [self.cut(text) for text in texts]
        lengths = [len(row) for row in rows]
        ids = torch.full((len(rows), max(lengths)), self._padding)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = torch.tensor(row)
        states = self._model.embeddings(input_ids=ids)
        states = _through(self._layers[:LOWER], states, _there(lengths))
        return [states[number, :length].bfloat16() for number, length in enumerate(lengths)]

    def cut(self, text: Text) -> list[int]:
        """Return a text's token ids, start and end among them."""
        ids: list[int] = self._cutter.encode(text[0]).ids
        return ids if len(ids) <= text[1] else [*ids[: text[1] - 1], ids[-1]]


def _there(lengths: Sequence[int]) -> Tensor:
    """Return 1 where a text has a token, 0 where it is padded."""
    return (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None]).float()


def _through(layers: Any, states: Tensor, there: Tensor) -> Tensor:
    shut = (1 - there)[:, None, None, :] * torch.finfo(states.dtype).min
    for layer in layers:
        found = layer(states, shut)
        states = found[0] if isinstance(found, tuple) else found
    return states
