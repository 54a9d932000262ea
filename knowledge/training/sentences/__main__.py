"""``python -m knowledge.training.sentences``: teach the sentence encoder, measure it, write it.

Writes the adapter, the means and their card into ``language/models/zhida-encoder``;
``python -m language.encoder.convert`` then makes the encoder of them. A training that was broken
off goes on where it was when it is begun again with the same ``--progress``.
"""

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from knowledge.training.sentences.card import card
from knowledge.training.sentences.learner import Learner, Recipe
from knowledge.training.sentences.material import gather
from knowledge.training.sentences.means import means
from knowledge.training.sentences.tower import Tower
from language.encoder.convert import ADAPTER, SHIPPED, make_encoder, taught_model
from language.encoder.library_folder import write_library_folder
from language.encoder.serving import MEANS, SentenceEncoder
from store.settings import Settings


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of public data")
    options.add_argument("--policies", type=Path, required=True, help="folder of the notices")
    options.add_argument("--progress", type=Path, required=True, help="folder kept meanwhile")
    options.add_argument("--seed", type=int, default=Recipe.seed)
    options.add_argument("--no-decoys", action="store_true", help="an ablation")
    given = options.parse_args()
    recipe, settings, began = Recipe(seed=given.seed), Settings(), time.monotonic()
    if given.no_decoys:
        recipe = replace(recipe, hard=0)
    torch.manual_seed(recipe.seed)
    base = given.progress / "base"
    if not base.is_dir():
        base.parent.mkdir(parents=True, exist_ok=True)
        write_library_folder(taught_model(settings, taught=None), base)
    material = gather(given.data, given.policies, hard=recipe.hard > 0)
    learner = Learner(Tower(base, recipe.rank), material, recipe, given.progress)
    steps = learner.learn(_say)
    learner.tower.save(ADAPTER)
    encoder = SentenceEncoder(make_encoder(settings), threads=2)
    np.save(SHIPPED / MEANS, means(encoder, given.policies))
    minutes = (time.monotonic() - began) / 60
    (SHIPPED / "README.md").write_text(card(material, recipe, steps, minutes), "utf-8")


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    _main()
