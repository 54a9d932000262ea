"""Figures about rates and probabilities, and which of them must not get worse. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from store.errors import ZhidaError

BINS = 5
TOLERANCE = 0.02  # by which a rate may be worse than the earlier one
# Rates that a change must not make worse, and the direction in which they are good.
GUARDED = {"hit_at_1": 1, "hit_at_3": 1, "refused_unanswerable": 1, "refused_answerable": -1}


class OtherQuestions(ZhidaError):
    """Earlier figures were measured on other questions or other documents."""

    code = "other_questions"


@dataclass(frozen=True)
class Regression:
    """A rate that is worse than before by more than ``TOLERANCE``."""

    name: str
    before: float
    after: float | None


def rate(count: int, total: int) -> float | None:
    """Return the share ``count / total`` to four places; None of nothing."""
    return round(count / total, 4) if total else None


def wilson(count: int, total: int) -> list[float] | None:
    """Return the 95% Wilson score interval of a share (Wilson 1927); None of nothing."""
    if not total:
        return None
    from scipy.stats import binomtest  # a second to import, and most commands measure nothing

    interval = binomtest(count, total).proportion_ci(method="wilson")
    return [round(float(interval.low), 4), round(float(interval.high), 4)]


def quantile(values: Sequence[float], share: float) -> float | None:
    """Return the value that ``share`` (0 to 1) of ``values`` do not exceed, interpolated."""
    return round(float(np.quantile(values, share)), 2) if values else None


def reliability(confidence: Sequence[float], right: Sequence[bool]) -> dict[str, Any]:
    """Tell how well stated probabilities agree with what happened.

    ``brier`` is the mean squared error of the probabilities (0 is best), ``ece`` the expected
    calibration error: the distance between mean confidence and share of right answers in each
    of five bins of equal width, weighted by the bin's size (Naeini et al. 2015). Both are
    None, as an empty bin's figures are, where there is nothing to measure.
    """
    stated, outcome = np.asarray(confidence, float), np.asarray(right, float)
    number = np.clip((stated * BINS).astype(int), 0, BINS - 1)
    bins = [_bin(which, stated[number == which], outcome[number == which]) for which in range(BINS)]
    gaps = [entry["n"] * abs(entry["confidence"] - entry["right"]) for entry in bins if entry["n"]]
    total = len(stated)
    return {
        "n": total,
        "brier": round(float(np.mean((stated - outcome) ** 2)), 4) if total else None,
        "ece": round(sum(gaps) / total, 4) if total else None,
        "bins": bins,
    }


def regressions(result: Mapping[str, Any], earlier: Mapping[str, Any]) -> list[Regression]:
    """Return the guarded rates that are worse in ``result`` than in the ``earlier`` figures.

    Raise OtherQuestions when the two cannot be compared, KeyError when ``earlier`` is not
    such a record.
    """
    for name in ("questions", "documents"):
        if result[name] != earlier[name]:
            raise OtherQuestions(name)
    found: list[Regression] = []
    for name, direction in GUARDED.items():
        before, after = earlier[name], result[name]
        if before is None:
            continue
        if after is None or direction * (before - after) > TOLERANCE + 1e-9:
            found.append(Regression(name, before, after))
    return found


def record(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures that later ones are to be compared with."""
    kept = ("questions", "documents", "n", *GUARDED, "per_style", "characters")
    return {name: result[name] for name in kept}


def _bin(which: int, stated: Any, outcome: Any) -> dict[str, Any]:
    some = len(stated) > 0
    return {
        "from": which / BINS,
        "to": (which + 1) / BINS,
        "n": len(stated),
        "confidence": round(float(stated.mean()), 4) if some else None,
        "right": round(float(outcome.mean()), 4) if some else None,
    }
