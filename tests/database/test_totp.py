"""One-time codes on both databases: each is good once, and only near its moment."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from bot.console.accounts import add_staff, find, reset_totp
from bot.console.login.sign_in import Admitted, CodeWanted, SignIn, TryLater
from bot.console.login.totp import Totp, new_secret
from bot.console.tables import RecoveryCode, Staff
from store.audit.log import chosen, in_order
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, 10, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
PASSWORD = "correct horse battery"
SECRET = new_secret()


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, var_dir=tmp_path)


@pytest.fixture
def staff(database: Database) -> Staff:
    return add_staff(database, "wang", PASSWORD, now=NOW)


@pytest.fixture
def totp(database: Database, settings: Settings) -> Totp:
    return Totp(database, settings)


def turned_on(totp: Totp, staff: Staff) -> list[str]:
    codes = totp.turn_on(staff.id, SECRET, code_at(NOW), NOW)
    assert codes is not None
    return codes


def test_the_algorithm_is_that_of_rfc_6238(totp: Totp, staff: Staff) -> None:
    """Appendix B: SHA-1, the last six of its eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    moment = datetime(2009, 2, 13, 23, 31, 30, tzinfo=UTC)
    assert totp.turn_on(staff.id, secret, "005924", moment) is not None


def test_it_is_on_only_once_a_code_proves_the_telephone(totp: Totp, staff: Staff) -> None:
    assert totp.turn_on(staff.id, SECRET, "000000", NOW) is None
    assert not totp.use(staff.id, code_at(NOW), NOW)


@pytest.mark.parametrize(
    ("seconds", "fits"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_wrong_by_one_step(
    totp: Totp, staff: Staff, seconds: int, fits: bool
) -> None:
    turned_on(totp, staff)
    assert totp.use(staff.id, code_at(LATER + timedelta(seconds=seconds)), LATER) == fits


def test_a_code_is_used_once_and_none_before_it(totp: Totp, staff: Staff) -> None:
    turned_on(totp, staff)
    assert not totp.use(staff.id, code_at(NOW), NOW), "it was used to turn them on"
    assert totp.use(staff.id, code_at(LATER), LATER)
    assert not totp.use(staff.id, code_at(LATER), LATER)
    assert not totp.use(staff.id, code_at(LATER - timedelta(seconds=30)), LATER)


@pytest.mark.parametrize("code", ["", "１２３４５６", "abcdef", "1" * 30])
def test_what_is_no_code_opens_nothing(totp: Totp, staff: Staff, code: str) -> None:
    turned_on(totp, staff)
    assert not totp.use(staff.id, code, LATER)


def test_of_many_at_once_one_comes_in(totp: Totp, staff: Staff) -> None:
    turned_on(totp, staff)
    came: list[bool] = []
    ready = threading.Barrier(6)

    def work() -> None:
        ready.wait()
        came.append(totp.use(staff.id, code_at(LATER), LATER))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == [False] * 5 + [True]


def test_a_recovery_code_opens_once(database: Database, totp: Totp, staff: Staff) -> None:
    codes = turned_on(totp, staff)
    assert len(set(codes)) == 10
    assert totp.use(staff.id, codes[0].lower(), LATER)
    assert not totp.use(staff.id, codes[0], LATER)
    other = add_staff(database, "li", PASSWORD, now=NOW)
    assert not totp.use(other.id, codes[1], LATER)


def test_neither_secret_nor_recovery_codes_are_kept_as_they_are(
    database: Database, totp: Totp, staff: Staff
) -> None:
    codes = turned_on(totp, staff)
    with database.read() as session:
        row = session.scalars(select(Staff)).one()
        kept = list(session.scalars(select(RecoveryCode.code_hash)))
    assert SECRET not in (row.totp_secret or "")
    assert not set(codes) & set(kept)


def test_with_another_key_only_a_recovery_is_left(
    database: Database, totp: Totp, staff: Staff, tmp_path: Path
) -> None:
    turned_on(totp, staff)
    another = Totp(database, Settings(_env_file=None, var_dir=tmp_path / "another"))
    assert not another.use(staff.id, code_at(LATER), LATER)


def test_a_reset_takes_all_of_it_away(database: Database, totp: Totp, staff: Staff) -> None:
    codes = turned_on(totp, staff)
    reset_totp(database, "wang")
    assert not totp.use(staff.id, code_at(LATER), LATER)
    assert not totp.use(staff.id, codes[0], LATER)
    found = find(database, "wang")
    assert found is not None
    assert found.totp_secret is None


async def test_the_code_is_asked_for_after_the_password_and_throttled_like_it(
    database: Database, settings: Settings, totp: Totp, staff: Staff
) -> None:
    turned_on(totp, staff)
    way_in = SignIn(database, settings)
    whence = {"address": "192.0.2.1", "device": ""}
    asked = await way_in.attempt("wang", PASSWORD, **whence, now=LATER)
    assert isinstance(asked, CodeWanted)
    assert await way_in.attempt_code("forged", code_at(LATER), **whence, now=LATER) is None
    came = await way_in.attempt_code(asked.proof, code_at(LATER), **whence, now=LATER)
    assert isinstance(came, Admitted)
    again = await way_in.attempt_code(asked.proof, code_at(LATER), **whence, now=LATER)
    assert isinstance(again, CodeWanted), "a code is used once"
    for _ in range(4):
        # The password, given anew, buys no further guesses.
        await way_in.attempt("wang", PASSWORD, **whence, now=LATER)
        await way_in.attempt_code(asked.proof, "000000", **whence, now=LATER)
    with pytest.raises(TryLater):
        await way_in.attempt_code(asked.proof, code_at(LATER), **whence, now=LATER)
    with database.read() as session:
        actions = [entry.action for entry in in_order(session, chosen(action="session."))]
    assert actions.count("session.begin") == 1
    assert actions.count("session.refused") == 5
