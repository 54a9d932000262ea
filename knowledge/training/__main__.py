"""``python -m knowledge.training``: train the shipped encoder anew, measure it, write it."""

import argparse
import time
from dataclasses import replace
from pathlib import Path

from knowledge.training.card import card
from knowledge.training.learner import Recipe
from knowledge.training.measure import Search, is_learnt, report, tasks
from knowledge.training.splits import TEST_SHARE, half_of
from knowledge.training.train import Training, begin, gather
from language.encoder.loading import SHIPPED, load_encoder
from language.encoder.ngrams import CharacterNgrams

_READABLE = 0o644


def _main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="folder of public data")
    options.add_argument("--policies", type=Path, required=True, help="folder of the notices")
    options.add_argument("--out", type=Path, default=SHIPPED, help="folder of the model")
    options.add_argument("--seed", type=int, default=Recipe.seed)
    options.add_argument("--part", type=int, choices=(0, 1), help="learn from half of the asks")
    given = options.parse_args()
    recipe, began = Recipe(seed=given.seed), time.monotonic()
    material = gather(given.data, given.policies)
    if given.part is not None:
        asks = [asked for asked in material.asks if half_of(asked.text) == given.part]
        material = replace(material, asks=asks)
    stard = [asked for asked in material.stard if is_learnt(asked)]
    training = Training(material, begin(material, stard, recipe), recipe)
    training.learn_cloze(_say)
    training.learn_questions(stard, _say)
    module = training.module()
    _write(module, given.out)
    reader = load_encoder(str(given.out))
    seconds = round(time.monotonic() - began)
    weight = Search(tasks(given.data, is_learnt)[0], reader).best_weight()
    measured = report(given.data, reader, weight)
    _say(measured)
    counts = {"stard": len(stard), "size": len(module.rows), "seconds": seconds}
    text = card(given.out.name, material, recipe, counts | {"share": TEST_SHARE}, measured)
    (given.out / "README.md").write_text(text, "utf-8")


def _write(module: CharacterNgrams, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    module.save(str(folder))
    for path in folder.iterdir():  # safetensors writes for the owner alone
        path.chmod(_READABLE)


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    _main()
