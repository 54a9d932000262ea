"""``zhida bench console``: a million messages, and what staff do with them, beside plain SQL.

Each page is asked for the way the console does, and then by a statement that reads the same rows
and nothing else, in turns, so that the machine's moods meet both alike.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import text

from bench import consoles, postgres
from bench.messages import DAYS, LONG, NOW, RARE, fill
from bot.console.figures.reading import read_figures
from bot.console.figures.rollup import count_days
from bot.console.transcripts.filters import Filters
from bot.messaging.search.turns import find_turns
from bot.messaging.transcripts import transcript
from store.clock import to_shanghai
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings

ROUNDS = 15
PAGES: dict[str, Filters] = {
    "list": Filters(),
    "not_understood": Filters(kind="fallback"),
    "unsure": Filters(kind="unsure"),
    "intent": Filters(intent="complain"),
    "a_week": Filters(since="2026-01-10", until="2026-01-16"),
    "common_word": Filters(words="社保"),
    "rare_word": Filters(words=RARE),
    "two_words": Filters(words="工伤 武汉"),
    "word_and_kind": Filters(words="失业金", kind="not_covered"),
    "no_such_word": Filters(words="犀牛"),
    "long_message": Filters(length="message"),
    "long_talk": Filters(length="talk"),
}


def run(
    settings: Settings,
    progress: Callable[[str], None],
    messages: Annotated[int, typer.Option(min=1000, help="表里有多少条消息。")] = 1_000_000,
    only: Annotated[str, typer.Option(help="只测 sqlite、postgresql 或 consoles。")] = "",
) -> dict[str, Any]:
    """Measure everything on both databases; half of the messages are the people's, half ours."""
    del settings
    result: dict[str, Any] = {"messages": messages, "rounds": ROUNDS}
    for name, place in (("sqlite", _sqlite), ("postgresql", _postgresql)):
        if only not in ("", name):
            continue
        if name == "postgresql" and postgres.binaries() is None:
            progress("没有 PostgreSQL，跳过。")
            continue
        with place() as database:
            progress(f"{name}：写入 {messages} 条消息……")
            began = time.perf_counter()
            fill(database, messages)
            result[name] = {"fill_seconds": round(time.perf_counter() - began, 1)}
            began = time.perf_counter()
            while count_days(database, NOW):
                pass
            result[name]["roll_up_seconds"] = round(time.perf_counter() - began, 1)
            progress(f"{name}：测量……")
            result[name] |= _measure(database)
    if only in ("", "consoles"):
        progress(f"打开 {consoles.CONSOLES} 个工作台……")
        with tempfile.TemporaryDirectory() as folder:
            result["consoles"] = consoles.measure(Path(folder))
    return result


def _measure(database: Database) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name, filters in PAGES.items():
        wanted = filters.wanted()
        figures[name] = _beside(
            lambda wanted=wanted: find_turns(database, wanted), lambda: _newest(database)
        )
    figures["transcript_200"] = _beside(
        lambda: transcript(database, LONG, limit=300), lambda: _plain_transcript(database)
    )
    first = to_shanghai(NOW).date() - timedelta(days=DAYS - 1)
    figures["dashboard_90_days"] = _beside(
        lambda: read_figures(database, first, DAYS), lambda: _plain_counts(database)
    )
    return figures


def _beside(ours: Callable[[], object], bare: Callable[[], object]) -> dict[str, float]:
    """Time both in turns; milliseconds."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for side, work in enumerate((ours, bare)):
            began = time.perf_counter()
            work()
            took[side].append((time.perf_counter() - began) * 1000)
    mine, plain = sorted(took[0]), sorted(took[1])
    at = int(0.95 * (ROUNDS - 1))
    return {
        "p50_ms": round(mine[ROUNDS // 2], 1),
        "p95_ms": round(mine[at], 1),
        "plain_sql_p50_ms": round(plain[ROUNDS // 2], 1),
    }


def _newest(database: Database) -> list[Any]:
    columns = "id, conversation_id, channel, received_at, text, intent, confidence, outcome"
    return _all(database, f"SELECT {columns} FROM inbox ORDER BY id DESC LIMIT 50")  # noqa: S608


def _plain_transcript(database: Database) -> list[Any]:
    said = _all(database, "SELECT * FROM inbox WHERE conversation_id = :of ORDER BY id", of=LONG)
    told = _all(database, "SELECT * FROM outbox WHERE conversation_id = :of ORDER BY id", of=LONG)
    return [*said, *told]


def _plain_counts(database: Database) -> list[Any]:
    statement = (
        "SELECT channel, intent, outcome, count(*) FROM inbox WHERE received_at >= :since "
        "GROUP BY channel, intent, outcome"
    )
    since = NOW - timedelta(days=DAYS)
    return _all(
        database, statement, since=since.replace(tzinfo=None) if database.is_sqlite else since
    )


def _all(database: Database, statement: str, **values: Any) -> list[Any]:
    with database.read() as session:
        return list(session.execute(text(statement), values))


@contextmanager
def _sqlite() -> Iterator[Database]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        upgrade(database)
        yield database
        database.close()


@contextmanager
def _postgresql() -> Iterator[Database]:
    with postgres.cluster() as url:
        database = Database(f"{url}/postgres")
        upgrade(database)
        yield database
        database.close()


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    lines = [f"{figures['messages']} 条消息，毫秒（p50 / p95 / 同样行数的裸 SQL p50）"]
    for name in ("sqlite", "postgresql"):
        for page, found in (figures.get(name) or {}).items():
            if isinstance(found, dict):
                three = f"{found['p50_ms']} / {found['p95_ms']} / {found['plain_sql_p50_ms']}"
                lines.append(f"  {name:10} {page:18} {three}")
    if found := figures.get("consoles"):
        lines.append(f"  {found['consoles']} 个工作台开着：{found['live_mb']} MB")
        lines.append(f"  一个也没开：{found['none_mb']} MB")
    return "\n".join(lines)
