"""Learn what the likeness token by token weighs: ``python -m knowledge.training.likeness``.

After ``knowledge.training.ranking``, whose weights stay as they are. The questions are those on
documents as a city has them; nothing was taught for the likeness, so all may be used. Prints what
each weight gives, and adds the best to ``ranking-KIND.json``.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from knowledge.answering.hits import Hit
from knowledge.answering.ranking import WEIGHTS
from knowledge.answering.rereading import LikenessWeight
from knowledge.training.ranking import NOWHERE, Asked, ask_city, city_questions, open_library

SILENT = LikenessWeight(0.0, 0.0)
TRIED = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0)  # weights


def first_right(asked: Sequence[Asked], weight: LikenessWeight) -> float:
    """Return the share of the answered whose right unit comes first."""
    found = [one for one in asked if one.group >= 0]
    return float(np.mean([one.right >= 0 and _is_first(one, weight) for one in found]))


def _is_first(one: Asked, weight: LikenessWeight) -> bool:
    def score(hit: Hit) -> float:
        gained = 0.0 if hit.likeness is None else hit.likeness - weight.usual
        return hit.score + weight.weight * gained

    return max(one.hits, key=score) is one.hits[one.right]


def learn(asked: Sequence[Asked]) -> dict[float, LikenessWeight]:
    """Return the weights tried by the share of questions whose right unit they put first."""
    firsts = [one.hits[0].likeness for one in asked if one.hits]
    usual = round(float(np.mean([each for each in firsts if each is not None])), 4)
    weights = [LikenessWeight(tried, usual) for tried in reversed(TRIED)]
    return {first_right(asked, weight): weight for weight in weights}


def main() -> None:
    """Learn, report, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--city", type=Path, required=True, help="the documents of a city")
    parser.add_argument("--encoder", required=True, help="both encoders: FOLDER+FOLDER")
    given = parser.parse_args()
    files = dict.fromkeys(file for file, _, _ in city_questions() if file != NOWHERE)
    paths = [given.city / file for file in files]
    cities, names, scratch = open_library(paths, given.encoder, likeness=SILENT)
    with scratch:
        shares = learn(list(ask_city(cities, names)))
        for share, tried in sorted(shares.items(), key=lambda each: each[1].weight):
            print(f"weight {tried.weight:g}: hit@1 {share:.3f}")
        file = WEIGHTS / f"ranking-{cities.index.encoder.kind}.json"
        data = json.loads(file.read_text("utf-8")) | {"likeness": asdict(shares[max(shares)])}
        file.write_text(json.dumps(data, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
