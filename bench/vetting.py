"""``zhida bench vetting``: ads a second, beside a handful of plain regular expressions.

The ads are the rules' own examples put together from a fixed seed: half have something in them.
A file of ads (``--file``, text a line or DESIGN's vetting lines) is measured in their place.
"""

import json
import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import quantiles
from typing import Annotated, Any

import typer

from actions.vetting.rulebook import rulebook
from actions.vetting.vetter import Ad, vet
from store.settings import Settings

SEED = 20
SIZE = 4_000
ROUNDS = 3
PLAIN = tuple(
    re.compile(pattern)
    for pattern in (
        r"限男|限女|只要男|只要女|男性优先|女性优先",
        r"\d{2}岁以下|\d{2}-\d{2}(?:周)?岁",
        r"已婚|未婚|汉族|户籍|户口|乙肝|五官端正|残疾",
        r"押金|保证金|服装费|刷单|发展下线|扣押身份证|培训贷|博彩",
    )
)
"""What is written first by whoever begins with vetting."""

_DUTIES = (
    "负责日常接待、登记和整理，按流程完成交办的工作",
    "收货、发货、盘点，配合班组完成当班任务",
    "按图纸加工，自检互检，保持现场整洁",
    "接听来电，解答问题，做好记录和回访",
)
_TERMS = ("月薪5000-6000元", "6000元/月，五险", "时薪25元，日结", "综合5500，包吃住")
_PLACES = ("武汉洪山区", "东西湖吴家山", "汉口江汉路", "光谷软件园")


def run(
    settings: Settings,
    progress: Callable[[str], None],
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="另测这些招聘。")
    ] = None,
) -> dict[str, Any]:
    """Measure and return the figures."""
    del settings
    ads = made_ads() if file is None else _read(file)
    vet(ads[0])  # loads the rules
    progress(f"{len(ads)} 条招聘 ……")
    ours = [_seconds(lambda: [vet(ad) for ad in ads]) for _ in range(ROUNDS)]
    plain = [_seconds(lambda: [_plainly(ad) for ad in ads]) for _ in range(ROUNDS)]
    each = sorted(_seconds(lambda ad=ad: vet(ad)) * 1000 for ad in ads)  # type: ignore[misc]
    return {
        "n": len(ads),
        "characters": round(sum(len(ad.text) for ad in ads) / len(ads)),
        "rules": sum(len(one.rules) for one in rulebook().values()),
        "ads_per_second": round(len(ads) / min(ours)),
        "plain_ads_per_second": round(len(ads) / min(plain)),
        "p50_ms": round(each[len(each) // 2], 3),
        "p95_ms": round(quantiles(each, n=20)[-1], 3),
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    return (
        f"{result['n']} 条，平均 {result['characters']} 字，{result['rules']} 条规则\n"
        f"审核 每秒 {result['ads_per_second']} 条"
        f"（一条 p50 {result['p50_ms']} 毫秒，p95 {result['p95_ms']} 毫秒）\n"
        f"只用几条正则 每秒 {result['plain_ads_per_second']} 条"
    )


def made_ads(size: int = SIZE) -> list[Ad]:
    """Return ads of a fixed seed; of every two one has an unlawful line."""
    draw = random.Random(SEED)  # noqa: S311
    rules = [rule for one in rulebook().values() for rule in one.rules]
    good = [text for rule in rules for text in rule.negative]
    bad = [text for rule in rules for text in rule.positive]
    ads = []
    for at in range(size):
        line = draw.choice(bad if at % 2 else good)
        parts = (draw.choice(_PLACES) + "招人", draw.choice(_DUTIES), draw.choice(_TERMS), line)
        ads.append(Ad("，".join(parts) + "，有意电话联系。", "店员", "", "武汉", "5000元/月"))
    return ads


def _read(file: Path) -> list[Ad]:
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [Ad(json.loads(line)["text"] if line.startswith("{") else line) for line in lines]


def _plainly(ad: Ad) -> Sequence[str]:
    return [match[0] for pattern in PLAIN for match in pattern.finditer(ad.text)]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
