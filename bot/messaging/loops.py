"""Work that goes on in the background for as long as the process lives."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from store.failures import DATABASE_DOWN, in_one_line

log = structlog.get_logger(__name__)

RECOVERY_SECONDS = 1.0


async def forever(work: Callable[[], Awaitable[None]], seconds: float) -> None:
    """Repeat ``work``, ``seconds`` apart, whatever goes wrong with it."""
    while True:
        try:
            await work()
        except DATABASE_DOWN as error:
            log.warning("background work waits", reason=in_one_line(error))
            await asyncio.sleep(RECOVERY_SECONDS)
        except Exception:
            # A fault of ours: what is stored is still there next time, and a loop that ended
            # would be missed by nobody.
            log.exception("background work failed")
            await asyncio.sleep(RECOVERY_SECONDS)
        await asyncio.sleep(seconds)
