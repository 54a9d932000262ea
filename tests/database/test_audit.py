"""What was done stays recorded, on both databases: nothing lost, nothing changed unseen."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from actions.dialogue.services import Services
from bot.background import AUDIT_CHECKPOINT
from bot.commands.audit import run_audit_archive, run_audit_show, run_audit_verify
from store import audit
from store.audit import log
from store.audit.checkpoints import BrokenCheckpoint, Checkpoints
from store.audit.log import GENESIS, Head, chosen, head, in_order
from store.audit.tables import AuditEntry
from store.audit.verification import Verdict, verify
from store.database import Database
from store.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, 0, 123456, tzinfo=UTC)
THREADS, EACH = 8, 25


def settings_for(database: Database, folder: Path) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    return Settings(_env_file=None, var_dir=folder, database_url=url)


def record(database: Database, subject: str, actor: str = "staff:1") -> None:
    with database.write() as session:
        audit.record(
            session,
            actor=actor,
            action="cases.close",
            subject=subject,
            reason="已答复",
            details={"b": [1, None], "a": "甲"},
            at=NOW,
        )
        session.commit()


def recorded(database: Database, count: int) -> None:
    for number in range(1, count + 1):
        record(database, f"case:{number}")


def tamper(database: Database, statement: str, **values: object) -> None:
    """Do with the table what its triggers refuse, as whoever owns the database can."""
    with database.engine.begin() as connection:
        if database.is_sqlite:
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_log_no_{change}"))
        else:
            connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER USER"))
        connection.execute(text(statement), values)


def verdict_of(database: Database, checkpoints: Checkpoints | None = None) -> Verdict:
    with database.read() as session:
        return verify(session, checkpoints.all() if checkpoints else ())


def head_of(database: Database) -> Head:
    with database.read() as session:
        return head(session)


def test_entries_are_chained(database: Database) -> None:
    assert verdict_of(database) == Verdict(Head(0, GENESIS))
    recorded(database, 3)
    with database.read() as session:
        entries = list(in_order(session, chosen()))
    assert [entry.id for entry in entries] == [1, 2, 3]
    hashes = [entry.hash for entry in entries]
    assert [entry.previous for entry in entries] == [GENESIS, *hashes[:2]]
    assert entries[0].details == '{"a":"甲","b":[1,null]}'
    assert entries[0].at == "2026-03-02T01:00:00.123456+00:00"
    assert verdict_of(database) == Verdict(Head(3, hashes[2]))


def test_what_is_rolled_back_was_not_done(database: Database) -> None:
    with database.write() as session:
        audit.record(session, actor="staff:1", action="x.y", subject="z:1", at=NOW)
    record(database, "case:1")
    assert verdict_of(database).head.entry == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_log SET actor = 'staff:2' WHERE id = 1",
        "DELETE FROM audit_log WHERE id = 1",
        "TRUNCATE audit_log",
    ],
)
def test_the_database_refuses_to_change_it(database: Database, statement: str) -> None:
    recorded(database, 2)
    with pytest.raises(DBAPIError), database.engine.begin() as connection:
        connection.execute(text(statement))
    assert verdict_of(database).head.entry == 2


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "2026-03-02T01:00:00.123457+00:00"),
        ("actor", "staff:2"),
        ("action", "cases.clos"),
        ("subject", "case:3"),
        ("reason", "已答覆"),
        ("reason", None),
        ("details", '{"a":"甲","b":[1, null]}'),
        ("previous", "f" * 64),
        ("hash", "0" * 64),
    ],
)
def test_one_changed_byte_is_found(database: Database, column: str, value: str | None) -> None:
    recorded(database, 3)
    with_another = f"UPDATE audit_log SET {column} = :value WHERE id = 2"  # noqa: S608
    tamper(database, with_another, value=value)
    found = verdict_of(database)
    assert (found.head.entry, found.broken, found.fault) == (1, 2, "changed")


def test_a_removed_entry_is_found(database: Database) -> None:
    recorded(database, 3)
    tamper(database, "DELETE FROM audit_log WHERE id = 2")
    assert verdict_of(database).broken == 2
    tamper(database, "UPDATE audit_log SET id = 2 WHERE id = 3")
    found = verdict_of(database)
    assert (found.broken, found.fault) == (2, "changed")


def test_a_removed_tail_is_found_by_its_checkpoint(database: Database, tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "checkpoints", "key")
    recorded(database, 3)
    checkpoints.add(head_of(database), NOW)
    checkpoints.add(head_of(database), NOW)
    assert len(checkpoints.all()) == 1
    tamper(database, "DELETE FROM audit_log WHERE id = 3")
    assert verdict_of(database).fault is None
    found = verdict_of(database, checkpoints)
    assert (found.head.entry, found.broken, found.fault) == (2, 3, "missing")


def test_a_chain_made_anew_is_found_by_its_checkpoint(database: Database, tmp_path: Path) -> None:
    checkpoints = Checkpoints(tmp_path / "checkpoints", "key")
    recorded(database, 2)
    checkpoints.add(head_of(database), NOW)
    tamper(database, "DELETE FROM audit_log")
    for number in range(3):
        record(database, f"case:{number}", actor="staff:2")
    assert verdict_of(database).fault is None
    found = verdict_of(database, checkpoints)
    assert (found.broken, found.fault) == (2, "replaced")


def test_a_checkpoint_of_another_hand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "checkpoints"
    Checkpoints(path, "key").add(Head(2, "a" * 64), NOW)
    with pytest.raises(BrokenCheckpoint):
        Checkpoints(path, "another key").all()
    path.write_text(path.read_text("utf-8").replace('"entry": 2', '"entry": 1'), "utf-8")
    with pytest.raises(BrokenCheckpoint):
        Checkpoints(path, "key").all()
    path.write_text("[]\n", "utf-8")
    with pytest.raises(BrokenCheckpoint):
        Checkpoints(path, "key").all()


def all_at_once(database: Database) -> list[Exception]:
    """Record from many threads; return what failed."""
    ready = threading.Barrier(THREADS)
    failed: list[Exception] = []

    def work(thread: int) -> None:
        ready.wait()
        for number in range(EACH):
            try:
                record(database, f"case:{number}", actor=f"staff:{thread}")
            except DBAPIError as error:
                failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_many_record_at_once_and_the_chain_holds(database: Database) -> None:
    assert all_at_once(database) == []
    found = verdict_of(database)
    assert (found.head.entry, found.fault) == (THREADS * EACH, None)
    with database.read() as session:
        each = session.execute(
            select(AuditEntry.actor, func.count(AuditEntry.subject.distinct())).group_by(
                AuditEntry.actor
            )
        ).all()
    assert dict(each) == {f"staff:{number}": EACH for number in range(THREADS)}  # type: ignore[arg-type]


def test_without_the_lock_the_race_is_lost(
    postgres_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of the test above: two take the same end of the chain, one is refused."""
    monkeypatch.setattr(log, "_last", head)
    assert all_at_once(postgres_database) != []


def test_the_assistant_writes_checkpoints_by_itself(database: Database, tmp_path: Path) -> None:
    settings = settings_for(database, tmp_path)
    services = Services(database, settings)
    AUDIT_CHECKPOINT.run(services, NOW)
    recorded(database, 2)
    AUDIT_CHECKPOINT.run(services, NOW)
    AUDIT_CHECKPOINT.run(services, NOW)
    assert [one.entry for one in Checkpoints.of(settings).all()] == [2]


def test_the_commands(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(database, tmp_path)
    recorded(database, 3)
    run_audit_verify(settings)
    assert "共 3 条" in capsys.readouterr().out
    run_audit_show(settings, since="2026-03-02", actor="staff:1", action="cases.", as_json=False)
    assert len(capsys.readouterr().out.splitlines()) == 3
    later = (NOW + timedelta(days=1)).date().isoformat()
    run_audit_show(settings, since=later, actor="", action="", as_json=True)
    assert '"entries": []' in capsys.readouterr().out
    tamper(database, "DELETE FROM audit_log WHERE id = 3")
    with pytest.raises(typer.Exit) as left:
        run_audit_verify(settings)
    assert left.value.exit_code == 1
    assert "第 3 条操作记录不见了" in capsys.readouterr().err


def test_an_archive_and_the_table_are_one_chain(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, path = settings_for(database, tmp_path), tmp_path / "archive.jsonl"
    recorded(database, 4)
    run_audit_verify(settings)
    run_audit_archive(settings, path, "2026-03-03")
    assert "第 3 条为止" in capsys.readouterr().out, "the newest stays"
    assert path.stat().st_mode & 0o777 == 0o600
    run_audit_verify(settings, [path])
    tamper(database, "DELETE FROM audit_log WHERE id <= 3")
    with pytest.raises(typer.Exit):
        run_audit_verify(settings)
    assert "第 1 条操作记录不见了" in capsys.readouterr().err
    record(database, "case:5")
    run_audit_verify(settings, [path])
    assert "共 6 条" in capsys.readouterr().out
    tamper(database, "DELETE FROM audit_log WHERE id <= 4")
    with pytest.raises(typer.Exit):
        run_audit_verify(settings, [path])
    assert "第 4 条操作记录不见了" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("case:2", "case:7", "第 2 条操作记录被改动过"),
        ('"seal": "', '"seal": "0', "不是操作记录的存档"),
        ('{"id": 3', '{"no": 3', "不是操作记录的存档"),
    ],
)
def test_a_changed_archive_is_found(
    sqlite_database: Database,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    words: str,
) -> None:
    settings, path = settings_for(sqlite_database, tmp_path), tmp_path / "archive.jsonl"
    recorded(sqlite_database, 4)
    run_audit_archive(settings, path, "2026-03-03")
    tamper(sqlite_database, "DELETE FROM audit_log WHERE id <= 3")
    written = path.read_text("utf-8")
    assert old in written
    path.write_text(written.replace(old, new), "utf-8")
    with pytest.raises(typer.Exit):
        run_audit_verify(settings, [path])
    assert words in capsys.readouterr().err


def test_an_archive_is_written_once_and_only_of_what_is_there(
    sqlite_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, path = settings_for(sqlite_database, tmp_path), tmp_path / "archive.jsonl"
    recorded(sqlite_database, 2)
    with pytest.raises(typer.Exit):
        run_audit_archive(settings, path, "")
    assert "没有操作记录" in capsys.readouterr().err
    assert not path.exists()
    run_audit_archive(settings, path, "2026-03-03")
    with pytest.raises(typer.Exit):
        run_audit_archive(settings, path, "2026-03-03")
    assert "已经存在" in capsys.readouterr().err
