"""Runs what features do while nobody asks: their jobs on a clock, and their notices.

It knows none of them: ``actions.dialogue.background`` is what they declare. Any number of
processes may run the same jobs at once.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime
from functools import partial

from actions.dialogue.background import NoticeSource, ScheduledJob
from actions.dialogue.services import Services
from bot.messaging.loops import forever
from bot.messaging.notices import NoticeTeller, Spacing
from bot.messaging.outbox_rows import Pulled
from store.clock import to_shanghai, utc_now

TELL_SECONDS = 2.0


class Scheduler:
    """A loop for each job and each source of notices.

    ``told`` is called with each conversation in which something was said. ``counts`` adds up
    what the jobs did, by the name of the metric; ``last_run`` is when each ran last, by its name.
    Raises ValueError where two jobs have one name.
    """

    def __init__(
        self,
        services: Services,
        jobs: Sequence[ScheduledJob],
        sources: Sequence[NoticeSource],
        *,
        told: Callable[[str], None],
        pulled: Pulled,
    ) -> None:
        if len({job.name for job in jobs}) < len(jobs):
            raise ValueError("two jobs of one name")
        self._database = services.database
        self._services = services
        self.jobs = tuple(jobs)
        spacing = Spacing()
        self.tellers = tuple(
            NoticeTeller(services.database, source, told=told, pulled=pulled, spacing=spacing)
            for source in sources
        )
        self._nights: dict[str, date] = {}
        self._loops: list[asyncio.Task[None]] = []
        self.counts: Counter[str] = Counter()
        self.last_run: dict[str, datetime] = {}

    async def start(self) -> None:
        """Begin."""
        for job in self.jobs:
            self._begin(partial(self._run_now, job), job.every.total_seconds())
        for teller in self.tellers:
            self._begin(partial(_tell_now, teller), TELL_SECONDS)

    def _begin(self, work: Callable[[], Coroutine[None, None, None]], seconds: float) -> None:
        self._loops.append(asyncio.create_task(forever(work, seconds)))

    async def stop(self) -> None:
        """Stop; what is not done is done by the next process."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)

    async def run(self, job: ScheduledJob, now: datetime) -> None:
        """Run a job and count what it did, unless it is a nightly one that had this night."""
        night = None if job.nightly is None else (to_shanghai(now) - job.nightly).date()
        if night is not None and night == self._nights.get(job.name):
            return
        self.counts.update(await self._database.run(job.run, self._services, now))
        self.last_run[job.name] = now
        if night is not None:
            self._nights[job.name] = night

    @property
    def notices(self) -> Counter[tuple[str, str]]:
        """What became of the notices of all sources, by kind and outcome."""
        total: Counter[tuple[str, str]] = Counter()
        for teller in self.tellers:
            total.update(teller.outcomes)
        return total

    async def _run_now(self, job: ScheduledJob) -> None:
        await self.run(job, utc_now())


async def _tell_now(teller: NoticeTeller) -> None:
    await teller.tell(utc_now())
