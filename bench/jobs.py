"""``zhida bench jobs``: a search over a million postings, beside SQLite's FTS5 and PostgreSQL's GIN
in the same run; and how fast a table is imported, vetted line by line.

Postings are resampled: names of work are those of the 职业分类大典 and, where ``--postings`` names
a table, its titles; further distinct titles are made of them by what ads put around a title, and
have their name's vector and occupation with a little noise. Pay, place, day and employer vary;
texts are the classification's own. Wishes are parsed already: trade, place and the least pay.
"""

import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import psutil
import typer

from actions.dialogue.feature import MeasurementFailed
from actions.jobs.matching.titles import Meaning, Titles
from actions.jobs.records import JobWish, NewPosting
from actions.jobs.service import Jobs
from bench.full_text import Spent, by_name, figures_of, in_fts5, in_postgres, timed
from bench.importing import imported
from language.geography.gazetteer import gazetteer
from language.occupations.classification import Classification
from language.occupations.errors import OccupationsUnavailable
from language.occupations.package import fetch_table
from language.occupations.titles import clean
from language.places import city_of
from store.clock import to_shanghai, utc_now
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

SEED = 16
MILLION = 1_000_000
WISHES = 300
TOP = 10
BATCH = 20_000
EMPLOYERS = 30_000
AROUND = (
    "急招{}",
    "{}（双休）",
    "{}+五险一金",
    "高薪{}",
    "{}助理",
    "资深{}",
    "{}（包吃住）",
    "{}储备",
    "诚聘{}",
)


@dataclass(frozen=True)
class Title:
    """A title, and the name of work that it was made of."""

    text: str
    name: str


def run(
    settings: Settings,
    progress: Callable[[str], None],
    count: Annotated[int, typer.Option(help="多少个岗位。")] = MILLION,
    titles: Annotated[int, typer.Option(help="多少个不同的岗位名称。")] = 50_000,
    postings: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="真实的岗位表，取其名称。")
    ] = None,
) -> dict[str, Any]:
    """Measure; MeasurementFailed where the classification is not to be had."""
    try:
        table = Classification.read(fetch_table(settings))
    except OccupationsUnavailable as error:
        raise MeasurementFailed(str(error)) from error
    chance = random.Random(SEED)  # noqa: S311
    names = list(dict.fromkeys([*_real(postings), *(o.name for o in table.occupations.values())]))
    made = _titles(names, titles)
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        file = Path(folder) / "zhida.db"
        database = Database(f"sqlite:///{file}")
        upgrade(database)
        reader = Titles.over(database, settings)
        progress(f"读 {len(names)} 个名称")
        _store_titles(file, names, made, reader)
        progress(f"放入 {count} 个岗位")
        texts = [f"{o.definition}{o.tasks}"[:800] for o in table.occupations.values()]
        _store_postings(file, made, texts, count, chance)
        jobs = Jobs(database, titles=reader)
        try:
            return _measure(jobs, file, names, count, len(made), progress)
        finally:
            database.close()


def table(figures: dict[str, Any]) -> str:
    """Return the figures as lines."""
    return "\n".join(f"{name:26}{value}" for name, value in figures.items())


def _measure(
    jobs: Jobs, file: Path, names: Sequence[str], count: int, titles: int, progress: Any
) -> dict[str, Any]:
    now = utc_now()
    before = _resident_mb()
    began = time.perf_counter()
    jobs.search(JobWish(trade="电工"), now=now, limit=TOP)
    loaded = time.perf_counter() - began
    resident = _resident_mb()
    progress(f"装入内存 {loaded:.0f} 秒，{resident:.0f} MB")
    chance = random.Random(SEED + 1)  # noqa: S311
    wishes = list(_wishes(names, chance))

    # The first time a trade is asked for its likeness to all titles is reckoned; then it is kept.
    def asked(some: Sequence[JobWish]) -> list[Spent]:
        return [timed(partial(jobs.search, wish, now=now, limit=TOP)) for wish in some]

    first, again = asked(wishes), asked(wishes)
    mixed = asked(chance.choices(wishes, k=len(wishes)))
    seen = _until_found(jobs, now)
    baselines = {
        **by_name("fts5", in_fts5(file, wishes, progress)),
        **by_name("gin", in_postgres(file, wishes, progress)),
    }
    return {
        "postings": count,
        "titles": titles,
        "load_s": round(loaded, 1),
        "resident_mb": round(resident),
        "loaded_mb": round(resident - before),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **figures_of("known_trade", [*again, *mixed]),
        **figures_of("first_time", first),
        "new_posting_found_ms": round(seen),
        **baselines,
        **imported(jobs, progress),
    }


def _until_found(jobs: Jobs, now: Any) -> float:
    """Return how long a posting takes from being handed in to being found, in ms."""
    today = to_shanghai(now).date()
    began = time.perf_counter()
    code = jobs.publish(
        NewPosting(
            employer="测量公司",
            title="测量用岗位名称",
            trade="",
            city="420100",
            district=None,
            salary_min=99_000,
            salary_max=99_000,
            salary_text="",
            headcount=1,
            benefits=(),
            description="",
            contact="",
            published_on=today,
            expires_on=today + timedelta(days=9),
        ),
        now=now,
    )
    found = jobs.search(JobWish(trade="测量用岗位名称", place="420100"), now=now, limit=TOP)
    if code not in {job.id for job in found.jobs}:
        raise MeasurementFailed("新岗位没有马上找到。")
    return (time.perf_counter() - began) * 1000


def _wishes(names: Sequence[str], chance: random.Random) -> Iterator[JobWish]:
    trades = chance.sample(list(names), k=100)
    cities = _cities()
    for _ in range(WISHES):
        city = chance.choices(cities, weights=range(len(cities), 0, -1))[0]
        yield JobWish(
            trade=chance.choice(trades), place=city, salary_min=chance.randrange(4, 13) * 1000
        )


# The postings ---------------------------------------------------------------------------------


def _real(file: Path | None) -> list[str]:
    if file is None:
        return []
    from actions.jobs.imports.columns import field_named, guess
    from knowledge.parsing.sheets.layout import find_layout
    from knowledge.parsing.sheets.reader import opened

    found: list[str] = []
    with opened(file) as tables:
        for table in tables:
            lines = list(table.lines)
            layout = find_layout(lines[:60], field_named)
            fields = guess(layout.names, [line.cells for line in lines[layout.body :]])
            at = fields.index("title") if "title" in fields else None
            found += (
                [line.cells[at][:80] for line in lines[layout.body :]] if at is not None else []
            )
    return [name for name in found if clean(name)]


def _titles(names: Sequence[str], wanted: int) -> list[Title]:
    made = {name: Title(name, name) for name in names}
    level = 0
    while len(made) < wanted:
        form = AROUND[level % len(AROUND)]
        mark = f"{level // len(AROUND)}" if level >= len(AROUND) else ""
        for name in names:
            text = f"{form.format(name)}{mark}"[:100]
            made.setdefault(text, Title(text, name))
        level += 1
    return list(made.values())[:wanted]


def _store_titles(file: Path, names: Sequence[str], made: Sequence[Title], reader: Titles) -> None:
    meanings = dict(zip(names, reader.meanings(names), strict=True))
    noise = np.random.default_rng(SEED)
    with sqlite3.connect(file) as base:
        base.executemany(
            "INSERT INTO job_titles(text, occupation, vector, read_by) VALUES (?, ?, ?, ?)",
            ((one.text, *_told(meanings[one.name], noise), reader.identity) for one in made),
        )
    base.close()


def _told(meaning: Meaning, noise: Any) -> tuple[str | None, bytes | None]:
    return meaning.occupation, _near(meaning.vector, noise)


def _near(vector: Any, noise: Any) -> bytes | None:
    if vector is None:
        return None
    moved = vector + noise.normal(0, 0.01, len(vector))
    return bytes((moved / np.linalg.norm(moved)).astype(np.float16).tobytes())


def _cities() -> list[str]:
    entries = gazetteer().entries.values()
    return [e.code for e in entries if e.depth == 1 and city_of(e.code) == e.code]


def _store_postings(
    file: Path, made: Sequence[Title], texts: Sequence[str], count: int, chance: random.Random
) -> None:
    base = sqlite3.connect(file)
    base.execute("PRAGMA synchronous=OFF")
    base.executemany(
        "INSERT INTO employers(id, name, is_demo, kind, size) VALUES (?, ?, 0, '', '')",
        ((n, f"测量{n}公司") for n in range(1, EMPLOYERS + 1)),
    )
    rows = _rows(made, texts, count, chance)
    marks = ",".join("?" * len(_COLUMNS))
    while batch := [row for _, row in zip(range(BATCH), rows, strict=False)]:
        base.executemany(
            f"INSERT INTO postings({','.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
            batch,
        )
    base.execute("UPDATE posting_feed SET revision = 2")
    base.commit()
    base.close()


_COLUMNS = (
    *("id", "code", "employer_id", "title", "trade", "city", "district", "salary_min"),
    *("salary_max", "salary_text", "headcount", "benefits", "description", "contact", "status"),
    *("is_demo", "published_on", "expires_on", "changed_at", "education", "experience_min"),
    *("facts", "revision"),
)


def _rows(
    made: Sequence[Title], texts: Sequence[str], count: int, chance: random.Random
) -> Iterator[tuple[Any, ...]]:
    districts: dict[str, list[str]] = {}
    for entry in gazetteer().entries.values():
        if entry.depth == 2:
            districts.setdefault(city_of(entry.code), []).append(entry.code)
    cities = _cities()
    weights = [1 / (n + 3) for n in range(len(cities))]
    today = date(*to_shanghai(utc_now()).timetuple()[:3])
    drawn = chance.choices(cities, weights=weights, k=count)
    facts = ("双休 五险 五险一金", "倒班 夜班", "包住", "", "", "加班", "包吃 包住", "!加班 双休")
    for n in range(1, count + 1):
        city = drawn[n - 1]
        low = chance.randrange(3, 20) * 1000
        begun = today - timedelta(days=chance.randrange(30))
        yield (
            n,
            f"GW-B{n:07}",
            n % EMPLOYERS + 1,
            made[n % len(made)].text,
            "",
            city,
            chance.choice(districts.get(city, [city])),
            low,
            low + 3000,
            f"{low}-{low + 3000}",
            1,
            "",
            texts[n % len(texts)],
            "",
            "published",
            0,
            begun.isoformat(),
            (begun + timedelta(days=60)).isoformat(),
            "2026-01-01 00:00:00",
            chance.randrange(0, 6),
            chance.randrange(0, 4),
            facts[n % len(facts)],
            1,
        )


def _resident_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
