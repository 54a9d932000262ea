"""Sessions and failed sign-ins in the database that all replicas share, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.console.accounts import add_staff
from bot.console.login import passwords, sign_in
from bot.console.login.passwords import Busy
from bot.console.login.session import (
    BELIEVED_SECONDS,
    COOKIE,
    IDLE,
    KEPT,
    LASTS,
    Sessions,
    begin,
    end,
    key_of,
    seen,
    signed_in,
)
from bot.console.login.sign_in import SignIn, TryLater
from bot.console.login.throttle import (
    FORGOTTEN,
    FREE,
    FREE_BY_ACCOUNT,
    FREE_BY_ADDRESS,
    Attempt,
    Throttle,
    Verdict,
)
from bot.console.tables import SignInFailure, Staff, StaffSession
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
MINUTE = timedelta(minutes=1)
CLERK = Attempt("wang", "10.0.0.1")
AT_HER_DEVICE = Attempt("wang", "10.0.0.1", "her computer")


@pytest.fixture
def staff(database: Database) -> Staff:
    return add_staff(database, "wang", PASSWORD, now=NOW)


@pytest.fixture
def key(database: Database, staff: Staff) -> str:
    token = begin(database, staff, now=NOW)
    assert token is not None
    return key_of({COOKIE: token})


@pytest.fixture
def throttle(database: Database) -> Throttle:
    return Throttle(database, "key")


# ---- sessions ---------------------------------------------------------------------------


def test_a_session_lasts_twelve_hours_of_use(database: Database, key: str) -> None:
    moment = NOW
    while moment + MINUTE < NOW + LASTS:
        moment = min(moment + IDLE - MINUTE, NOW + LASTS - MINUTE)
        assert signed_in(database, key, now=moment) is not None
        seen(database, key, now=moment)
    seen(database, key, now=NOW + LASTS)
    assert signed_in(database, key, now=NOW + LASTS) is None


def test_a_session_that_nobody_uses_is_over(database: Database, key: str) -> None:
    assert signed_in(database, key, now=NOW + IDLE - MINUTE) is not None
    assert signed_in(database, key, now=NOW + IDLE) is None
    seen(database, key, now=NOW + IDLE)
    assert signed_in(database, key, now=NOW + IDLE) is None, "it does not come back to life"


def test_ended_is_ended_and_others_go_on(database: Database, staff: Staff, key: str) -> None:
    other = key_of({COOKIE: begin(database, staff, now=NOW) or ""})
    end(database, key, now=NOW)
    end(database, "nobody's", now=NOW)
    assert signed_in(database, key, now=NOW) is None
    assert signed_in(database, other, now=NOW) is not None
    assert signed_in(database, key_of({}), now=NOW) is None


def test_what_is_long_over_is_forgotten(database: Database, staff: Staff, key: str) -> None:
    begin(database, staff, now=NOW + LASTS + KEPT + MINUTE)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(StaffSession)) == 1


async def test_a_session_is_everywhere_and_survives_a_restart(database: Database, key: str) -> None:
    here, there = Sessions(database), Sessions(database)
    assert await here.whose(key, NOW) is not None
    assert await there.whose(key, NOW) is not None
    await here.end(key, NOW)
    assert here.believed(key) is None, "at once where it was ended"
    assert there.believed(key) is not None
    assert BELIEVED_SECONDS <= 2.0, "and soon elsewhere"
    assert await there.whose(key, NOW) is None
    assert there.believed(key) is None


async def test_what_was_read_while_it_ended_is_not_believed(database: Database, key: str) -> None:
    sessions = Sessions(database)
    reading = sessions.whose(key, NOW)
    # The row was read before the end, and the answer comes after it.
    sessions_read = signed_in(database, key, now=NOW)
    assert sessions_read is not None
    await sessions.end(key, NOW)
    assert await reading is None
    assert sessions.believed(key) is None


# ---- throttling -------------------------------------------------------------------------


def fail(throttle: Throttle, attempt: Attempt, times: int, now: datetime = NOW) -> list[Verdict]:
    return [throttle.count(attempt, now) for _ in range(times)]


@pytest.mark.parametrize("name", ["wang", "nobody", ""])
def test_who_guesses_is_closed_out_whatever_the_name(throttle: Throttle, name: str) -> None:
    guess = Attempt(name, "6.6.6.6")
    assert fail(throttle, guess, FREE) == [Verdict()] * FREE
    assert throttle.count(guess, NOW) == Verdict(closed=30)
    later = NOW + timedelta(seconds=31)
    assert throttle.count(guess, later) == Verdict()
    assert throttle.count(guess, later) == Verdict(closed=60)


def test_eight_guesses_do_not_lock_the_clerk_out(throttle: Throttle) -> None:
    fail(throttle, Attempt("wang", "6.6.6.6"), 8)
    assert throttle.count(CLERK, NOW) == Verdict()


def test_whatever_others_do_a_known_device_is_not_held_up(throttle: Throttle) -> None:
    for number in range(40):
        fail(throttle, Attempt("wang", f"6.6.6.{number}"), 2)
    fail(throttle, CLERK, 50)
    assert throttle.count(AT_HER_DEVICE, NOW) == Verdict()
    # At another device she waits some seconds, and is let in.
    elsewhere = throttle.count(Attempt("wang", "10.0.0.2"), NOW)
    assert elsewhere.closed == 0
    assert 0 < elsewhere.delay <= 8


def test_a_known_device_guesses_no_more_than_others(throttle: Throttle) -> None:
    fail(throttle, AT_HER_DEVICE, FREE)
    assert throttle.count(AT_HER_DEVICE, NOW).closed == 30


def test_an_account_that_many_guess_at_becomes_slow_and_never_closed(throttle: Throttle) -> None:
    verdicts = [throttle.count(Attempt("wang", f"6.6.{n}.6"), NOW) for n in range(30)]
    assert all(verdict.closed == 0 for verdict in verdicts)
    delays = [verdict.delay for verdict in verdicts]
    assert delays[: FREE_BY_ACCOUNT + 2] == [0] * FREE_BY_ACCOUNT + [0.5, 1]
    assert delays[-1] == 8


def test_an_address_that_tries_many_names_is_closed(throttle: Throttle) -> None:
    for number in range(FREE_BY_ADDRESS):
        assert throttle.count(Attempt(f"name {number}", "6.6.6.6"), NOW) == Verdict()
    assert throttle.count(Attempt("one more", "6.6.6.6"), NOW).closed > 0


def test_a_success_starts_afresh(throttle: Throttle) -> None:
    fail(throttle, CLERK, FREE)
    later = NOW + timedelta(seconds=31)
    assert throttle.count(CLERK, later) == Verdict()
    throttle.settle(CLERK, right=True)
    assert fail(throttle, CLERK, FREE) == [Verdict()] * FREE


def test_who_was_not_looked_at_has_not_failed(throttle: Throttle) -> None:
    for _ in range(FREE_BY_ADDRESS + 1):
        assert throttle.count(CLERK, NOW) == Verdict()
        throttle.settle(CLERK, right=False)


def test_parallel_guesses_gain_nothing(throttle: Throttle) -> None:
    guess = Attempt("wang", "6.6.6.6")
    with ThreadPoolExecutor(FREE + 4) as threads:
        verdicts = list(threads.map(lambda _: throttle.count(guess, NOW), range(FREE + 4)))
    assert sum(verdict.closed == 0 for verdict in verdicts) == FREE


def test_failures_are_forgotten_and_their_rows_pruned(
    throttle: Throttle, database: Database
) -> None:
    fail(throttle, Attempt("wang", "6.6.6.6"), FREE + 1)
    later = NOW + FORGOTTEN + MINUTE
    assert throttle.count(Attempt("wang", "6.6.6.6"), later) == Verdict()
    throttle.count(Attempt("li", "7.7.7.7"), later + FORGOTTEN + MINUTE)
    with database.read() as session:
        rows = session.scalars(select(SignInFailure)).all()
    assert len(rows) == 3
    assert not any(word in row.key for row in rows for word in ("li", "7.7.7.7"))


# ---- the way in -------------------------------------------------------------------------


@pytest.fixture
def way_in(database: Database, tmp_path: Path, staff: Staff) -> SignIn:
    return SignIn(database, Settings(_env_file=None, var_dir=tmp_path))


async def enter(way_in: SignIn, name: str, password: str, address: str, device: str = "") -> str:
    try:
        admitted = await way_in.attempt(name, password, address=address, device=device, now=NOW)
    except TryLater:
        return "later"
    return admitted.device if admitted else ""


async def test_the_clerk_comes_in_while_others_guess(way_in: SignIn) -> None:
    device = await enter(way_in, " wang ", PASSWORD, "10.0.0.1")
    assert device
    guesses = [await enter(way_in, "wang", "wrong", "10.0.0.1") for _ in range(8)]
    assert guesses == [""] * FREE + ["later"] * 3
    assert await enter(way_in, "wang", PASSWORD, "10.0.0.1", device) == device
    assert await enter(way_in, "wang", PASSWORD, "10.0.0.2")


async def test_known_and_unknown_names_cost_the_same(
    way_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = count()
    real = passwords.fits

    def counted(password_hash: str | None, password: str) -> bool:
        next(checked)
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "fits", counted)
    for name in ("wang", "nobody"):
        tries = [await enter(way_in, name, "wrong", "6.6.6.6") for _ in range(FREE + 1)]
        assert tries == [""] * FREE + ["later"]
    assert next(checked) == 2 * FREE


async def test_a_full_queue_is_no_failure_of_the_clerks(
    way_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> bool:
        raise Busy

    with monkeypatch.context() as patched:
        patched.setattr(sign_in.PasswordPool, "fits", busy)
        tries = [await enter(way_in, "wang", PASSWORD, "10.0.0.1") for _ in range(FREE + 2)]
    assert tries == ["later"] * (FREE + 2)
    assert await enter(way_in, "wang", PASSWORD, "10.0.0.1")
