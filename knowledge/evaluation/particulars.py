"""Measuring what is read of documents: their particulars against a table written by hand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.documents.identity import folded
from knowledge.documents.validity import ValidityDates, validity_on
from knowledge.parsing.formats.refusal import UnreadableFile
from knowledge.parsing.reader import ParsedDocument
from knowledge.parsing.sandbox import FileReader

FIELDS = (
    "title",
    "doc_no",
    "issuer",
    "region",
    "issued_on",
    "in_force_from",
    "kind",
    "status",
)
PATIENCE = 120.0  # seconds for a file: how fast it is read is not measured here
_TEXTS = frozenset(("title", "issuer"))


def measure(lines: Iterable[Mapping[str, Any]], docs: Path, day: date) -> dict[str, Any]:
    """Read the ``file`` of every line in ``docs`` and compare each of FIELDS; files that are
    not there are left out.

    ``status`` is what the document is on ``day`` by its own dates. Spaces and signs in titles
    and issuers count for nothing. Returns the share that is right of each field, and ``errors``.
    """
    right: Counter[str] = Counter()
    errors: list[dict[str, Any]] = []
    total = 0
    with FileReader(PATIENCE) as reader:
        for line in lines:
            path = docs / line["file"]
            if not path.exists():
                continue
            total += 1
            found = _particulars(reader, path, day)
            for name in FIELDS:
                if _plain(name, found.get(name)) == _plain(name, line[name]):
                    right[name] += 1
                else:
                    errors.append(
                        {
                            "file": line["file"],
                            "field": name,
                            "expected": line[name],
                            "found": found.get(name),
                        }
                    )
    shares = {name: right[name] / total if total else None for name in FIELDS}
    return {"n": total, **shares, "errors": errors}


def _particulars(reader: FileReader, path: Path, day: date) -> dict[str, str | None]:
    try:
        return _of_document(reader.read(path).documents[0], day)
    except UnreadableFile:
        return {}


def _of_document(document: ParsedDocument, day: date) -> dict[str, str | None]:
    data = document.metadata
    dates = ValidityDates(data.effective_on, data.expires_on, None, data.occasion)
    return {
        "title": data.title,
        "doc_no": data.doc_no,
        "issuer": data.issuer,
        "region": data.region,
        "issued_on": data.issued_on.isoformat() if data.issued_on else None,
        "in_force_from": data.effective_on.isoformat() if data.effective_on else None,
        "kind": document.kind,
        "status": validity_on(dates, day),
    }


def _plain(name: str, value: str | None) -> str | None:
    return folded(value) if value and name in _TEXTS else value
