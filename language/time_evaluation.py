"""Measuring how times are read, on a labelled file (DESIGN section 8)."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from language.times import read_times


def evaluate_times(path: Path) -> dict[str, Any]:
    """Return ``n``, ``accuracy`` (both ends exact, 0 to 1) and ``errors`` of a file.

    A line is ``{"id", "text", "now", "start", "end"}``; ``start`` and ``end`` are null where
    no time is said. ValueError or KeyError for a damaged line, ValueError for an empty file.
    """
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if not lines:
        raise ValueError("no lines to measure on")
    errors = [error for line in lines if (error := _error(line)) is not None]
    return {"n": len(lines), "accuracy": 1 - len(errors) / len(lines), "errors": errors}


def _error(line: dict[str, Any]) -> dict[str, Any] | None:
    span = read_times(line["text"], _moment(line["now"]))
    read = None if span is None else (span.start, span.end)
    meant = None if line["start"] is None else (_moment(line["start"]), _moment(line["end"]))
    if read == meant:
        return None
    return {
        "id": line["id"],
        "text": line["text"],
        "expected": [line["start"], line["end"]],
        "read": None if read is None else [moment.isoformat() for moment in read],
    }


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return moment
