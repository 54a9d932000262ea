"""``zhida eval time``: how times in sentences are read."""

from collections.abc import Callable
from typing import Any

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from language.time_evaluation import evaluate_times
from store.settings import Settings


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure on ``file`` (DESIGN section 8, ``time``); MeasurementFailed."""
    del settings, progress
    try:
        return evaluate_times(file)
    except (ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
