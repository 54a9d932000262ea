"""``zhida bench turn``: what a chat turn costs, beside the plain Rasa turn, in one run.

Both bots run at the same time and hear the same sentences in turn, so that the machine's
moods meet both alike; what counts is the ratio. Times are in milliseconds at the client.
"""

import asyncio
import itertools
import secrets
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated, Any

import httpx
import typer

from actions.dialogue.feature import MeasurementFailed
from bench import echo
from bench.echo import EchoFailed
from bot.supervision import sandbox
from bot.supervision.sandbox import SandboxFailed
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

Say = Callable[[str, str], Awaitable[None]]


def run(
    settings: Settings,
    progress: Callable[[str], None],
    turns: Annotated[int, typer.Option(min=20, help="每组测多少轮。")] = 200,
) -> dict[str, Any]:
    """Measure and return every figure; ``turns`` is the number for one conversation at a time.

    MeasurementFailed where one of the two bots does not start or gives a wrong answer.
    """
    del settings
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        environment = sandbox.environment_for(Path(folder))
        try:
            progress("训练并启动对照（只会回声的 Rasa）……")
            with echo.running(Path(folder) / "echo") as plain:
                progress("启动职达……")
                with sandbox.running(environment) as ours:
                    return asyncio.run(_measure(plain, ours, turns, progress))
        except (EchoFailed, SandboxFailed, httpx.HTTPError) as error:
            raise MeasurementFailed(str(error) or repr(error)) from error


async def _measure(
    plain_url: str, ours: sandbox.Sandbox, turns: int, progress: Callable[[str], None]
) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=64)
    async with httpx.AsyncClient(timeout=60, limits=limits, trust_env=False) as http:

        async def to_plain(conversation: str, text: str) -> None:
            body = {"sender": conversation, "message": text}
            response = await http.post(plain_url, json=body)
            if not response.raise_for_status().json():
                raise MeasurementFailed("the plain bot said nothing")

        async def to_ours(conversation: str, text: str) -> None:
            body = {"conversation": conversation, "text": text}
            answer = (await http.post(f"{ours.url}/api/messages", json=body)).raise_for_status()
            replies = answer.json()["replies"]
            if not replies or (replies[0]["data"] or {}).get("kind") == "pending":
                raise MeasurementFailed("ours gave no answer in time")

        await _one_at_a_time(to_plain, to_ours, 2 * len(SENTENCES))  # warm both
        progress(f"一次一个会话，{turns} 轮……")
        single = await _one_at_a_time(to_plain, to_ours, turns)
        progress(f"{SIDE_BY_SIDE} 个会话同时……")
        crowd = await _side_by_side(to_plain, to_ours)
        progress(f"{LONG} 轮的长会话……")
        long = await _long_conversation(to_plain, to_ours)
        return {
            "turns": turns,
            "one": single,
            "side_by_side": {"conversations": SIDE_BY_SIDE, **crowd},
            "long": {"turns": LONG, **long},
            "resident_mb": round(ours.resident_bytes() / 1e6),
            "sentences": list(SENTENCES),
        }


async def _timed(say: Say, conversation: str, text: str) -> float:
    began = time.perf_counter()
    await say(conversation, text)
    return (time.perf_counter() - began) * 1000


def _fresh() -> str:
    return f"bench-{secrets.token_hex(6)}"


async def _one_at_a_time(plain: Say, ours: Say, turns: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    conversation = _fresh()
    for number, text in zip(range(turns), itertools.cycle(SENTENCES), strict=False):
        if number % len(SENTENCES) == 0:
            conversation = _fresh()
        times["plain"].append(await _timed(plain, conversation, text))
        times["ours"].append(await _timed(ours, conversation, text))
    return _compared(times["plain"], times["ours"])


async def _side_by_side(plain: Say, ours: Say) -> dict[str, Any]:
    times: dict[str, list[float]] = {"plain": [], "ours": []}
    rates: dict[str, list[float]] = {"plain": [], "ours": []}
    for _ in range(BLOCKS):
        for name, say in (("plain", plain), ("ours", ours)):
            began = time.perf_counter()
            talks = await asyncio.gather(*(_talk(say, start) for start in range(SIDE_BY_SIDE)))
            found = [spent for talk in talks for spent in talk]
            times[name] += found
            rates[name].append(len(found) / (time.perf_counter() - began))
    compared = _compared(times["plain"], times["ours"])
    return {
        **compared,
        "plain_per_second": round(median(rates["plain"]), 1),
        "ours_per_second": round(median(rates["ours"]), 1),
    }


async def _talk(say: Say, start: int) -> list[float]:
    conversation = _fresh()
    said = itertools.islice(itertools.cycle(SENTENCES), start, start + TURNS_EACH)
    return [await _timed(say, conversation, text) for text in said]


async def _long_conversation(plain: Say, ours: Say) -> dict[str, Any]:
    """Grow one conversation of each, then alternate its turns with those of new ones."""
    old = _fresh()
    for _, text in zip(range(LONG), itertools.cycle(SENTENCES), strict=False):
        await plain(old, text)
        await ours(old, text)
    times: dict[str, list[float]] = {"plain_new": [], "plain": [], "new": [], "old": []}
    new = _fresh()
    for number, text in zip(range(6 * len(SENTENCES)), itertools.cycle(SENTENCES), strict=False):
        if number % len(SENTENCES) == 0:
            new = _fresh()
        times["new"].append(await _timed(ours, new, text))
        times["old"].append(await _timed(ours, old, text))
        times["plain_new"].append(await _timed(plain, new, text))
        times["plain"].append(await _timed(plain, old, text))
    return {
        "new_p50": round(median(times["new"]), 1),
        "old_p50": round(median(times["old"]), 1),
        "ratio": round(median(times["old"]) / median(times["new"]), 2),
        "plain_new_p50": round(median(times["plain_new"]), 1),
        "plain_old_p50": round(median(times["plain"]), 1),
    }


def _compared(plain: list[float], ours: list[float]) -> dict[str, Any]:
    plain_p95, ours_p95 = quantiles(plain, n=20)[-1], quantiles(ours, n=20)[-1]
    return {
        "plain_p50": round(median(plain), 1),
        "ours_p50": round(median(ours), 1),
        "p50_ratio": round(median(ours) / median(plain), 2),
        "plain_p95": round(plain_p95, 1),
        "ours_p95": round(ours_p95, 1),
        "p95_ratio": round(ours_p95 / plain_p95, 2),
        "n": len(ours),
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    lines = []
    for key, title in (("one", "一次一个会话"), ("side_by_side", f"{SIDE_BY_SIDE} 个会话同时")):
        row = result[key]
        lines.append(
            f"{title}：中位 {row['ours_p50']} 毫秒，"
            f"对照 {row['plain_p50']}，{row['p50_ratio']} 倍；"
            f"p95 {row['ours_p95']}，对照 {row['plain_p95']}，{row['p95_ratio']} 倍（n={row['n']}）"
        )
    crowd, long = result["side_by_side"], result["long"]
    lines += [
        f"每秒消息：{crowd['ours_per_second']}，对照 {crowd['plain_per_second']}",
        f"{LONG} 轮的长会话：{long['old_p50']} 毫秒，新会话 {long['new_p50']}，{long['ratio']} 倍"
        f"（对照 {long['plain_old_p50']} 与 {long['plain_new_p50']}）",
        f"全部进程常驻内存：{result['resident_mb']} MB",
    ]
    return "\n".join(lines)
