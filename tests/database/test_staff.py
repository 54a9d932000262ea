"""Staff accounts on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.console.accounts import (
    FREE_FAILURES,
    PAUSES,
    AccountError,
    account,
    add_staff,
    check,
    fingerprint,
    pause_after,
)
from bot.console.tables import Staff
from store.database import Database

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"


def test_the_right_password_opens_and_nothing_else_does(database: Database) -> None:
    staff = add_staff(database, " 王芳 ", PASSWORD, now=NOW)
    found = check(database, "王芳", PASSWORD, now=NOW)
    assert found is not None
    assert found.id == staff.id
    assert check(database, "王芳", PASSWORD + " ", now=NOW) is None
    assert check(database, "王", PASSWORD, now=NOW) is None
    assert check(database, "王芳", "", now=NOW) is None
    assert check(database, "王芳", "长" * 100_000, now=NOW) is None


def test_the_password_itself_is_not_kept(database: Database) -> None:
    add_staff(database, "wang", PASSWORD, now=NOW)
    with database.read() as session:
        row = session.scalars(select(Staff)).one()
    assert row.password_hash.startswith("$argon2id$")
    assert PASSWORD not in row.password_hash


@pytest.mark.parametrize(
    ("name", "password", "code"),
    [
        ("", PASSWORD, "bad_name"),
        ("  ", PASSWORD, "bad_name"),
        ("a" * 51, PASSWORD, "bad_name"),
        ("a\x00b", PASSWORD, "bad_name"),
        ("wang", "123456789", "weak_password"),
        ("wangxiaoming", "wangxiaoming", "weak_password"),
        ("wang", "a" * 201, "weak_password"),
        ("taken", PASSWORD, "name_taken"),
    ],
)
def test_accounts_that_cannot_be(database: Database, name: str, password: str, code: str) -> None:
    add_staff(database, "taken", PASSWORD, now=NOW)
    with pytest.raises(AccountError) as raised:
        add_staff(database, name, password, now=NOW)
    assert raised.value.code == code


def test_a_disabled_account_is_closed(database: Database) -> None:
    staff = add_staff(database, "wang", PASSWORD, now=NOW)
    with database.write() as session:
        session.get_one(Staff, staff.id).disabled = True
        session.commit()
    assert check(database, "wang", PASSWORD, now=NOW) is None
    assert account(database, staff.id) is None


def test_repeated_failures_close_the_account_for_a_while(database: Database) -> None:
    add_staff(database, "wang", PASSWORD, now=NOW)
    for _ in range(FREE_FAILURES):
        assert check(database, "wang", "wrong", now=NOW) is None
    assert check(database, "wang", PASSWORD, now=NOW) is None, "closed: even the right one waits"
    later = NOW + timedelta(seconds=31)
    assert check(database, "wang", PASSWORD, now=later) is not None
    assert check(database, "wang", "wrong", now=later) is None
    assert check(database, "wang", PASSWORD, now=later) is not None, "a success starts afresh"


def test_parallel_guesses_gain_nothing(database: Database) -> None:
    staff = add_staff(database, "wang", PASSWORD, now=NOW)
    guesses = ["wrong"] * (FREE_FAILURES + 3)
    with ThreadPoolExecutor(len(guesses)) as pool:
        results = list(pool.map(lambda guess: check(database, "wang", guess, now=NOW), guesses))
    assert results == [None] * len(guesses)
    with database.read() as session:
        assert session.get_one(Staff, staff.id).failures == FREE_FAILURES


def test_pauses_grow_to_a_limit() -> None:
    pauses = [pause_after(n) for n in range(FREE_FAILURES, 3000)]
    assert pauses[0] == timedelta(seconds=30)
    assert pauses[1] == timedelta(seconds=60)
    assert pauses[-1] == timedelta(seconds=PAUSES.longest)
    assert pause_after(FREE_FAILURES - 1) is None


def test_the_fingerprint_follows_the_password(database: Database) -> None:
    one = add_staff(database, "one", PASSWORD, now=NOW)
    two = add_staff(database, "two", PASSWORD, now=NOW)
    assert fingerprint(one) != fingerprint(two)
    again = account(database, one.id)
    assert again is not None
    assert fingerprint(again) == fingerprint(one)
