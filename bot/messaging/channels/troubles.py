"""The last trouble of each channel, as staff read it: noted by whichever process had it."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.messaging.channels import states
from store.clock import utc_now
from store.database import Database
from store.failures import is_outage

WHAT = "trouble"
APART = timedelta(seconds=10)
"""The same trouble is written down so often at most."""
LONGEST = 200


class Troubles:
    """Notes troubles of channels in the database, in the background."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last: dict[str, tuple[str, datetime]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def noter(self, channel: str) -> Callable[[str], None]:
        """Return what notes a trouble of one channel; an empty reason is none."""
        return lambda reason: self.note(channel, reason)

    def note(self, channel: str, reason: str) -> None:
        """Note a trouble; never raises."""
        said, at = self._last.get(channel, ("", datetime.min.replace(tzinfo=UTC)))
        now = utc_now()
        if not reason or (said == reason and now - at < APART):
            return
        self._last[channel] = (reason, now)
        task = asyncio.create_task(self._keep(channel, reason[:LONGEST], now))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep(self, channel: str, reason: str, now: datetime) -> None:
        try:
            await self._database.run(
                lambda: states.keep(self._database, f"{channel}:{WHAT}", reason, now=now)
            )
        except Exception as error:
            # The database's own trouble is said elsewhere.
            if not is_outage(error):
                raise

    async def stop(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._tasks, return_exceptions=True)
