"""``zhida bench turn``: what a chat turn costs, beside two plain Rasa bots, in one run.

One has Rasa's stock pipeline for Chinese, one our own. The three run at the same time and hear
the same sentences in turn, so that the machine's moods meet all alike; what counts is the
ratio. Times are in milliseconds at the client.
"""

import asyncio
import itertools
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, Any

import httpx
import typer

from actions.dialogue.feature import MeasurementFailed
from bench import channels as bench_channels
from bench import echo
from bench.echo import EchoFailed
from bot.supervision import sandbox
from bot.supervision.sandbox import SandboxFailed
from language.encoder.loading import encoder_folder
from language.encoder.serving import is_encoder
from store.settings import Settings

SENTENCES = (
    "你好",
    "现场招聘会还能办吗",
    "我想在上海找电工的活，六千以上",
    "大厅现在人多不多",
    "中介可以收求职者的钱吗",
    "帮我约明天上午办失业登记",
    "算了",
    "谢谢",
)
SIDE_BY_SIDE = 32
TURNS_EACH = 8
LONG = 200
BLOCKS = 4
OURS = "ours"
AGES = ("new", "old")
TITLES = {"stock": "Rasa 自带的流水线", "plain": "同样的流水线，只会回声"}
"""What the plain bots of ``echo.PIPELINES`` are called."""

Say = Callable[[str, str], Awaitable[None]]
Bots = Mapping[str, Say]


def run(
    settings: Settings,
    progress: Callable[[str], None],
    turns: Annotated[int, typer.Option(min=20, help="每组测多少轮。")] = 200,
    *,
    channels: Annotated[
        bool, typer.Option("--channels", help="只测收下消息，和一下子来很多。")
    ] = False,
) -> dict[str, Any]:
    """Measure and return every figure; ``turns`` is the number for one conversation at a time.

    With ``channels`` only what taking messages in costs is measured, without Rasa.

    MeasurementFailed where one of the bots does not start or gives a wrong answer.
    """
    if channels:
        return {"channels": bench_channels.run(progress)}
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as name, ExitStack() as running:
        folder = Path(name)
        environment = sandbox.environment_for(folder)
        if is_encoder(encoder_folder(settings)):
            (folder / "encoder").symlink_to(encoder_folder(settings))
        try:
            addresses = {}
            for plain, pipeline in echo.PIPELINES.items():
                progress(f"训练并启动对照（{TITLES[plain]}）……")
                bot = echo.running(folder / plain, pipeline, settings)
                addresses[plain] = running.enter_context(bot)
            progress("启动职达……")
            ours = running.enter_context(sandbox.running(environment))
            return asyncio.run(_measure(addresses, ours, turns, progress))
        except (EchoFailed, SandboxFailed, httpx.HTTPError) as error:
            raise MeasurementFailed(str(error) or repr(error)) from error


async def _measure(
    addresses: Mapping[str, str],
    ours: sandbox.Sandbox,
    turns: int,
    progress: Callable[[str], None],
) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as http:
        bots = {name: _plain(http, address) for name, address in addresses.items()}
        bots[OURS] = _ours(http, ours.url)
        await _one_at_a_time(bots, 2 * len(SENTENCES))  # warm all
        progress(f"一次一个会话，{turns} 轮……")
        single = await _one_at_a_time(bots, turns)
        progress(f"{SIDE_BY_SIDE} 个会话同时……")
        crowd = await _side_by_side(bots)
        progress(f"{LONG} 轮的长会话……")
        long = await _long_conversation(bots)
        return {
            "turns": turns,
            "one": single,
            "side_by_side": {"conversations": SIDE_BY_SIDE, **crowd},
            "long": {"turns": LONG, **long},
            "resident_mb": round(ours.resident_bytes() / 1e6),
            "sentences": list(SENTENCES),
        }


def _plain(http: httpx.AsyncClient, address: str) -> Say:
    async def say(conversation: str, text: str) -> None:
        response = await http.post(address, json={"sender": conversation, "message": text})
        if not response.raise_for_status().json():
            raise MeasurementFailed("a plain bot said nothing")

    return say


def _ours(http: httpx.AsyncClient, url: str) -> Say:
    async def say(conversation: str, text: str) -> None:
        body = {"conversation": conversation, "text": text}
        answer = (await http.post(f"{url}/api/messages", json=body)).raise_for_status()
        replies = answer.json()["replies"]
        if not replies or (replies[0]["data"] or {}).get("kind") == "pending":
            raise MeasurementFailed("ours gave no answer in time")

    return say


async def _timed(say: Say, conversation: str, text: str) -> float:
    began = time.perf_counter()
    await say(conversation, text)
    return (time.perf_counter() - began) * 1000


def _fresh() -> str:
    return f"bench-{secrets.token_hex(16)}"


async def _one_at_a_time(bots: Bots, turns: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {name: [] for name in bots}
    conversation = _fresh()
    for number, text in zip(range(turns), itertools.cycle(SENTENCES), strict=False):
        if number % len(SENTENCES) == 0:
            conversation = _fresh()
        for name, say in bots.items():
            times[name].append(await _timed(say, conversation, text))
    return _compared(times)


async def _side_by_side(bots: Bots) -> dict[str, Any]:
    times: dict[str, list[float]] = {name: [] for name in bots}
    rates: dict[str, list[float]] = {name: [] for name in bots}
    for _ in range(BLOCKS):
        for name, say in bots.items():
            began = time.perf_counter()
            talks = await asyncio.gather(*(_talk(say, start) for start in range(SIDE_BY_SIDE)))
            found = [spent for talk in talks for spent in talk]
            times[name] += found
            rates[name].append(len(found) / (time.perf_counter() - began))
    per_second = {f"{name}_per_second": round(median(found), 1) for name, found in rates.items()}
    return {**_compared(times), **per_second}


async def _talk(say: Say, start: int) -> list[float]:
    conversation = _fresh()
    said = itertools.islice(itertools.cycle(SENTENCES), start, start + TURNS_EACH)
    return [await _timed(say, conversation, text) for text in said]


async def _long_conversation(bots: Bots) -> dict[str, Any]:
    """Grow one conversation of each bot, then alternate its turns with those of new ones."""
    old = _fresh()
    for _, text in zip(range(LONG), itertools.cycle(SENTENCES), strict=False):
        for say in bots.values():
            await say(old, text)
    times: dict[str, list[float]] = {f"{name}_{age}": [] for name in bots for age in AGES}
    new = _fresh()
    for number, text in zip(range(6 * len(SENTENCES)), itertools.cycle(SENTENCES), strict=False):
        if number % len(SENTENCES) == 0:
            new = _fresh()
        for name, say in bots.items():
            times[f"{name}_new"].append(await _timed(say, new, text))
            times[f"{name}_old"].append(await _timed(say, old, text))
    middle = {name: median(found) for name, found in times.items()}
    return {
        **{f"{name}_p50": round(value, 1) for name, value in middle.items()},
        "ratio": round(middle[f"{OURS}_old"] / middle[f"{OURS}_new"], 2),
    }


def _compared(times: Mapping[str, list[float]]) -> dict[str, Any]:
    """Return each bot's median and 95th percentile, and how many times each ours takes."""
    middle = {name: median(found) for name, found in times.items()}
    high = {name: quantiles(found, n=20)[-1] for name, found in times.items()}
    figures: dict[str, Any] = {"n": len(times[OURS])}
    for name in times:
        figures |= {f"{name}_p50": round(middle[name], 1), f"{name}_p95": round(high[name], 1)}
    for name in echo.PIPELINES:
        figures[f"{name}_p50_ratio"] = round(middle[OURS] / middle[name], 2)
        figures[f"{name}_p95_ratio"] = round(high[OURS] / high[name], 2)
    return figures


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    if "channels" in result:
        return bench_channels.table(result["channels"])
    crowd, long = result["side_by_side"], result["long"]
    rows = ((result["one"], "一次一个会话"), (crowd, f"{SIDE_BY_SIDE} 个会话同时"))
    return "\n".join(
        [
            *(line for row, title in rows for line in _beside(row, title)),
            f"每秒消息：{crowd['ours_per_second']}"
            + "".join(f"，{TITLES[name]} {crowd[f'{name}_per_second']}" for name in TITLES),
            f"{LONG} 轮的长会话：{long['ours_old_p50']} 毫秒，"
            f"新会话 {long['ours_new_p50']}，{long['ratio']} 倍",
            *(
                f"  {title}：{long[f'{name}_old_p50']} 与 {long[f'{name}_new_p50']}"
                for name, title in TITLES.items()
            ),
            f"全部进程常驻内存：{result['resident_mb']} MB",
        ]
    )


def _beside(row: Mapping[str, Any], title: str) -> list[str]:
    return [
        f"{title}：中位 {row['ours_p50']} 毫秒，p95 {row['ours_p95']}（n={row['n']}）",
        *(
            f"  {name_shown}：{row[f'{name}_p50']}，{row[f'{name}_p50_ratio']} 倍；"
            f"p95 {row[f'{name}_p95']}，{row[f'{name}_p95_ratio']} 倍"
            for name, name_shown in TITLES.items()
        ),
    ]
