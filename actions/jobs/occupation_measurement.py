"""``zhida eval occupation``: ads' titles to occupations, beside BM25 over names and aliases."""

import time
from collections.abc import Callable
from typing import Any

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from knowledge.evaluation.figures import rate, reliability, wilson
from language.encoder.loading import encoder_folder
from language.encoder.serving import SentenceEncoder, is_encoder
from language.occupations.baseline import Bm25Reader
from language.occupations.classification import Classification
from language.occupations.errors import OccupationsUnavailable
from language.occupations.evaluation import (
    LabelledTitle,
    Scores,
    is_group_right,
    is_right,
    read_labelled,
    score,
)
from language.occupations.package import fetch_table
from language.occupations.reader import load_reader
from store.settings import Settings


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure on ``file`` (DESIGN section 8, ``occupation``); MeasurementFailed.

    ``accuracy`` is of all titles, an unknown one is not right; where the label is a small group's
    any occupation in it is right (``exact`` wants the code to the letter).
    """
    try:
        labelled = read_labelled(file)
        classification = Classification.read(fetch_table(settings))
    except OccupationsUnavailable as error:
        raise MeasurementFailed(str(error)) from error
    except (ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
    folder = encoder_folder(settings)
    encoder = SentenceEncoder(folder) if is_encoder(folder) else None
    reader = load_reader(settings, encoder)
    titles = [one.title for one in labelled]
    reader.read(titles[:1])  # loads what is loaded at first use
    began = time.perf_counter()
    readings = reader.read(titles)
    seconds = time.perf_counter() - began
    progress(f"读了 {len(titles)} 个岗位名称，{seconds:.1f} 秒")
    answers = [None if reading is None else reading.code for reading in readings]
    told = [(r, one) for r, one in zip(readings, labelled, strict=True) if r is not None]
    return {
        **_figures(score(answers, labelled)),
        "encoder": encoder is not None,
        "titles_per_second": round(len(titles) / seconds, 1),
        "calibration": reliability(
            [reading.probability for reading, _ in told],
            [is_right(reading.code, one.code) for reading, one in told],
        ),
        "bm25": _figures(score(Bm25Reader(classification).read(titles), labelled)),
        "errors": [
            _error(answer, one)
            for answer, one in zip(answers, labelled, strict=True)
            if not is_right(answer, one.code)
        ],
    }


def _error(answer: str | None, one: LabelledTitle) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "expected": one.code,
        "read": answer,
        "group_right": is_group_right(answer, one.code),
    }


def _figures(scores: Scores) -> dict[str, Any]:
    return {
        "n": scores.n,
        "accuracy": rate(scores.right, scores.n),
        "group_accuracy": rate(scores.group_right, scores.n),
        "exact": rate(scores.same, scores.n),
        "unknown": scores.unknown,
        "intervals": {
            "accuracy": wilson(scores.right, scores.n),
            "group_accuracy": wilson(scores.group_right, scores.n),
        },
    }
