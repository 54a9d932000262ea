"""Signing in: counted, slowed down, checked in the passwords' own thread."""

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, URLSafeTimedSerializer

from bot.console.accounts import cleaned, find, renew_hash
from bot.console.deeds import STRANGER, account, record
from bot.console.login.devices import Devices
from bot.console.login.passwords import Busy, PasswordPool, is_outdated
from bot.console.login.session import begin
from bot.console.login.throttle import Attempt, Throttle
from bot.console.login.totp import Totp
from bot.console.tables import Staff
from store.database import Database
from store.settings import Settings

BUSY_SECONDS = 2.0
PROOF_SECONDS = 300
"""How long the code may be looked for once the password was right."""


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


@dataclass(frozen=True)
class CodeWanted:
    """The password was right; ``proof`` of that goes along with the one-time code."""

    proof: str


class SignIn:
    """The way in. A name that nobody has costs, counts and is answered as any other."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._devices = Devices(settings.key_for("console devices"))
        self._throttle = Throttle(database, settings.key_for("console sign-in failures"))
        self._passwords = PasswordPool()
        self._proofs = URLSafeTimedSerializer(settings.key_for("console sign-in proofs"))
        self.totp = Totp(database, settings)

    async def attempt(
        self, name: str, password: str, *, address: str, device: str, now: datetime
    ) -> Admitted | CodeWanted | None:
        """Sign in, or return None where name and password do not fit; raise TryLater."""
        if self._passwords.full:
            raise TryLater(BUSY_SECONDS)
        name = cleaned(name)
        tried = Attempt(name, address, self._devices.known(device, name))
        await self._count(tried, now)
        staff = await self._checked(tried, password)
        if staff is None:
            return None
        await self._renew(staff, password)
        if staff.totp_secret is not None:
            # What was failed before stays counted, or the password would buy more guesses.
            await self._database.run(lambda: self._throttle.settle(tried, right=False))
            return CodeWanted(self._proofs.dumps([staff.name, _mark(staff)]))
        return await self._admit(staff, tried, device, now)

    async def attempt_code(
        self, proof: str, code: str, *, address: str, device: str, now: datetime
    ) -> Admitted | CodeWanted | None:
        """Sign in by a code; None where the proof is too old, CodeWanted where the code is wrong.

        Counted and slowed down as passwords are; raise TryLater.
        """
        try:
            name, mark = self._proofs.loads(proof, max_age=PROOF_SECONDS)
        except BadData:
            return None
        tried = Attempt(name, address, self._devices.known(device, name))
        await self._count(tried, now)
        staff = await self._database.run(find, self._database, name)
        if staff is None or _mark(staff) != mark:
            return None
        if not await self._database.run(self.totp.use, staff.id, code, now):
            await self._record_refusal(staff)
            return CodeWanted(proof)
        return await self._admit(staff, tried, device, now)

    async def _count(self, tried: Attempt, now: datetime) -> None:
        verdict = await self._database.run(self._throttle.count, tried, now)
        if verdict.closed:
            raise TryLater(verdict.closed)
        await asyncio.sleep(verdict.delay)

    async def _admit(
        self, staff: Staff, tried: Attempt, device: str, now: datetime
    ) -> Admitted | None:
        token = await self._database.run(lambda: begin(self._database, staff, now=now))
        if token is None:
            return None
        await self._database.run(lambda: self._throttle.settle(tried, right=True))
        return Admitted(token, self._devices.with_account(device, staff.name))

    async def _record_refusal(self, staff: Staff | None) -> None:
        """Record it of a name that nobody has, too: it takes as long."""
        subject = account(staff.id) if staff else "staff:"
        await self._database.run(record, self._database, STRANGER, "session.refused", subject)

    async def proves(self, staff: Staff, typed: str, *, password: bool, now: datetime) -> bool:
        """Tell whether somebody signed in knows the account's password, or has a code of it.

        Counted as at the door, since a desk may be left for a moment; raise TryLater.
        """
        tried = Attempt(staff.name, f"signed in {staff.id}")
        await self._count(tried, now)
        if password:
            proved = await self._checked(tried, typed) is not None
        else:
            proved = await self._database.run(self.totp.use, staff.id, typed, now)
        if proved:
            await self._database.run(lambda: self._throttle.settle(tried, right=True))
        return proved

    async def _checked(self, tried: Attempt, password: str) -> Staff | None:
        staff = await self._database.run(find, self._database, tried.name)
        try:
            fits = await self._passwords.fits(staff.password_hash if staff else None, password)
        except Busy as error:
            await self._database.run(lambda: self._throttle.settle(tried, right=False))
            raise TryLater(BUSY_SECONDS) from error
        if not fits:
            await self._record_refusal(staff)
        return staff if fits else None

    async def _renew(self, staff: Staff, password: str) -> None:
        """Hash at today's costs what was hashed at others, now that the password is at hand."""
        if is_outdated(staff.password_hash):
            with suppress(Busy):
                renewed = await self._passwords.hashed(password)
                await self._database.run(renew_hash, self._database, staff, renewed)
                staff.password_hash = renewed


def _mark(staff: Staff) -> str:
    """Return what changes with the password and the secret: a proof outlives neither."""
    both = f"{staff.password_hash}\0{staff.totp_secret}"
    return hashlib.sha256(both.encode()).hexdigest()
