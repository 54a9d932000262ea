"""Measuring the answers on a labelled file (DESIGN section 8, ``policy``)."""

import hashlib
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.answering.answerer import PolicyAnswerer
from knowledge.evaluation.figures import quantile, rate, reliability, wilson
from knowledge.evaluation.scoring import SHOWN, Folder, Scored, score
from knowledge.ingest import DIGESTS, ingest
from language.encoder.loading import encoder_name
from store.clock import utc_now
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

Line = Mapping[str, Any]


def evaluate(
    lines: Iterable[Line],
    docs_dir: Path | None,
    settings: Settings,
    *,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Answer every line's question from the documents of ``docs_dir`` (None: the digests).

    The documents are ingested into a database and an index of their own; the questions go
    through ``PolicyAnswerer.answer``, the same code as the chat. Gold entries for files that
    are not in ``docs_dir`` are left out (``without_gold`` counts the answerable questions
    that have none left: they cannot be hit). Returns the figures of DESIGN section 8; rates
    are shares of the answerable or of the unanswerable questions (None where there are none).
    """
    moment = now or utc_now()
    asked = list(lines)
    with tempfile.TemporaryDirectory() as scratch:
        own = settings.model_copy(
            update={
                "var_dir": Path(scratch),
                "database_url": "",
                "encoder": encoder_name(settings),  # the assistant's own
            }
        )
        database = Database(own.database)
        try:
            upgrade(database)
            results = ingest(database, own, [docs_dir or DIGESTS], now=moment)
            names = {result.path.name: result.doc_id for result in results if result.doc_id}
            folder = Folder(database, names, moment.date())
            scored = _answer_all(asked, PolicyAnswerer(database, own), folder, moment)
        finally:
            database.close()
    return {**_figures(scored, folder), "questions": _fingerprint(asked)}


def _answer_all(
    lines: Sequence[Line], answerer: PolicyAnswerer, folder: Folder, now: datetime
) -> list[Scored]:
    answerer.warm()
    baseline = folder.baseline()
    scored: list[Scored] = []
    for line in lines:
        began = time.perf_counter()
        answer = answerer.answer(line["question"], region=line.get("region") or None, now=now)
        milliseconds = (time.perf_counter() - began) * 1000
        scored.append(score(line, answer, milliseconds, folder, baseline))
    return scored


def _figures(scored: Sequence[Scored], folder: Folder) -> dict[str, Any]:
    times = [one.milliseconds for one in scored]
    given = [one for one in scored if not one.refused and one.answer.citations]
    quotes = sum(len(one.answer.citations) for one in scored)
    styles: dict[str, list[Scored]] = defaultdict(list)
    for one in scored:
        styles[one.style].append(one)
    return {
        "n": len(scored),
        **_rates(scored),
        "quotes_verbatim": rate(sum(one.verbatim for one in scored), quotes),
        "p50_ms": quantile(times, 0.5),
        "p95_ms": quantile(times, 0.95),
        "intervals": _intervals(scored),
        "characters": _characters(scored),
        "per_style": {
            style: {"n": len(some), **_rates(some), "characters": _characters(some)}
            for style, some in sorted(styles.items())
        },
        "calibration": reliability(
            [one.answer.confidence for one in given], [one.right for one in given]
        ),
        "confusions": _confusions(scored, folder),
        "without_gold": sum(one.answerable and not one.gold for one in scored),
        "documents": sorted(folder.names),
        "errors": [_entry(one, folder) for one in scored if one.error],
    }


def _counts(scored: Iterable[Scored]) -> dict[str, tuple[int, int]]:
    """Count what each rate of ``GUARDED`` is a share of: name → (cases, of how many)."""
    asked: dict[bool, list[Scored]] = {True: [], False: []}
    for one in scored:
        asked[one.answerable].append(one)
    return {
        "hit_at_1": (sum(one.right for one in asked[True]), len(asked[True])),
        "hit_at_3": (sum(any(one.hits[:SHOWN]) for one in asked[True]), len(asked[True])),
        "refused_unanswerable": (sum(one.refused for one in asked[False]), len(asked[False])),
        "refused_answerable": (sum(one.refused for one in asked[True]), len(asked[True])),
    }


def _rates(scored: Iterable[Scored]) -> dict[str, float | None]:
    return {name: rate(*counts) for name, counts in _counts(scored).items()}


def _intervals(scored: Iterable[Scored]) -> dict[str, list[float] | None]:
    return {name: wilson(*counts) for name, counts in _counts(scored).items()}


def _characters(scored: Iterable[Scored]) -> dict[str, float | None]:
    """Return how often plain BM25 over characters hits the same questions."""
    answerable = [one for one in scored if one.answerable]
    return {
        "hit_at_1": rate(sum(any(one.baseline_hits[:1]) for one in answerable), len(answerable)),
        "hit_at_3": rate(
            sum(any(one.baseline_hits[:SHOWN]) for one in answerable), len(answerable)
        ),
    }


def _confusions(scored: Iterable[Scored], folder: Folder) -> list[dict[str, Any]]:
    """Return what was cited instead of what, most frequent first.

    Of several passages that would have been right, one in the cited document is named, else
    the first; ``gold`` is None for a question that no document answers.
    """
    pairs: dict[tuple[tuple[str, str] | None, tuple[str, str]], list[str]] = defaultdict(list)
    for one in scored:
        if one.error and one.answer.citations:
            cited = one.answer.citations[0]
            wanted = sorted(one.gold, key=lambda gold: gold.doc_id != cited.doc_id)
            gold = folder.place(wanted[0].doc_id, wanted[0].quote) if wanted else None
            pairs[gold, folder.place(cited.doc_id, cited.quote)].append(str(one.line.get("id")))
    found = sorted(pairs.items(), key=lambda pair: -len(pair[1]))
    return [
        {"count": len(ids), "gold": gold, "cited": cited, "ids": ids}
        for (gold, cited), ids in found
    ]


def _entry(one: Scored, folder: Folder) -> dict[str, Any]:
    return {
        "id": one.line.get("id"),
        "question": one.line["question"],
        "error": one.error,
        "status": one.answer.status,
        "confidence": round(one.answer.confidence, 3),
        "cited": [[citation.title, citation.quote] for citation in one.answer.citations],
        "gold": [[folder.document(gold.doc_id).title, gold.quote] for gold in one.gold],
    }


def _fingerprint(lines: Iterable[Line]) -> str:
    """Return what tells one set of questions from another."""
    text = "\n".join(json.dumps(line, sort_keys=True, ensure_ascii=False) for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
