"""Measuring intent recognition on a labelled file (DESIGN section 8, ``nlu``).

The sentences take the chat's own way: ``language.text`` first, then the trained model.
"""

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from bot.training import TrainingFailed, model_path, rasa_environment, rasa_python, train
from language.text import is_wordless, normalise
from store.settings import ROOT, Settings

OUT_OF_SCOPE = "out_of_scope"
_TIME_LIMIT_SECONDS = 900


class EvaluationFailed(RuntimeError):
    """The file cannot be read or the model cannot be run; the message says why."""


@dataclass(frozen=True)
class LabelledSentence:
    """One line of an evaluation file."""

    id: str
    text: str
    intent: str


@dataclass(frozen=True)
class Reading:
    """What the model made of a sentence: its likeliest intent, and whether it dares."""

    intent: str
    confidence: float
    accepted: bool


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure intent recognition on ``file``; MeasurementFailed."""
    del progress
    try:
        return evaluate_nlu(settings, file)
    except (EvaluationFailed, ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error


def evaluate_nlu(settings: Settings, file: Path) -> dict[str, Any]:
    """Return the figures for ``file``, training the model first if need be.

    Raises EvaluationFailed.
    """
    lines = read_labelled(file)
    try:
        train(settings, progress=lambda _line: None)
    except TrainingFailed as error:
        raise EvaluationFailed(str(error)) from error
    return figures(lines, _readings(settings, lines))


def read_labelled(file: Path) -> list[LabelledSentence]:
    """Return the lines of ``file``; raises EvaluationFailed with the line that is wrong."""
    try:
        written = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationFailed(f"读不了 {file}") from error
    lines = []
    for number, line in enumerate(written, start=1):
        if not line.strip():
            continue
        try:
            lines.append(_labelled(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationFailed(f"{file} 第 {number} 行格式不对") from error
    if not lines:
        raise EvaluationFailed(f"{file} 里没有句子")
    return lines


def _labelled(entry: dict[str, Any]) -> LabelledSentence:
    if not (isinstance(entry["text"], str) and isinstance(entry["intent"], str)):
        raise TypeError("text and intent are strings")
    return LabelledSentence(str(entry["id"]), entry["text"], entry["intent"])


def figures(lines: Sequence[LabelledSentence], readings: Sequence[Reading]) -> dict[str, Any]:
    """Return DESIGN's figures, with shares from 0 to 1.

    ``accuracy``, ``macro_f1`` and ``out_of_scope_recall`` look at the likeliest intent,
    accepted or not. ``in_scope_accepted`` is the share of sentences in scope that are
    neither below the fallback threshold nor taken for out of scope.
    ``accepted_accuracy`` is the accuracy among accepted readings.
    """
    pairs = list(zip(lines, readings, strict=True))
    per_intent = {
        intent: _scores(intent, pairs) for intent in sorted({line.intent for line in lines})
    }
    in_scope = [reading for line, reading in pairs if line.intent != OUT_OF_SCOPE]
    accepted = [(line, reading) for line, reading in pairs if reading.accepted]
    return {
        "n": len(pairs),
        "accuracy": _share(line.intent == reading.intent for line, reading in pairs),
        "macro_f1": sum(scores["f1"] for scores in per_intent.values()) / len(per_intent),
        "out_of_scope_recall": per_intent.get(OUT_OF_SCOPE, {}).get("recall"),
        "in_scope_accepted": _share(
            reading.accepted and reading.intent != OUT_OF_SCOPE for reading in in_scope
        ),
        "accepted_accuracy": _share(line.intent == reading.intent for line, reading in accepted),
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


def _share(hits: Any) -> float | None:
    found = list(hits)
    return sum(found) / len(found) if found else None


def _scores(intent: str, pairs: Sequence[tuple[LabelledSentence, Reading]]) -> dict[str, float]:
    counts = Counter((line.intent == intent, reading.intent == intent) for line, reading in pairs)
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    return {
        "n": right + missed,
        "precision": right / (right + wrong) if right + wrong else 0.0,
        "recall": right / (right + missed) if right + missed else 0.0,
        "f1": 2 * right / (2 * right + missed + wrong),
    }


def _readings(settings: Settings, lines: Sequence[LabelledSentence]) -> list[Reading]:
    worded = [line for line in lines if not is_wordless(line.text)]
    parsed = iter(_parse(settings, [normalise(line.text).text for line in worded]))
    # As in the chat: what holds no word goes past the model, as out of scope.
    return [
        Reading(OUT_OF_SCOPE, 1.0, accepted=True) if is_wordless(line.text) else next(parsed)
        for line in lines
    ]


def _parse(settings: Settings, texts: Sequence[str]) -> list[Reading]:
    with tempfile.TemporaryDirectory() as folder:
        file, result = Path(folder) / "texts.jsonl", Path(folder) / "readings.jsonl"
        file.write_text(
            "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts),
            "utf-8",
        )
        model = str(model_path(settings))
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            [str(rasa_python()), "-m", "nlu.parse_file", model, str(file), str(result)],
            cwd=ROOT,
            env=rasa_environment(),
            capture_output=True,
            text=True,
            timeout=_TIME_LIMIT_SECONDS,
            check=False,
        )
        if done.returncode:
            raise EvaluationFailed("模型运行失败：\n" + "\n".join(done.stderr.splitlines()[-8:]))
        parsed = [json.loads(line) for line in result.read_text("utf-8").split("\n") if line]
    return [Reading(line["intent"], line["confidence"], line["accepted"]) for line in parsed]
