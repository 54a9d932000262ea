"""Measuring intent recognition on a labelled file (DESIGN section 8, ``nlu``)."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from actions.dialogue.measurement import Labelled
from bot.evaluation.sentences import (
    OUT_OF_SCOPE,
    Reading,
    measure,
    share,
)
from knowledge.evaluation.figures import reliability
from store.settings import Settings


@dataclass(frozen=True)
class LabelledSentence:
    """One line of an evaluation file; how it is written (``style``) may be said."""

    id: str
    text: str
    intent: str
    style: str = ""


Pairs = Sequence[tuple[LabelledSentence, Reading]]


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure intent recognition on ``file``; MeasurementFailed."""
    del progress
    return measure(settings, file, labelled, figures)


def labelled(entry: dict[str, Any]) -> LabelledSentence:
    """Return a line of the file; raises KeyError or TypeError where it is none."""
    if not (isinstance(entry["text"], str) and isinstance(entry["intent"], str)):
        raise TypeError("text and intent are strings")
    style = str(entry.get("style") or "")
    return LabelledSentence(str(entry["id"]), entry["text"], entry["intent"], style)


def figures(lines: Sequence[LabelledSentence], read: Sequence[Reading]) -> dict[str, Any]:
    """Return DESIGN's figures, with shares from 0 to 1.

    ``accuracy``, ``macro_f1`` and ``out_of_scope_recall`` look at the likeliest intent,
    accepted or not. ``in_scope_accepted`` is the share of sentences in scope that are
    neither below the fallback threshold nor taken for out of scope.
    ``accepted_accuracy`` is the accuracy among accepted readings. ``intervals`` are Wilson's of
    95%; ``reliability`` tells how often readings of a confidence are right.
    """
    pairs = list(zip(lines, read, strict=True))
    per_intent = {
        intent: _scores(intent, pairs) for intent in sorted({line.intent for line in lines})
    }
    rates = _rates(pairs)
    return {
        "n": len(pairs),
        "macro_f1": sum(scores["f1"] for scores in per_intent.values()) / len(per_intent),
        **{name: value for name, (value, _interval) in rates.items()},
        "intervals": {name: interval for name, (_value, interval) in rates.items()},
        "per_style": _per_style(pairs),
        "reliability": reliability(
            [reading.confidence for reading in read],
            [line.intent == reading.intent for line, reading in pairs],
        ),
        "per_intent": per_intent,
        "errors": [
            {
                "id": line.id,
                "text": line.text,
                "intent": line.intent,
                "read_as": reading.intent,
                "confidence": round(reading.confidence, 3),
                "accepted": reading.accepted,
            }
            for line, reading in pairs
            if line.intent != reading.intent
        ],
    }


def _rates(pairs: Pairs) -> dict[str, tuple[float | None, list[float] | None]]:
    foreign = [reading for line, reading in pairs if line.intent == OUT_OF_SCOPE]
    in_scope = [reading for line, reading in pairs if line.intent != OUT_OF_SCOPE]
    accepted = [(line, reading) for line, reading in pairs if reading.accepted]
    return {
        "accuracy": share(line.intent == reading.intent for line, reading in pairs),
        "out_of_scope_recall": share(reading.intent == OUT_OF_SCOPE for reading in foreign),
        "in_scope_accepted": share(
            reading.accepted and reading.intent != OUT_OF_SCOPE for reading in in_scope
        ),
        "accepted_accuracy": share(line.intent == reading.intent for line, reading in accepted),
    }


def _per_style(pairs: Pairs) -> dict[str, dict[str, Any]]:
    found = {}
    for style in sorted({line.style for line, _ in pairs if line.style}):
        right = [line.intent == reading.intent for line, reading in pairs if line.style == style]
        accuracy, interval = share(right)
        found[style] = {"n": len(right), "accuracy": accuracy, "interval": interval}
    return found


def _scores(intent: str, pairs: Pairs) -> dict[str, float]:
    counts = Counter((line.intent == intent, reading.intent == intent) for line, reading in pairs)
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    return {
        "n": right + missed,
        "precision": right / (right + wrong) if right + wrong else 0.0,
        "recall": right / (right + missed) if right + missed else 0.0,
        "f1": 2 * right / (2 * right + missed + wrong),
    }
