"""Measuring the answers on a labelled file (DESIGN section 8, ``policy``)."""

import re
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from knowledge.answers import Citation, PolicyAnswer
from knowledge.documents import get_document
from knowledge.ingest import DIGESTS, ingest
from knowledge.library import PolicyLibrary
from store.clock import utc_now
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings


@dataclass
class _Tally:
    answerable: int = 0
    unanswerable: int = 0
    hit_at_1: int = 0
    hit_at_3: int = 0
    refused_unanswerable: int = 0
    refused_answerable: int = 0
    quotes: int = 0
    verbatim: int = 0


def evaluate(
    lines: Iterable[Mapping[str, Any]],
    docs_dir: Path | None,
    settings: Settings,
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Answer every line's question from the documents of ``docs_dir`` (None: the digests).

    The documents are ingested into a database and an index of their own; the questions go
    through ``PolicyLibrary.answer``, the same code as the chat. Gold entries for files that
    are not in ``docs_dir`` are left out. Returns the figures of DESIGN section 8; rates are
    shares of the answerable or of the unanswerable questions (None where there are none).
    """
    moment = now or utc_now()
    folder = docs_dir or DIGESTS
    with tempfile.TemporaryDirectory() as scratch:
        own = settings.model_copy(update={"var_dir": Path(scratch), "database_url": ""})
        database = Database(own.database)
        try:
            upgrade(database)
            results = ingest(database, own, [folder], now=moment)
            names = {result.path.name: result.doc_id for result in results if result.doc_id}
            library = PolicyLibrary(database, own)
            library.warm()
            return _measure(lines, library, database, names, moment)
        finally:
            database.close()


def _measure(
    lines: Iterable[Mapping[str, Any]],
    library: PolicyLibrary,
    database: Database,
    names: Mapping[str, str],
    now: datetime,
) -> dict[str, Any]:
    tally = _Tally()
    times: list[float] = []
    errors: list[dict[str, Any]] = []
    for line in lines:
        began = time.perf_counter()
        answer = library.answer(line["question"], region=line.get("region") or None, now=now)
        times.append((time.perf_counter() - began) * 1000)
        for citation in answer.citations:
            document = get_document(database, citation.doc_id, on=now.date())
            tally.quotes += 1
            tally.verbatim += document is not None and citation.quote in document.text
        wrong = _judge(line, answer, names, tally)
        if wrong is not None:
            errors.append(wrong)
    return {
        "n": tally.answerable + tally.unanswerable,
        "hit_at_1": _rate(tally.hit_at_1, tally.answerable),
        "hit_at_3": _rate(tally.hit_at_3, tally.answerable),
        "refused_unanswerable": _rate(tally.refused_unanswerable, tally.unanswerable),
        "refused_answerable": _rate(tally.refused_answerable, tally.answerable),
        "quotes_verbatim": _rate(tally.verbatim, tally.quotes),
        "p50_ms": round(statistics.median(times), 2) if times else None,
        "errors": errors,
    }


def _judge(
    line: Mapping[str, Any], answer: PolicyAnswer, names: Mapping[str, str], tally: _Tally
) -> dict[str, Any] | None:
    """Count one answer; return an entry for ``errors`` when it is wrong."""
    refused = answer.status == "not_covered"
    if not line["answerable"]:
        tally.unanswerable += 1
        tally.refused_unanswerable += refused
        return None if refused else _entry(line, answer, "answered_unanswerable")
    tally.answerable += 1
    tally.refused_answerable += refused
    gold = [
        (names[entry["doc"]], entry["quote"]) for entry in line["gold"] if entry["doc"] in names
    ]
    hits = [any(is_hit(citation, *entry) for entry in gold) for citation in answer.citations]
    tally.hit_at_1 += any(hits[:1])
    tally.hit_at_3 += any(hits[:3])
    if refused:
        return _entry(line, answer, "refused_answerable")
    return None if any(hits[:1]) else _entry(line, answer, "wrong_quote")


def is_hit(citation: Citation, doc_id: str, gold: str) -> bool:
    """Tell whether a citation hits: the document, and half of the shorter quote in common."""
    if citation.doc_id != doc_id:
        return False
    quote, wanted = (re.sub(r"\s+", "", text) for text in (citation.quote, gold))
    shorter = min(len(quote), len(wanted))
    if not shorter:
        return False
    matcher = SequenceMatcher(None, quote, wanted, autojunk=False)
    common = matcher.find_longest_match(0, len(quote), 0, len(wanted)).size
    return common * 2 >= shorter


def _rate(count: int, total: int) -> float | None:
    return round(count / total, 4) if total else None


def _entry(line: Mapping[str, Any], answer: PolicyAnswer, error: str) -> dict[str, Any]:
    return {
        "id": line.get("id"),
        "question": line["question"],
        "error": error,
        "status": answer.status,
        "confidence": round(answer.confidence, 3),
        "cited": [[citation.title, citation.quote] for citation in answer.citations],
    }
