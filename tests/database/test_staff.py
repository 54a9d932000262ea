"""Staff accounts on both databases."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from sqlalchemy import select

from bot.commands.data import run_staff_add, run_staff_password, run_staff_remove
from bot.console.accounts import (
    AccountError,
    add_staff,
    find,
    remove_staff,
    renew_hash,
    set_password,
)
from bot.console.login.passwords import fits
from bot.console.login.session import begin, key_of, signed_in
from bot.console.permissions import Role
from bot.console.tables import Staff
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
ANOTHER = "another good password"


def opens(database: Database, name: str, password: str) -> bool:
    """Tell whether a name and a password fit."""
    staff = find(database, name)
    return staff is not None and fits(staff.password_hash, password)


def signed_in_key(database: Database, staff: Staff) -> str:
    token = begin(database, staff, now=NOW)
    assert token is not None
    return key_of({"zhida_console": token})


def test_the_right_password_opens_and_nothing_else_does(database: Database) -> None:
    staff = add_staff(database, " 王芳 ", PASSWORD, now=NOW)
    found = find(database, "王芳")
    assert found is not None
    assert found.id == staff.id
    assert opens(database, "王芳", PASSWORD)
    assert not opens(database, "王芳", PASSWORD + " ")
    assert not opens(database, "王", PASSWORD)
    assert not opens(database, "王芳", "")
    assert not opens(database, "王芳", "长" * 100_000)
    assert find(database, "a\x00b") is None
    assert find(database, "长" * 100_000) is None


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
    key = signed_in_key(database, staff)
    with database.write() as session:
        session.get_one(Staff, staff.id).disabled = True
        session.commit()
    assert find(database, "wang") is None
    assert signed_in(database, key, now=NOW) is None
    assert begin(database, staff, now=NOW) is None


def test_another_password_ends_all_sessions_of_the_account(database: Database) -> None:
    staff = add_staff(database, "wang", PASSWORD, now=NOW)
    other = add_staff(database, "li", PASSWORD, now=NOW)
    keys = [signed_in_key(database, staff) for _ in range(3)]
    others = signed_in_key(database, other)
    set_password(database, " wang", ANOTHER, now=NOW)
    assert [signed_in(database, key, now=NOW) for key in keys] == [None] * 3
    assert signed_in(database, others, now=NOW) is not None
    assert opens(database, "wang", ANOTHER)
    assert not opens(database, "wang", PASSWORD)


def test_who_was_checked_before_the_change_does_not_come_in_after_it(database: Database) -> None:
    checked = add_staff(database, "wang", PASSWORD, now=NOW)
    set_password(database, "wang", ANOTHER, now=NOW)
    assert begin(database, checked, now=NOW) is None


def test_removing_ends_all_sessions_and_the_name_can_come_back(database: Database) -> None:
    staff = add_staff(database, "wang", PASSWORD, now=NOW)
    key = signed_in_key(database, staff)
    remove_staff(database, "wang", now=NOW)
    assert signed_in(database, key, now=NOW) is None
    assert not opens(database, "wang", PASSWORD)
    again = add_staff(database, "wang", ANOTHER, now=NOW)
    assert again.id == staff.id
    assert opens(database, "wang", ANOTHER)
    assert signed_in(database, key, now=NOW) is None, "what was ended stays so"


def test_what_cannot_be_done_to_an_account(database: Database) -> None:
    add_staff(database, "wang", PASSWORD, now=NOW)
    with pytest.raises(AccountError, match="没有这个账号"):
        set_password(database, "li", ANOTHER, now=NOW)
    with pytest.raises(AccountError, match="没有这个账号"):
        remove_staff(database, "li", now=NOW)
    with pytest.raises(AccountError) as raised:
        set_password(database, "wang", "short", now=NOW)
    assert raised.value.code == "weak_password"
    remove_staff(database, "wang", now=NOW)
    with pytest.raises(AccountError, match="没有这个账号"):
        remove_staff(database, "wang", now=NOW)


def test_hashing_anew_is_no_change_of_the_password(database: Database) -> None:
    staff = add_staff(database, "wang", PASSWORD, now=NOW)
    key = signed_in_key(database, staff)
    renew_hash(database, staff, "$argon2id$renewed")
    assert signed_in(database, key, now=NOW) is not None
    renew_hash(database, staff, "$argon2id$of what was read before")
    with database.read() as session:
        assert session.scalars(select(Staff)).one().password_hash == "$argon2id$renewed"


def test_the_commands(
    sqlite_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = sqlite_database.url.render_as_string()
    settings = Settings(_env_file=None, var_dir=tmp_path, database_url=url)
    run_staff_add(settings, "wang", PASSWORD, Role.AGENT)
    run_staff_password(settings, "wang", ANOTHER)
    assert opens(sqlite_database, "wang", ANOTHER)
    run_staff_remove(settings, "wang")
    assert not opens(sqlite_database, "wang", ANOTHER)
    for refused in (
        lambda: run_staff_password(settings, "wang", PASSWORD),
        lambda: run_staff_remove(settings, "wang"),
    ):
        with pytest.raises(typer.Exit):
            refused()
    assert "没有这个账号" in capsys.readouterr().err
