"""Full-text search of two databases over the postings of ``bench jobs``: SQLite's FTS5, GIN.

Both hold the terms of titles with cities; the pay is a condition. No reasons, no meaning.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from actions.jobs.records import JobWish
from bench.postgres import binaries, cluster
from language.terms import normalise, terms

AT_ONCE = 20_000

Spent = tuple[float, float]
"""Milliseconds by the clock, and of the processor: on a busy machine they are far apart."""

Times = Mapping[str, Sequence[Spent]]


def figures_of(name: str, times: Sequence[Spent]) -> dict[str, float]:
    """Return median and 95th percentile of some times."""
    found: dict[str, float] = {}
    for at, kind in enumerate(("ms", "cpu_ms")):
        spent = [each[at] for each in times]
        found[f"{name}_p50_{kind}"] = round(median(spent), 2)
        found[f"{name}_p95_{kind}"] = round(quantiles(spent, n=20)[-1], 2)
    return found


def by_name(name: str, times: Times) -> dict[str, float]:
    """Return the figures of a baseline; nothing of one that is not installed."""
    return {k: v for kind, t in times.items() for k, v in figures_of(f"{name}_{kind}", t).items()}


def timed(work: Callable[[], object]) -> Spent:
    """Return how long something takes."""
    began, worked = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000


def _postings(base: sqlite3.Connection) -> Iterator[tuple[int, str, str, int]]:
    """Yield number, terms, city and highest pay of each posting; titles recur."""
    known: dict[str, str] = {}
    stored = base.execute("SELECT id, title, city, salary_max FROM postings")
    while rows := stored.fetchmany(AT_ONCE):
        for number, title, city, pay in rows:
            if title not in known:
                known[title] = " ".join(terms(normalise(title)))
            yield number, known[title], city, pay


def in_fts5(file: Path, wishes: Sequence[JobWish], progress: Callable[[str], None]) -> Times:
    """Measure FTS5 over titles and cities, with the city in the match and without."""
    progress("建 FTS5 对照")
    base = sqlite3.connect(file)
    base.execute("CREATE VIRTUAL TABLE bench USING fts5(words, pay UNINDEXED)")
    base.executemany(
        "INSERT INTO bench(rowid, words, pay) VALUES (?, ?, ?)",
        [(number, f"{words} {city}", pay) for number, words, city, pay in _postings(base)],
    )
    query = "SELECT rowid FROM bench WHERE bench MATCH ? AND pay >= ? ORDER BY rank LIMIT 10"
    times: dict[str, list[Spent]] = {"city_matched": [], "words_only": []}
    for wish in wishes:
        words = " OR ".join(f'"{term}"' for term in terms(normalise(wish.trade or "")))
        for name, asked in (
            ("city_matched", f'({words}) AND "{wish.place}"'),
            ("words_only", words),
        ):
            times[name].append(timed(partial(_all, base, query, (asked, wish.salary_min))))
    base.close()
    return times


def in_postgres(file: Path, wishes: Sequence[JobWish], progress: Callable[[str], None]) -> Times:
    """Measure a GIN index over the same terms; nothing where PostgreSQL is not installed."""
    if binaries() is None:
        return {}
    import psycopg

    progress("建 PostgreSQL GIN 对照")
    source = sqlite3.connect(file)
    with cluster() as url, psycopg.connect(f"{url.replace('+psycopg', '')}/postgres") as base:
        base.execute("CREATE TABLE bench (id int, words tsvector, city text, pay int)")
        into = "COPY bench (id, words, city, pay) FROM STDIN"
        with base.cursor().copy(into) as copy:
            for number, words, city, pay in _postings(source):
                copy.write_row((number, _vector(words, city), city, pay))
        base.execute("CREATE INDEX bench_words ON bench USING gin (words)")
        base.commit()
        base.autocommit = True
        base.execute("VACUUM ANALYZE bench")
        query = (
            "SELECT id FROM bench WHERE words @@ %(asked)s::tsquery AND pay >= %(pay)s "
            "ORDER BY ts_rank(words, %(asked)s::tsquery) DESC LIMIT 10"
        )
        times: list[Spent] = []
        for wish in wishes:
            found = " | ".join(map(_quoted, terms(normalise(wish.trade or ""))))
            asked = f"({found}) & {_quoted(wish.place or '')}"
            values = {"asked": asked, "pay": wish.salary_min}
            times.append(timed(partial(_rows, base, query, values)))
    source.close()
    return {"city_matched": times}


def _vector(words: str, city: str) -> str:
    return " ".join(map(_quoted, dict.fromkeys((*words.split(), city))))


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _all(base: sqlite3.Connection, query: str, values: Sequence[Any]) -> list[Any]:
    return base.execute(query, values).fetchall()


def _rows(base: Any, query: str, values: Mapping[str, Any]) -> list[Any]:
    return list(base.execute(query, values).fetchall())
