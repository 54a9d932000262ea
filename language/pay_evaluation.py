"""Measuring how pay is read, on a labelled file."""

import json
from pathlib import Path
from typing import Any

from language.pay import read_pay


def evaluate_pay(path: Path) -> dict[str, Any]:
    """Return ``n``, ``accuracy`` (both sides exact, 0 to 1) and ``errors`` of a file.

    A line is ``{"id", "text", "min", "max"}``, whole yuan a month as the person means it, null
    for a side that is open. ValueError or KeyError for a damaged line, ValueError for an empty
    file.
    """
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if not lines:
        raise ValueError("no lines to measure on")
    errors = [error for line in lines if (error := _error(line)) is not None]
    return {"n": len(lines), "accuracy": 1 - len(errors) / len(lines), "errors": errors}


def _error(line: dict[str, Any]) -> dict[str, Any] | None:
    pay = read_pay(line["text"])
    read = [None, None] if pay is None else [pay.min, pay.max]
    meant = [line["min"], line["max"]]
    if read == meant:
        return None
    return {"id": line["id"], "text": line["text"], "expected": meant, "read": read}
