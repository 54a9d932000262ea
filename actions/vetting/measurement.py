"""``zhida eval vetting``: decisions, categories and spans on labelled ads."""

import json
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from actions.vetting.files import ad_of
from actions.vetting.rulebook import PASS, REJECT, REVIEW
from actions.vetting.service import wages_on_file
from actions.vetting.vetter import Review, vet
from knowledge.evaluation.figures import rate, wilson
from store.settings import Settings

DECISIONS = (PASS, REVIEW, REJECT)


def run(settings: Settings, progress: Callable[[str], None], file: Labelled) -> dict[str, Any]:
    """Measure on ``file`` (DESIGN section 8, ``vetting``); MeasurementFailed.

    ``category_f1`` is over all pairs of ad and category; ``span_overlap`` the share of true
    rejects in which a finding meets a labelled span, ``spans_found`` of all labelled spans.
    Minimum wages are those that the installation has on file.
    """
    lines = _lines(file)
    wages = wages_on_file(settings)
    vet(ad_of(lines[0]), wages)  # loads the rules
    began = time.perf_counter()
    reviews = [vet(ad_of(line), wages) for line in lines]
    seconds = time.perf_counter() - began
    progress(f"审了 {len(lines)} 条，{seconds:.1f} 秒")
    return {**figures(lines, reviews), "ads_per_second": round(len(lines) / max(seconds, 1e-9))}


def figures(lines: Sequence[Mapping[str, Any]], reviews: Sequence[Review]) -> dict[str, Any]:
    """Return what reviews of labelled ads come to."""
    pairs = list(zip(lines, reviews, strict=True))
    confusion = Counter((line["expect"], review.decision) for line, review in pairs)
    right = sum(confusion[each, each] for each in DECISIONS)
    said = sum(confusion[each, REJECT] for each in DECISIONS)
    meant = sum(confusion[REJECT, each] for each in DECISIONS)
    clean = sum(confusion[PASS, each] for each in DECISIONS)
    both = confusion[REJECT, REJECT]
    true = [pair for pair in pairs if pair[0]["expect"] == REJECT == pair[1].decision]
    met = [_met(line, review) for line, review in true]
    return {
        "n": len(pairs),
        "decision_accuracy": rate(right, len(pairs)),
        "reject_precision": rate(both, said),
        "reject_recall": rate(both, meant),
        "category_f1": _category_f1(pairs),
        "review_recall": rate(
            confusion[REVIEW, REVIEW], sum(confusion[REVIEW, each] for each in DECISIONS)
        ),
        "clean_passed": rate(confusion[PASS, PASS], clean),
        "span_overlap": rate(sum(any(each) for each in met), len(true)),
        "spans_found": rate(sum(map(sum, met)), sum(map(len, met))),
        "intervals": {
            "decision_accuracy": wilson(right, len(pairs)),
            "reject_precision": wilson(both, said),
            "reject_recall": wilson(both, meant),
            "clean_passed": wilson(confusion[PASS, PASS], clean),
        },
        "confusion": {f"{a} as {b}": n for (a, b), n in sorted(confusion.items())},
        "per_category": _per_category(pairs),
        "errors": [_error(line, review) for line, review in pairs if _is_wrong(line, review)],
    }


def _lines(file: Path) -> list[dict[str, Any]]:
    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        for line in lines:
            str(line["text"])
            if line["expect"] not in DECISIONS:
                raise ValueError(line["expect"])
            set(line["categories"])
            list(line["spans"])
    except (ValueError, KeyError, TypeError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
    if not lines:
        raise MeasurementFailed(f"{file} 是空的")
    return lines


def _met(line: Mapping[str, Any], review: Review) -> list[bool]:
    """Tell of each labelled span whether a finding in the text meets it."""
    found = [(each.start, each.end) for each in review.findings if each.field == "text"]
    text, met = str(line["text"]), []
    for span in line["spans"]:
        start = text.find(span)
        met.append(any(a < start + len(span) and start < b for a, b in found))
    return met


def _category_f1(pairs: Sequence[tuple[Mapping[str, Any], Review]]) -> float | None:
    both = said = meant = 0
    for line, review in pairs:
        read, labelled = _categories(review), set(line["categories"])
        both, said, meant = both + len(read & labelled), said + len(read), meant + len(labelled)
    return rate(2 * both, said + meant)


def _per_category(pairs: Sequence[tuple[Mapping[str, Any], Review]]) -> dict[str, dict[str, int]]:
    names = sorted({each for line, _ in pairs for each in line["categories"]})
    return {
        name: {
            "found": sum(
                name in line["categories"] and name in _categories(r) for line, r in pairs
            ),
            "missed": sum(
                name in line["categories"] and name not in _categories(r) for line, r in pairs
            ),
            "wrongly": sum(
                name not in line["categories"] and name in _categories(r) for line, r in pairs
            ),
        }
        for name in names
    }


def _categories(review: Review) -> set[str]:
    return {each.category for each in review.findings}


def _is_wrong(line: Mapping[str, Any], review: Review) -> bool:
    return bool(line["expect"] != review.decision or set(line["categories"]) != _categories(review))


def _error(line: Mapping[str, Any], review: Review) -> dict[str, Any]:
    return {
        "id": line.get("id"),
        "expected": line["expect"],
        "read": review.decision,
        "categories": list(line["categories"]),
        "found": [f"{each.category}：{each.span}" for each in review.findings],
    }
