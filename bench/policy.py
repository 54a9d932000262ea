"""``zhida bench policy``: what a policy answer costs as the library grows.

Each size is measured in a process of its own, so that memory is that size's alone. Our whole
answer (normalise, search, read closely, quote, judge, check against the database) and bm25s
alone with the same terms hear the same questions in turn. Real articles stand in for units
where ``--articles`` names them; beyond their number units are mixed from their clauses.
"""

import gc
import gzip
import itertools
import json
import multiprocessing
import random
import re
import resource
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, Any

import numpy as np
import psutil
import typer

from actions.dialogue.feature import MeasurementFailed
from store.settings import Settings

SEED = 20
QUESTIONS = 300
MILLION = 1_000_000
TOP = 10
EXACT_QUESTIONS = 100
BATCH = 20_000


@dataclass(frozen=True)
class Article:
    """One article of a law."""

    law: str
    article: str
    text: str


def run(
    settings: Settings,
    progress: Callable[[str], None],
    articles: Annotated[
        Path,
        typer.Option(
            exists=True, dir_okay=False, help="条文（law、article、text 的 JSON Lines）。"
        ),
    ],
    sizes: Annotated[
        str, typer.Option(help="测多少条，逗号分隔；一百万条以上用条文的分句合成。")
    ] = "6000,64000",
) -> dict[str, Any]:
    """Measure every size and return the figures; MeasurementFailed where articles are none."""
    try:
        numbers = [int(size) for size in sizes.split(",")]
    except ValueError:
        raise MeasurementFailed("--sizes 要写成逗号分隔的数字，例如 6000,64000。") from None
    context = multiprocessing.get_context("spawn")
    rows = []
    for size in numbers:
        progress(f"{size} 条……")
        measure = _measure_large if size >= MILLION else _measure
        with context.Pool(1) as pool:
            rows.append(pool.apply(measure, (settings.encoder, str(articles), size)))
    return {"seed": SEED, "questions": QUESTIONS, "sizes": rows}


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    lines = []
    for row in result["sizes"]:
        line = (
            f"{row['units']} 条：回答中位 {row['p50_ms']} 毫秒，p95 {row['p95_ms']}；"
            f"建库 {row['build_s']} 秒，最高 {row['build_peak_mb']} MB；"
            f"查询时常驻 {row['resident_mb']} MB，磁盘 {row['disk_mb']} MB"
        )
        if "throughput_ratio" in row:
            line += (
                f"；每秒 {row['per_second']} 次，单用 bm25s {row['bm25s_per_second']} 次"
                f"（{row['throughput_ratio']} 倍，bm25s 中位 {row['bm25s_p50_ms']} 毫秒）"
            )
        if "recall_at_10" in row:
            line += f"；向量检索召回率 {row['recall_at_10']}（与精确检索比，前 {TOP} 条）"
        lines.append(line)
    return "\n".join(lines)


def read_articles(path: Path) -> list[Article]:
    """Read ``{law, article, text}`` lines (gzip or plain); raise MeasurementFailed."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            return [Article(**json.loads(line)) for line in file]
    except (OSError, ValueError, TypeError) as error:
        raise MeasurementFailed(f"读不了 {path}：{error}") from error


def questions() -> list[str]:
    """Return questions as people type them: a seeded choice of the shipped ways of asking."""
    from knowledge.documents.sample_questions import shipped_sample_questions

    asks = [ask.text for ask in shipped_sample_questions()]
    return random.Random(SEED).sample(asks, min(QUESTIONS, len(asks)))  # noqa: S311


def _measure(encoder: str, articles: str, size: int) -> dict[str, Any]:
    """Measure the library over real articles in a SQLite database."""
    from knowledge.answering.answerer import PolicyAnswerer
    from knowledge.index.builder import rebuild_index
    from store.clock import utc_now
    from store.database import Database
    from store.migrate import upgrade

    chosen = read_articles(Path(articles))[:size]
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        settings = Settings(var_dir=Path(folder), encoder=encoder)
        database = Database(settings.database)
        upgrade(database)
        _store(database, chosen)
        count = len(chosen)
        del chosen
        gc.collect()
        _warm_encoder(encoder)
        began = time.perf_counter()
        version = rebuild_index(database, settings)
        built, peak = time.perf_counter() - began, _peak_mb()
        library = PolicyAnswerer(database, settings)
        library.warm()
        resident = _resident_mb()
        alone = _bm25s_alone(read_articles(Path(articles))[:size])
        now = utc_now()
        asked = questions()
        ours: list[float] = []
        theirs: list[float] = []
        for warm, question in itertools.chain(
            zip(itertools.repeat(True), asked[:50]), zip(itertools.repeat(False), asked)
        ):
            spent = _timed(library.answer, question, now=now)
            bare = _timed(alone, question)
            if not warm:
                ours.append(spent)
                theirs.append(bare)
        row = _row(count, ours, built, peak, resident, settings.var_dir / "index" / version)
        database.close()
    return row | {
        "per_second": round(len(ours) / sum(ours) * 1000),
        "bm25s_per_second": round(len(theirs) / sum(theirs) * 1000),
        "throughput_ratio": round(sum(theirs) / sum(ours), 2),
        "bm25s_p50_ms": round(median(theirs), 2),
    }


def _measure_large(encoder: str, articles: str, size: int) -> dict[str, Any]:
    """Measure the index alone over ``size`` units mixed from real clauses."""
    from knowledge.answering.confidence import confidence
    from knowledge.answering.query import read_query
    from knowledge.answering.ranking import Ranker
    from knowledge.index.contents import Contents, IndexedDocument
    from knowledge.index.search import open_index, write_index
    from language.encoder.loading import load_encoder

    clauses = _clauses(read_articles(Path(articles)))
    model = load_encoder(encoder)
    documents = [IndexedDocument("synthetic", "notice", "合成文件", "100000", "", None, None)]
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        path = Path(folder) / "index"
        began = time.perf_counter()
        write_index(Contents(documents, _mixed(clauses, size), {}), model, path)
        built, peak = time.perf_counter() - began, _peak_mb()
        ranker = Ranker(open_index(path, "bench", "", model))
        asked = questions()
        rarity = ranker.index.text.terms.rarity

        def answer(question: str) -> None:
            query = read_query(question, rarity)
            confidence(ranker, query, ranker.rank(query))

        for question in asked[:50]:
            answer(question)
        times = [_timed(answer, question) for question in asked]
        resident = _resident_mb()
        recall = _recall(ranker, model, asked[:EXACT_QUESTIONS])
        row = _row(size, times, built, peak, resident, path)
    return row | {"synthetic": True, "recall_at_10": recall}


def _store(database: Any, articles: Sequence[Article]) -> None:
    """Put the articles into the database as published statutes."""
    from knowledge.documents.tables import PolicyDocument, PolicyUnit
    from store.clock import utc_now

    now = utc_now()
    by_law: dict[str, list[Article]] = {}
    for article in articles:
        by_law.setdefault(article.law, []).append(article)
    with database.write() as session:
        for number, (law, own) in enumerate(by_law.items()):
            text = ""
            units = []
            for at, article in enumerate(own, 1):
                piece = f"{article.article}　{article.text}\n"
                span = (len(text), len(text) + len(piece))
                units.append(
                    PolicyUnit(
                        number=at,
                        kind="item",
                        key=f"a{at}",
                        path=[article.article],
                        start=span[0],
                        end=span[1],
                    )
                )
                text += piece
            session.add(
                PolicyDocument(
                    id=f"b{number}",
                    version=1,
                    kind="statute",
                    title=law[:300],
                    doc_no="",
                    issuer="",
                    region="100000",
                    occasion="",
                    guessed=[],
                    text=text,
                    source=law,
                    content_hash=str(number),
                    added_at=now,
                    updated_at=now,
                    units=units,
                )
            )
        session.commit()


def _bm25s_alone(articles: Sequence[Article]) -> Callable[[str], Any]:
    """Return bm25s with its own defaults over the same terms, as a function of a question."""
    import bm25s

    from language.terms import normalise, terms

    searcher = bm25s.BM25()
    numbers: dict[str, int] = {}
    tokens = [
        [numbers.setdefault(term, len(numbers)) for term in terms(normalise(article.text))]
        for article in articles
    ]
    searcher.index((tokens, numbers), show_progress=False)

    def retrieve(question: str) -> Any:
        known = [[term for term in terms(normalise(question)) if term in numbers]]
        return searcher.retrieve(known, k=TOP, show_progress=False)

    return retrieve


def _clauses(articles: Sequence[Article]) -> list[str]:
    pieces = {
        piece
        for article in articles
        for piece in re.split(r"(?<=[，；。])", article.text)
        if 8 <= len(piece) <= 40
    }
    return sorted(pieces)


def _mixed(clauses: Sequence[str], size: int) -> Iterator[Any]:
    """Yield units of three to five clauses each; the same ones in every run."""
    from knowledge.index.units import IndexedUnit

    chance = random.Random(SEED)  # noqa: S311
    start = 0
    for number in range(1, size + 1):
        text = "".join(chance.choices(clauses, k=chance.randint(3, 5)))
        yield IndexedUnit(0, number, "item", f"p{number}", (f"第{number}段",), start, text)
        start += len(text)


def _recall(ranker: Any, model: Any, asked: Sequence[str]) -> float:
    """Return the share of the truly nearest units that the vector index finds."""
    index = ranker.index
    vectors = np.concatenate([model.queries([question]) for question in asked])
    best = np.full((len(asked), TOP), -2.0, dtype=np.float32)
    rows = np.zeros((len(asked), TOP), dtype=np.int64)
    for begin in range(0, len(index.store), BATCH):
        end = min(begin + BATCH, len(index.store))
        texts = [index.store.read(row).text for row in range(begin, end)]
        scores = np.hstack([best, vectors @ model.passages(texts).T])
        numbers = np.hstack([rows, np.tile(np.arange(begin, end), (len(asked), 1))])
        order = np.argsort(-scores, axis=1)[:, :TOP]
        best = np.take_along_axis(scores, order, axis=1)
        rows = np.take_along_axis(numbers, order, axis=1)
    found = [set(index.text.vectors.nearest(vector[None], TOP)) for vector in vectors]
    shared = sum(len(mine & set(true)) for mine, true in zip(found, rows.tolist(), strict=True))
    return round(shared / (TOP * len(asked)), 4)


def _row(
    units: int, times: Sequence[float], built: float, peak: float, resident: float, index: Path
) -> dict[str, Any]:
    return {
        "units": units,
        "p50_ms": round(median(times), 2),
        "p95_ms": round(quantiles(times, n=20)[-1], 2),
        "build_s": round(built, 1),
        "build_peak_mb": round(peak),
        "resident_mb": round(resident),
        "disk_mb": round(sum(f.stat().st_size for f in index.rglob("*") if f.is_file()) / 1e6),
    }


def _warm_encoder(name: str) -> None:
    from language.encoder.loading import load_encoder

    load_encoder(name).passages(["预约"])


def _timed(call: Callable[..., Any], question: str, **fixed: Any) -> float:
    began = time.perf_counter()
    call(question, **fixed)
    return (time.perf_counter() - began) * 1000


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
