"""The token of an account's API: one for all processes, fetched by one of them at a time."""

import asyncio
import base64
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken

from bot.messaging.channels import states
from store.clock import utc_now
from store.database import Database

EARLY = timedelta(seconds=300)
"""So long before its end a token is fetched anew: what is under way with it still arrives."""
TURN = timedelta(seconds=20)
LOOK_SECONDS = 0.2

Fetch = Callable[[], Awaitable[tuple[str, int]]]
"""Asks the platform for a token; returns it with the seconds that it is good for."""


class AccessToken:
    """The token as everybody of ours has it; sealed where it is stored.

    ``key`` are 64 hexadecimal digits of the settings' own; ``name`` is ``<channel>:token``.
    """

    def __init__(self, database: Database, name: str, key: str, fetch: Fetch) -> None:
        self._database = database
        self._name = name
        self._fernet = Fernet(base64.urlsafe_b64encode(bytes.fromhex(key)))
        self._fetch = fetch
        self._owner = secrets.token_hex(8)
        self._known: tuple[str, datetime] | None = None
        self._lock = asyncio.Lock()

    async def get(self, *, but: str | None = None) -> str:
        """Return a token that is good by its term and is not ``but``, which was refused."""
        known = self._known
        if known is not None and known[0] != but and known[1] > utc_now():
            return known[0]
        async with self._lock:
            deadline = utc_now() + TURN
            while utc_now() < deadline:
                known = await self._database.run(self._stored)
                if known is not None and known[0] != but:
                    self._known = known
                    return known[0]
                if await self._database.run(self._take_turn):
                    return await self._renew()
                await asyncio.sleep(LOOK_SECONDS)
            # Whoever has the turn hangs: a token too many harms nobody.
            return await self._renew()

    async def _renew(self) -> str:
        try:
            token, seconds = await self._fetch()
            until = utc_now() + max(timedelta(seconds=seconds) - EARLY, timedelta(seconds=1))
            sealed = self._fernet.encrypt(token.encode()).decode()
            await self._database.run(
                lambda: states.keep(
                    self._database, self._name, sealed, now=utc_now(), expires_at=until
                )
            )
        finally:
            await self._database.run(
                states.give_turn, self._database, f"{self._name}-turn", self._owner
            )
        self._known = token, until
        return token

    def _take_turn(self) -> bool:
        return states.take_turn(
            self._database, f"{self._name}-turn", self._owner, now=utc_now(), lasts=TURN
        )

    def _stored(self) -> tuple[str, datetime] | None:
        found = states.with_term(self._database, self._name)
        if found is None or found[1] <= utc_now():
            return None
        try:
            return self._fernet.decrypt(found[0].encode()).decode(), found[1]
        except InvalidToken:
            return None  # sealed by another key: of a backup, or before the key was changed
