"""Sentences of a labelled file, and what the trained model makes of them.

They take the chat's own way: ``language.text`` first, then the model.
"""

import json
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from actions.dialogue.feature import MeasurementFailed
from bot.model_versions import current_model
from bot.training import TrainingFailed, rasa_environment, rasa_python, train
from knowledge.evaluation.figures import wilson
from language.text import is_wordless, normalise
from store.settings import ROOT, Settings

OUT_OF_SCOPE = "out_of_scope"
_TIME_LIMIT_SECONDS = 900


class HasText(Protocol):
    """A line of an evaluation file."""

    @property
    def text(self) -> str:
        """The sentence."""


Line = TypeVar("Line", bound=HasText)


class EvaluationFailed(RuntimeError):
    """The file cannot be read or the model cannot be run; the message says why."""


@dataclass(frozen=True)
class Reading:
    """What the model made of a sentence: its likeliest intent, whether it dares, and danger."""

    intent: str
    confidence: float
    accepted: bool
    danger: str | None = None


WORDLESS = Reading(OUT_OF_SCOPE, 1.0, accepted=True)
"""As in the chat: what holds no word goes past the model."""


def read_labelled(file: Path, line_of: Callable[[dict[str, Any]], Line]) -> list[Line]:
    """Return the lines of ``file``, each made by ``line_of``, which may refuse one.

    Raises EvaluationFailed with the line that is wrong.
    """
    try:
        written = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationFailed(f"读不了 {file}") from error
    lines = []
    for number, line in enumerate(written, start=1):
        if not line.strip():
            continue
        try:
            lines.append(line_of(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EvaluationFailed(f"{file} 第 {number} 行格式不对") from error
    if not lines:
        raise EvaluationFailed(f"{file} 里没有句子")
    return lines


def share(hits: Iterable[bool]) -> tuple[float | None, list[float] | None]:
    """Return which share of ``hits`` is true, with its 95% interval; None of nothing."""
    found = list(hits)
    return (sum(found) / len(found) if found else None), wilson(sum(found), len(found))


def readings(settings: Settings, texts: Sequence[str]) -> list[Reading]:
    """Return the reading of each text, training the model first if need be; EvaluationFailed."""
    try:
        train(settings, progress=lambda _line: None)
    except TrainingFailed as error:
        raise EvaluationFailed(str(error)) from error
    return readings_of(settings, current_model(settings), texts)


def readings_of(settings: Settings, model: Path, texts: Sequence[str]) -> list[Reading]:
    """Return what one model makes of each text; EvaluationFailed."""
    wordy = [normalise(text).text for text in texts if not is_wordless(text)]
    parsed = iter(_parse(settings, model, wordy) if wordy else ())
    return [WORDLESS if is_wordless(text) else next(parsed) for text in texts]


def _parse(settings: Settings, model: Path, texts: Sequence[str]) -> list[Reading]:
    with tempfile.TemporaryDirectory() as folder:
        file, result = Path(folder) / "texts.jsonl", Path(folder) / "readings.jsonl"
        file.write_text(
            "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts),
            "utf-8",
        )
        done = subprocess.run(  # noqa: S603 - fixed command, no shell
            [str(rasa_python()), "-m", "nlu.parse_file", str(model), str(file), str(result)],
            cwd=ROOT,
            env=rasa_environment(settings),
            capture_output=True,
            text=True,
            timeout=_TIME_LIMIT_SECONDS,
            check=False,
        )
        if done.returncode:
            raise EvaluationFailed("模型运行失败：\n" + "\n".join(done.stderr.splitlines()[-8:]))
        parsed = [json.loads(line) for line in result.read_text("utf-8").split("\n") if line]
    return [
        Reading(line["intent"], line["confidence"], line["accepted"], line["danger"])
        for line in parsed
    ]


def measure(
    settings: Settings,
    file: Path,
    line_of: Callable[[dict[str, Any]], Line],
    figures: Callable[[Sequence[Line], Sequence[Reading]], dict[str, Any]],
) -> dict[str, Any]:
    """Return the ``figures`` of the sentences of ``file``; MeasurementFailed."""
    try:
        lines = read_labelled(file, line_of)
        return figures(lines, readings(settings, [line.text for line in lines]))
    except (EvaluationFailed, ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
