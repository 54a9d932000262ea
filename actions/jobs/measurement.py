"""``zhida eval pay``: how pay in sentences is read."""

from collections.abc import Callable
from typing import Any

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from language.pay_evaluation import evaluate_pay
from store.settings import Settings


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure on ``file``, lines of ``{"id", "text", "min", "max"}``; MeasurementFailed."""
    del settings, progress
    try:
        return evaluate_pay(file)
    except (ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
