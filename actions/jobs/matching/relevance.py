"""``zhida eval jobs``: what wishes find among postings, beside BM25 and SQLite's FTS5."""

import json
import math
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from actions.dialogue.context import Context
from actions.dialogue.feature import MeasurementFailed
from actions.dialogue.measurement import Labelled
from actions.dialogue.reading.reader import read
from actions.dialogue.registry import Features
from actions.dialogue.turn import Named, Turn
from actions.jobs.chat.job_query import JobQuery, remembered
from actions.jobs.feature import JOBS
from actions.jobs.imports.importer import Importer, Order
from actions.jobs.matching.titles import Titles
from actions.jobs.service import Jobs
from actions.jobs.tables import EmployerRow, PostingRow
from knowledge.parsing.sheets.refusal import UnreadableTable
from language.names import NameIndex
from language.terms import normalise, terms
from language.trades import lookup_entries
from store.clock import utc_now
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

SHOWN = 10
WHO = "eval"
Postings = Annotated[
    Path, typer.Option("--postings", exists=True, dir_okay=False, help="岗位表（xlsx、xls、csv）。")
]


@dataclass(frozen=True)
class GradedWish:
    """A wish, and grades of rows of the sheet: 3 to 1, -1 breaks it."""

    id: str
    text: str
    grades: Mapping[int, int]


def run(
    settings: Settings, progress: Callable[[str], None], file: Labelled, postings: Postings
) -> dict[str, Any]:
    """Measure on ``file`` (DESIGN section 8, ``jobs``); MeasurementFailed.

    A wish is read as the chat reads it, but for Rasa, whose lookup of trades is used and whose
    intent is taken for granted. nDCG@10 has gain ``2^grade - 1``; what is ungraded or breaks the
    wish has none; ``violations`` are shown postings that break it, ``wishes_violated`` how many
    wishes have one.
    """
    try:
        wishes = [_labelled(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
        with tempfile.TemporaryDirectory(prefix="zhida-eval-") as folder:
            database = Database(f"sqlite:///{folder}/zhida.db")
            upgrade(database)
            try:
                return _measured(database, settings, progress, wishes, postings)
            finally:
                database.close()
    except (ValueError, KeyError) as error:
        raise MeasurementFailed(f"{file} 测不了：{error!r}") from error
    except UnreadableTable as error:
        raise MeasurementFailed(error.sentence) from error


def _measured(
    database: Database,
    settings: Settings,
    progress: Callable[[str], None],
    wishes: Sequence[GradedWish],
    postings: Path,
) -> dict[str, Any]:
    now = utc_now()
    jobs = Jobs(database, titles=Titles.over(database, settings))
    report = Importer(database, jobs).run(postings, Order(postings.name, WHO), now=now)
    rows = {one.id: one.row for one in report.results if one.id}
    total = jobs.titles.unread()
    while done := jobs.titles.read_some():
        progress(f"岗位名称归类：还剩 {jobs.titles.unread()} / {total}（这次 {done}）")
    found = {wish.id: _found(jobs, wish.text, rows, now) for wish in wishes}
    texts = _texts(database, rows)
    figures = score(wishes, found)
    return {
        "n": len(wishes),
        "postings": len(rows),
        **figures,
        "bm25": _told(score(wishes, by_bm25(wishes, texts))),
        "fts5": _told(score(wishes, by_fts5(wishes, texts))),
        "encoder": jobs.titles.reads and "words" not in jobs.titles.identity,
    }


def _labelled(line: str) -> GradedWish:
    one = json.loads(line)
    grades = {int(row): int(grade) for row, grade in one["grades"].items()}
    return GradedWish(one["id"], one["text"], grades)


# Reading and searching ------------------------------------------------------------------------

_TRADES = NameIndex({name: name for name in lookup_entries()})


def wish_in(jobs: Jobs, text: str, now: datetime) -> JobQuery:
    """Return the wish that a sentence says, read as the chat reads it."""
    named = tuple(
        Named("trade", text[one.start : one.end], one.start, one.end) for one in _TRADES.apart(text)
    )
    turn = Turn(
        conversation=WHO,
        request_key=WHO,
        text=text,
        intent="search_jobs",
        ranking=(("search_jobs", 1.0),),
        named=named,
        now=now,
    )
    commands = read(turn, Context(), Features(JOBS), jobs.names())
    slots: dict[str, Any] = {}
    for command in commands:
        slots.update(command.sets or {})
    return remembered(slots)


def _found(jobs: Jobs, text: str, rows: Mapping[str, int], now: datetime) -> list[int]:
    wish = wish_in(jobs, text, now).as_job_wish()
    return [rows[job.id] for job in jobs.search(wish, now=now, limit=SHOWN).jobs]


# Figures --------------------------------------------------------------------------------------


def score(wishes: Sequence[GradedWish], found: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """Return nDCG@10 over all wishes, and what was shown that breaks one."""
    gains = {wish.id: ndcg(found[wish.id], wish.grades) for wish in wishes}
    broken = {
        wish.id: [row for row in found[wish.id][:SHOWN] if wish.grades.get(row, 0) < 0]
        for wish in wishes
    }
    return {
        "ndcg_at_10": round(sum(gains.values()) / max(len(gains), 1), 4),
        "violations": sum(map(len, broken.values())),
        "wishes_violated": sum(map(bool, broken.values())),
        "errors": [
            {"id": wish.id, "text": wish.text, "ndcg": round(gains[wish.id], 3)}
            | {"found": list(found[wish.id]), "broken": broken[wish.id]}
            for wish in wishes
            if gains[wish.id] < LOW or broken[wish.id]
        ],
    }


LOW = 0.75
"""A wish below this is listed among the errors."""


def ndcg(found: Sequence[int], grades: Mapping[int, int]) -> float:
    """Return the discounted gain of ten rows, out of what was possible; 1 where nothing was."""

    def gain(ordered: Sequence[int]) -> float:
        return sum((2.0**grade - 1) / math.log2(at + 2) for at, grade in enumerate(ordered[:SHOWN]))

    ideal = gain(sorted((max(grade, 0) for grade in grades.values()), reverse=True))
    return gain([max(grades.get(row, 0), 0) for row in found]) / ideal if ideal else 1.0


def _told(figures: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in figures.items() if name != "errors"}


# Baselines ------------------------------------------------------------------------------------


def _texts(database: Database, rows: Mapping[str, int]) -> dict[int, list[str]]:
    """Return the terms of all that each posting says, by its row."""
    said = (PostingRow.title, PostingRow.category, PostingRow.tags, PostingRow.street)
    more = (PostingRow.benefits, PostingRow.salary_text, PostingRow.description, PostingRow.facts)
    query = select(PostingRow.code, EmployerRow.name, *said, *more).join(EmployerRow)
    with database.read() as session:
        return {
            rows[code]: terms(normalise(" ".join(parts)))
            for code, *parts in session.execute(query)
            if code in rows
        }


def by_bm25(
    wishes: Sequence[GradedWish], texts: Mapping[int, Sequence[str]]
) -> dict[str, list[int]]:
    """Return what BM25 over characters and their pairs finds, with bm25s' own defaults."""
    import bm25s

    numbers: dict[str, int] = {}
    rows = list(texts)
    tokens = [[numbers.setdefault(t, len(numbers)) for t in texts[row]] for row in rows]
    searcher = bm25s.BM25()
    searcher.index((tokens, numbers), show_progress=False)
    found: dict[str, list[int]] = {}
    for wish in wishes:
        asked = [[term for term in terms(normalise(wish.text)) if term in numbers]]
        best, _ = searcher.retrieve(asked, k=min(SHOWN, len(rows)), show_progress=False)
        found[wish.id] = [rows[int(at)] for at in best[0]]
    return found


def by_fts5(
    wishes: Sequence[GradedWish], texts: Mapping[int, Sequence[str]]
) -> dict[str, list[int]]:
    """Return what SQLite's FTS5 finds over the same terms, any of them, in its own order."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE postings USING fts5(terms)")
    base.executemany(
        "INSERT INTO postings(rowid, terms) VALUES (?, ?)",
        [(row, " ".join(said)) for row, said in texts.items()],
    )
    found: dict[str, list[int]] = {}
    for wish in wishes:
        asked = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(normalise(wish.text))))
        query = "SELECT rowid FROM postings WHERE postings MATCH ? ORDER BY rank LIMIT ?"
        found[wish.id] = [row for (row,) in base.execute(query, (asked, SHOWN))]
    base.close()
    return found
