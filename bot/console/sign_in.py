"""Signing in: counted, slowed down, checked in the passwords' own thread."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bot.console.accounts import cleaned, find, renew_hash
from bot.console.devices import Devices
from bot.console.passwords import Busy, PasswordPool, is_outdated
from bot.console.session import begin
from bot.console.tables import Staff
from bot.console.throttle import Attempt, Throttle
from store.database import Database
from store.settings import Settings

BUSY_SECONDS = 2.0


class TryLater(Exception):
    """It was not looked at whether the password is right; worth another try in ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Admitted:
    """What to leave in the browser: the session's token and the device's cookie."""

    token: str
    device: str


class SignIn:
    """The way in. A name that nobody has costs, counts and is answered as any other."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._devices = Devices(settings.key_for("console devices"))
        self._throttle = Throttle(database, settings.key_for("console sign-in failures"))
        self._passwords = PasswordPool()

    async def attempt(
        self, name: str, password: str, *, address: str, device: str, now: datetime
    ) -> Admitted | None:
        """Sign in, or return None where name and password do not fit; raise TryLater."""
        if self._passwords.full:
            raise TryLater(BUSY_SECONDS)
        name = cleaned(name)
        tried = Attempt(name, address, self._devices.known(device, name))
        verdict = await self._database.run(self._throttle.count, tried, now)
        if verdict.closed:
            raise TryLater(verdict.closed)
        await asyncio.sleep(verdict.delay)
        staff = await self._checked(tried, password)
        token = None
        if staff is not None:
            token = await self._database.run(lambda: begin(self._database, staff, now=now))
        if staff is None or token is None:
            return None
        await self._renew(staff, password)
        await self._database.run(lambda: self._throttle.settle(tried, right=True))
        return Admitted(token, self._devices.with_account(device, name))

    async def _checked(self, tried: Attempt, password: str) -> Staff | None:
        staff = await self._database.run(find, self._database, tried.name)
        try:
            fits = await self._passwords.fits(staff.password_hash if staff else None, password)
        except Busy as error:
            await self._database.run(lambda: self._throttle.settle(tried, right=False))
            raise TryLater(BUSY_SECONDS) from error
        return staff if fits else None

    async def _renew(self, staff: Staff, password: str) -> None:
        """Hash at today's costs what was hashed at others, now that the password is at hand."""
        if is_outdated(staff.password_hash):
            with suppress(Busy):
                renewed = await self._passwords.hashed(password)
                await self._database.run(renew_hash, self._database, staff, renewed)
