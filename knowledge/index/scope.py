"""Is a question among those that the taught documents answer? Learnt when the index is made.

A logistic model over a question's characters, pairs and triples: those of the ways people ask
and of the documents' own clauses against those of questions that are known to have no answer
here. What both sides ask about is
alike; what is asked for (a phone number, an amount, a form) is not, and that is in few words.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.index.contents import IndexedDocument
from knowledge.index.units import UnitStore
from language.terms import normalise

LONGEST = 3  # characters of an n-gram
STRENGTH = 5.0  # inverse of the regularisation
LEAST = 2  # questions that an n-gram must stand in
FILE = "scope.json"


_CLAUSE = re.compile(r"[^，。；：、！？\s]{5,25}")


@dataclass(frozen=True)
class Scope:
    """``grams`` to (inverse document frequency, weight); an empty one knows nothing."""

    grams: dict[str, tuple[float, float]]
    intercept: float = 0.0

    def log_odds(self, question: str) -> float:
        """Return how much speaks for ``question`` (normalised) being answered here."""
        if not self.grams:
            return 0.0
        length, gained = 0.0, 0.0
        for gram, count in Counter(_grams(question)).items():
            known = self.grams.get(gram)
            if known is not None:
                value = (1 + math.log(count)) * known[0]
                length += value * value
                gained += value * known[1]
        return gained / math.sqrt(length or 1.0) + self.intercept


def learn_scope(answered: Sequence[str], unanswered: Sequence[str]) -> Scope:
    """Learn from questions of both kinds; either kind missing, from nothing."""
    if not answered or not unanswered:
        return Scope({})
    # Half a second that only those pay who make an index.
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    questions = [normalise(question) for question in (*answered, *unanswered)]
    labels = [1] * len(answered) + [0] * len(unanswered)
    counts = TfidfVectorizer(analyzer=_grams, sublinear_tf=True, min_df=LEAST)
    features = counts.fit_transform(questions)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear")
    model.fit(features, labels)
    weights = model.coef_[0]
    grams = {
        gram: (float(counts.idf_[column]), float(weights[column]))
        for gram, column in counts.vocabulary_.items()
    }
    return Scope(grams, float(model.intercept_[0]))


def sayings(store: UnitStore, documents: Sequence[IndexedDocument]) -> list[str]:
    """Return headings and clauses of the taught documents: some ask in a document's words."""
    found: dict[str, None] = {}
    taught = {owner for owner, document in enumerate(documents) if document.taught}
    for row, owner in enumerate(store.owners.tolist()):
        if owner in taught:
            unit = store.read(row)
            found.update(dict.fromkeys(unit.path))
            found.update(dict.fromkeys(_CLAUSE.findall(unit.text)))
    return list(found)


def save_scope(scope: Scope, folder: Path) -> None:
    """Write the model into an index's folder."""
    data = {"intercept": scope.intercept, "grams": scope.grams}
    (folder / FILE).write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def load_scope(folder: Path) -> Scope:
    """Read it back; OSError, ValueError or KeyError when that cannot be."""
    data = json.loads((folder / FILE).read_text("utf-8"))
    grams = {gram: (idf, weight) for gram, (idf, weight) in data["grams"].items()}
    return Scope(grams, data["intercept"])


def _grams(question: str) -> list[str]:
    return [
        question[at : at + size]
        for size in range(1, LONGEST + 1)
        for at in range(len(question) - size + 1)
    ]
