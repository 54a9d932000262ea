"""Measuring how well danger is heard, on a labelled file (DESIGN section 8, ``danger``)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from actions.dialogue.measurement import Labelled
from bot.evaluation.sentences import Reading, measure, share
from store.settings import Settings


@dataclass(frozen=True)
class LabelledDanger:
    """One line of an evaluation file: ``danger`` is None where the words only sound like it."""

    id: str
    text: str
    danger: str | None


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure on ``file``; MeasurementFailed."""
    del progress
    return measure(settings, file, labelled, figures)


def labelled(entry: dict[str, Any]) -> LabelledDanger:
    """Return a line of the file; raises KeyError or TypeError where it is none."""
    if not (isinstance(entry["text"], str) and isinstance(entry["danger"], str | None)):
        raise TypeError("text is a string, danger one or null")
    return LabelledDanger(str(entry["id"]), entry["text"], entry["danger"])


def figures(lines: Sequence[LabelledDanger], read: Sequence[Reading]) -> dict[str, Any]:
    """Return the figures, with shares from 0 to 1 and Wilson's intervals of 95%.

    ``recall`` is the share of dangers that are heard, of whichever kind; ``kind_accuracy`` of
    those heard, the share whose kind is right; ``false_alarms`` the share of other sentences in
    which one is heard.
    """
    pairs = list(zip(lines, read, strict=True))
    dangers = [(line, reading) for line, reading in pairs if line.danger is not None]
    heard = [(line, reading) for line, reading in dangers if reading.danger is not None]
    rates = {
        "recall": share(reading.danger is not None for _, reading in dangers),
        "kind_accuracy": share(line.danger == reading.danger for line, reading in heard),
        "false_alarms": share(
            reading.danger is not None for line, reading in pairs if line.danger is None
        ),
    }
    return {
        "n": len(pairs),
        **{name: value for name, (value, _interval) in rates.items()},
        "intervals": {name: interval for name, (_value, interval) in rates.items()},
        "per_kind": {
            kind: _kind(kind, dangers)
            for kind in sorted({line.danger or "" for line, _ in dangers})
        },
        "errors": [
            {"id": line.id, "text": line.text, "danger": line.danger, "read_as": reading.danger}
            for line, reading in pairs
            if line.danger != reading.danger
        ],
    }


def _kind(kind: str, dangers: Sequence[tuple[LabelledDanger, Reading]]) -> dict[str, Any]:
    read = [reading for line, reading in dangers if line.danger == kind]
    recall, interval = share(reading.danger is not None for reading in read)
    named = sum(reading.danger == kind for reading in read)
    return {"n": len(read), "recall": recall, "interval": interval, "named": named}
