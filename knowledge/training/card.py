"""The model card that lies beside the weights."""

from dataclasses import asdict

from knowledge.training.learner import Recipe
from knowledge.training.train import Material

_CARD = """---
language: zh
library_name: sentence-transformers
license: apache-2.0
---

# {name}

A static sentence embedding for Chinese policy search that ships with the assistant: a text is
the weighted sum of the vectors of its characters, pairs of characters, words and numbers. It
runs on a CPU in about 0.1 ms a question and needs no hub. Made by
`python -m knowledge.training --data DIR --policies DIR`; read by
`language.encoder.loading.load_encoder("")`.

## Data

| data | taken | licence |
| --- | --- | --- |
{data}

None of it is in this repository but the project's own. Questions of STARD whose hashed id
falls in the held-out {share}% were never trained on, nor used to choose anything.

## Recipe

{recipe}

Trained in {minutes:.0f} minutes on one core; {size} n-grams in {dimensions} dimensions of 8 bits.

## Measured

The sparse side is bm25s over characters and their pairs. "Fused by score" is BM25 divided by
its highest score for the question, plus the weight times the cosine. "With lexicon": official
words of `knowledge/answering/data/lexicon.tsv` are searched beside those typed. Intervals are
bootstrap 95% of the gain over BM25 on the same questions.

{measured}

## Not good at

- Word order and negation: a sum of n-grams reads 「不得解除」 and 「解除」 nearly alike.
- Matters that neither statutes nor the project's questions speak of: names, other fields.
- Telling near-identical articles of different laws or versions apart: rank by other means.
- Anything but Chinese; traditional characters are read as simplified ones.
"""
_LICENCES = {
    "STARD's laypeople's questions (training part)": "MIT",
    "DRCD and CMRC 2018 questions": "CC BY-SA 3.0 / 4.0",
    "passages: articles of national law and all passages of the other rows": "no copyright",
    "the project's own questions on articles (pairs.tsv)": "as this project",
    "the project's own asks on sections of the notices": "as this project",
}


def card(
    name: str, material: Material, recipe: Recipe, counts: dict[str, int], measured: str
) -> str:
    """Return the card; ``counts``: stard questions learnt from, n-grams, seconds, share."""
    asked = len(material.comprehension) if recipe.comprehension_share else 0
    taken = (counts["stard"], asked, len(material.corpus), len(material.pairs), len(material.asks))
    rows = zip(_LICENCES.items(), taken, strict=True)
    return _CARD.format(
        name=name,
        data="\n".join(f"| {what} | {count:,} | {licence} |" for (what, licence), count in rows),
        share=counts["share"],
        recipe=", ".join(f"{key} {value}" for key, value in asdict(recipe).items()),
        minutes=counts["seconds"] / 60,
        size=f"{counts['size']:,}",
        dimensions=recipe.dimensions,
        measured=measured,
    )
