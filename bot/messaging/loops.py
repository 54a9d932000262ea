"""Work that goes on in the background for as long as the process lives."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from store.failures import in_one_line, is_outage

log = structlog.get_logger(__name__)

RECOVERY_SECONDS = 1.0


async def forever(work: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Repeat ``work``, ``seconds`` apart, whatever goes wrong with it."""
    while True:
        try:
            await work()
        except Exception as error:
            # The database is away, or a fault of ours: what is stored is still there next
            # time, and a loop that ended would be missed by nobody.
            if is_outage(error):
                log.warning("database away", reason=in_one_line(error))
            else:
                log.exception("background work failed")
            await asyncio.sleep(RECOVERY_SECONDS)
        await asyncio.sleep(seconds)
