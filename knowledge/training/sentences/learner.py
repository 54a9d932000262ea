"""Steps of learning: a question's passage before all others of its batch, and the way back."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from knowledge.training.sentences.material import Group, Material
from knowledge.training.sentences.tower import Tower, passage, question

_WARM_UP = 20  # steps
_LAST_PACE = 0.05  # share of the rate at the end
_SAVED_EVERY, _SAID_EVERY = 50, 10  # steps
_IMPOSSIBLE = -1e4
_STEP_SEED = 100_003  # a prime, so that no two trainings share the chance of a step
_Say = Callable[[str], None]


@dataclass(frozen=True)
class Recipe:
    """All that decides what comes out, besides the data."""

    seed: int = 20
    rank: int = 64
    rate: float = 4e-4
    decay: float = 0.01
    size: int = 32  # questions a batch
    hard: int = 1  # decoys a question
    temperature: float = 0.02
    back: float = 0.3  # weight of finding the question by its passage
    passes: float = 1.0  # times what each group declares


@dataclass(frozen=True)
class _Step:
    group: Group
    rows: list[int]


class Learner:
    """One training, kept in ``folder`` while it runs: begun anew, it goes on where it was."""

    def __init__(self, tower: Tower, material: Material, recipe: Recipe, folder: Path) -> None:
        self.tower = tower
        self._material, self._recipe = material, recipe
        self._kept = folder / "progress.pt"
        self._optimizer = torch.optim.AdamW(
            tower.parameters(), lr=recipe.rate, weight_decay=recipe.decay, betas=(0.9, 0.98)
        )

    def learn(self, say: _Say) -> int:
        """Take all steps that are left; return how many there are in all."""
        steps = self._steps()
        losses, began = [], time.monotonic()
        for number in range(self._resume(), len(steps)):
            losses.append(self._learn(number, steps[number], len(steps)))
            if (number + 1) % _SAID_EVERY == 0:
                pace = (time.monotonic() - began) / len(losses)
                say(f"{number + 1}/{len(steps)}: loss {np.mean(losses):.3f}, {pace:.1f} s a step")
                losses, began = [], time.monotonic()
            if (number + 1) % _SAVED_EVERY == 0 or number + 1 == len(steps):
                self._keep(number + 1)
        return len(steps)

    def _steps(self) -> list[_Step]:
        chance, size = np.random.default_rng(self._recipe.seed), self._recipe.size
        steps = []
        for group in self._material.groups:
            total = len(group.questions)
            whole, part = divmod(group.passes * self._recipe.passes, 1.0)
            taken = [row for _ in range(int(whole)) for row in chance.permutation(total).tolist()]
            taken += chance.permutation(total)[: round(part * total)].tolist()
            starts = range(0, max(1, len(taken) - size // 2), size)
            steps += [_Step(group, taken[start : start + size]) for start in starts]
        return [steps[at] for at in chance.permutation(len(steps))]

    def _learn(self, number: int, step: _Step, total: int) -> float:
        recipe, group = self._recipe, step.group
        chance = np.random.default_rng(recipe.seed * _STEP_SEED + number)
        columns = [int(chance.choice(group.answers[row])) for row in step.rows]
        columns += [
            int(decoy)
            for row in step.rows
            for decoy in (
                chance.choice(group.decoys[row], recipe.hard) if group.decoys[row] else ()
            )
        ]
        # What answers a question, too, or is the same passage, is no counter-example.
        also = torch.tensor(
            [[column in group.answers[row] for column in columns] for row in step.rows]
        )
        also &= ~torch.eye(len(step.rows), len(columns), dtype=torch.bool)
        loss = self._loss([group.questions[row] for row in step.rows], columns, also)
        pace = min(1.0, (number + 1) / _WARM_UP) * (1 - (1 - _LAST_PACE) * number / total)
        for settings in self._optimizer.param_groups:
            settings["lr"] = recipe.rate * pace
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.tower.parameters(), 1.0)
        self._optimizer.step()
        return float(loss.detach())

    def _loss(self, asked: list[str], columns: list[int], also: torch.Tensor) -> torch.Tensor:
        """Return InfoNCE (van den Oord et al. 2018) from questions to passages, and back."""
        texts = [passage(self._material.texts[column]) for column in columns]
        vectors = self.tower.vectors([question(text) for text in asked] + texts)
        count = len(asked)
        scores = vectors[:count] @ vectors[count:].T / self._recipe.temperature
        scores = scores.masked_fill(also, _IMPOSSIBLE)
        own = torch.arange(count)
        back = functional.cross_entropy(scores[:, :count].T, own)
        return functional.cross_entropy(scores, own) + self._recipe.back * back

    def _resume(self) -> int:
        if not self._kept.is_file():
            return 0
        kept = torch.load(self._kept, weights_only=True)
        self._optimizer.load_state_dict(kept["optimizer"])
        for parameter, value in zip(self.tower.parameters(), kept["weights"], strict=True):
            parameter.data = value
        return int(kept["step"])

    def _keep(self, step: int) -> None:
        weights = [parameter.data for parameter in self.tower.parameters()]
        kept = {"step": step, "optimizer": self._optimizer.state_dict(), "weights": weights}
        aside = self._kept.with_suffix(".new")
        torch.save(kept, aside)
        aside.replace(self._kept)
