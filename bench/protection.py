"""``zhida bench protection``: what guarding people costs them, in milliseconds of a turn.

Turns while 16 clients guess passwords, each guess from another address so that no throttle
spares the work, beside turns while nobody does, in alternating blocks of one run. And the steps
of a turn that are there only to protect, each by itself: they are too short to be seen in a turn.
"""

import asyncio
import itertools
import random
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import httpx
import typer
from sqlalchemy.orm import Session

from actions.dialogue.feature import MeasurementFailed
from actions.features import FEATURES
from bot.channels.http_chat import MessageIn, check, check_unguessable
from bot.limits.rates import Buckets, Rate
from bot.messaging import intake
from bot.messaging.gate import Gate
from bot.messaging.messages import Incoming
from bot.supervision import sandbox
from bot.supervision.sandbox import SandboxFailed
from store.clock import utc_now
from store.database import Database
from store.migrate import upgrade
from store.settings import Settings
from store.vault.vault import Vault, shown_each

GUESSERS = 16
BLOCKS = 4
MOST_RATIO, MOST_MS = 1.5, 2.0
"""A turn may take so many times as long while others guess, and so much longer protected."""
SENTENCES = (
    "你好",
    "现场招聘会还能办吗",
    "我的电话是 138 0013 8000，身份证号码先不说",
    "帮我约明天上午办失业登记",
    "谢谢",
)
CONVERSATION = "bench-4f9c1d7e2b8a6035"


def run(
    settings: Settings,
    progress: Callable[[str], None],
    turns: Annotated[int, typer.Option(min=8, help="有人猜密码时和没有时各测多少轮。")] = 80,
) -> dict[str, Any]:
    """Measure and return every figure; MeasurementFailed where the assistant does not start."""
    progress("逐步测保护措施……")
    each = steps(settings)
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        progress("启动职达……")
        try:
            with sandbox.running(sandbox.environment_for(Path(folder))) as ours:
                progress(f"{GUESSERS} 个客户端猜密码，{turns} 轮……")
                guessing = asyncio.run(_guessing(ours.url, turns))
        except (SandboxFailed, httpx.HTTPError) as error:
            raise MeasurementFailed(str(error) or repr(error)) from error
    return {"guessing": guessing, "steps": each}


def table(result: dict[str, Any]) -> str:
    """Return the figures as lines for a person."""
    guessing, protecting = result["guessing"], result["steps"]
    each = "，".join(f"{name} {spent}" for name, spent in protecting["each_ms"].items())
    return "\n".join(
        (
            f"{guessing['clients']} 个客户端猜密码（每秒 {guessing['guesses_per_second']} 次）："
            f"一轮中位 {guessing['guessed_p50']} 毫秒，没有时 {guessing['quiet_p50']}，"
            f"{guessing['ratio']} 倍（上限 {MOST_RATIO}）",
            f"保护措施每轮中位 {protecting['turn_p50_ms']} 毫秒（上限 {MOST_MS}）：{each}",
        )
    )


async def _guessing(url: str, turns: int) -> dict[str, Any]:
    quiet: list[float] = []
    guessed: list[float] = []
    rates: list[float] = []
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        await _talk(http, len(SENTENCES))  # warm
        for _ in range(BLOCKS):
            quiet += await _talk(http, turns // BLOCKS)
            async with _guessers(url) as guesses:
                began = time.perf_counter()
                guessed += await _talk(http, turns // BLOCKS)
                rates.append(guesses[0] / (time.perf_counter() - began))
    return {
        "clients": GUESSERS,
        "n": len(guessed),
        "guesses_per_second": round(median(rates), 1),
        "quiet_p50": round(median(quiet), 1),
        "guessed_p50": round(median(guessed), 1),
        "ratio": round(median(guessed) / median(quiet), 2),
    }


async def _talk(http: httpx.AsyncClient, turns: int) -> list[float]:
    conversation = f"bench-{secrets.token_hex(12)}"
    spent = []
    for text in itertools.islice(itertools.cycle(SENTENCES), turns):
        began = time.perf_counter()
        body = {"conversation": conversation, "text": text}
        answer = (await http.post("/api/messages", json=body)).raise_for_status().json()
        spent.append((time.perf_counter() - began) * 1000)
        if not answer["replies"] or (answer["replies"][0]["data"] or {}).get("kind") == "pending":
            raise MeasurementFailed("no answer in time")
    return spent


@asynccontextmanager
async def _guessers(url: str) -> AsyncIterator[list[int]]:
    """Let clients guess until the block ends; yield how many guesses were answered so far."""
    guesses = [0]

    async def guess(http: httpx.AsyncClient) -> None:
        while True:
            address = ".".join(str(random.randint(1, 254)) for _ in range(4))  # noqa: S311
            # Another account each time, too: one that is guessed at slows its guesser down.
            form = {"name": f"clerk{secrets.token_hex(4)}", "password": secrets.token_hex(8)}
            headers = {"X-Forwarded-For": address}
            await http.post("/console/login", data=form, headers=headers)
            guesses[0] += 1

    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        tasks = [asyncio.create_task(guess(http)) for _ in range(GUESSERS)]
        try:
            yield guesses
        finally:
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
    failed = [one for one in ended if isinstance(one, httpx.HTTPError)]
    if failed:
        raise MeasurementFailed(repr(failed[0]))


def steps(settings: Settings, rounds: int = 40) -> dict[str, Any]:
    """Time each protecting step of a turn over a scratch database, as the bot takes them."""
    with _scratch() as (database, vault):
        turns = [_Turn(text, settings) for text in SENTENCES]
        spent: list[dict[str, float]] = []
        for turn in turns * rounds:
            with database.write() as session:  # rolled back
                spent.append(turn.timed(session, vault))
    names = spent[0]
    return {
        "n": len(spent),
        "turn_p50_ms": round(median(sum(one.values()) for one in spent), 3),
        "turn_most_ms": round(max(sum(one.values()) for one in spent), 3),
        "each_ms": {name: round(median(one[name] for one in spent), 3) for name in names},
    }


@dataclass
class _Turn:
    """One message on its way in and its words on their way out."""

    text: str
    settings: Settings

    def __post_init__(self) -> None:
        rates = ("requests", "address_messages", "conversations", "messages")
        written = [getattr(self.settings, f"limit_{name}") for name in rates]
        self._buckets = [Buckets(Rate.of(each)) for each in written]

    def timed(self, session: Session, vault: Vault) -> dict[str, float]:
        """Return the milliseconds of each step."""
        stored = ""
        message = MessageIn(conversation=CONVERSATION, text=self.text, message_id="m")

        def limits() -> None:
            for bucket in self._buckets:
                bucket.take(CONVERSATION)

        def values() -> None:
            check_unguessable(message.conversation)
            check(message, FEATURES.intents, FEATURES.values)

        def numbers() -> None:
            nonlocal stored
            stored = Gate(vault, session, f"web:{CONVERSATION}", utc_now()).text(self.text).text

        def masks() -> None:
            shown_each(session, [(f"web:{CONVERSATION}", stored)])

        return {step.__name__: _milliseconds(step) for step in (limits, values, numbers, masks)}


def _milliseconds(step: Callable[[], None]) -> float:
    began = time.perf_counter()
    step()
    return (time.perf_counter() - began) * 1000


@contextmanager
def _scratch() -> Iterator[tuple[Database, Vault]]:
    with tempfile.TemporaryDirectory(prefix="zhida-bench-") as folder:
        url = f"sqlite:///{folder}/bench.db"
        with closing(Database(url)) as database:
            upgrade(database)
            settings = Settings(_env_file=None, var_dir=Path(folder), database_url=url)
            vault = Vault.over(database, settings)
            first = Incoming("web", "1", CONVERSATION, "你好", utc_now())
            intake.accept(database, first, vault)
            yield database, vault
