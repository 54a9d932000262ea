"""``zhida backup``, ``restore`` and an upgrade with a way back: what they say and leave."""

from pathlib import Path

import pytest
import typer

from bot.commands.backup import run_backup, run_restore
from bot.commands.data import run_migrate
from bot.messaging import transcripts
from bot.supervision.sandbox import free_port
from knowledge import ingest
from store.database import Database
from store.migrate import is_current, upgrade
from store.settings import Settings
from tests.support import last_release


@pytest.fixture
def settings(bare_database: Database, tmp_path: Path) -> Settings:
    """The last release's day, in a folder of its own."""
    last_release.install(bare_database)
    upgrade(bare_database)
    bare_database.close()  # Nobody else is at work.
    return settings_at(bare_database, tmp_path / "var")


@pytest.fixture(autouse=True)
def no_digests(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a migration does besides takes long and is not the matter here."""
    monkeypatch.setattr(ingest, "ensure_digests", lambda *_arguments, **_named: None)


def settings_at(database: Database, folder: Path, **more: object) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    ports = {name: free_port() for name in ("port", "rasa_port", "actions_port")}
    return Settings.model_validate({"var_dir": folder, "database_url": url, **ports, **more})


def failed(capsys: pytest.CaptureFixture[str], file: Path, settings: Settings) -> str:
    """Return the one line that a restore fails with."""
    capsys.readouterr()
    with pytest.raises(typer.Exit) as left:
        run_restore(settings, file, replace=False, yes=False)
    assert left.value.exit_code == 1
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_a_backup_without_keys_and_the_keys_apart(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, file, keys = settings.signing_key(), tmp_path / "all.zip", tmp_path / "keys.env"
    run_backup(settings, file, keys)
    said = capsys.readouterr()
    assert str(file) in said.out
    assert said.err == ""
    assert key.encode() not in file.read_bytes()
    (data_key,) = settings.encryption_keys()
    assert data_key.encode() not in file.read_bytes()
    assert keys.read_text("utf-8") == f"ZHIDA_SECRET_KEY={key}\nZHIDA_DATA_KEYS={data_key}\n"
    assert keys.stat().st_mode & 0o777 == 0o600

    other = settings.model_copy(update={"var_dir": tmp_path / "new", "database_url": ""})
    run_restore(other, file, replace=False, yes=False)
    said = capsys.readouterr()
    assert "没有签名密钥" in said.out
    assert "预约凭证链接" in said.out
    assert said.err == ""
    database = Database(other.database)
    assert transcripts.list_conversations(database)
    database.close()


def test_what_cannot_be_done_is_one_line(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "all.zip"
    run_backup(settings, file, None)
    assert "--replace" in failed(capsys, file, settings)
    with pytest.raises(typer.Exit):
        run_backup(settings, file, None)
    assert "已经存在" in capsys.readouterr().err
    file.write_bytes(file.read_bytes()[:-200])
    assert "不完整" in failed(capsys, file, settings)
    file.write_text("hello", "utf-8")
    assert "不是职达的备份" in failed(capsys, file, settings)


def test_replacing_asks_first(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, asked = tmp_path / "all.zip", []
    run_backup(settings, file, None)

    def confirm(question: str, *, abort: bool) -> None:
        asked.append(question)
        raise typer.Abort

    monkeypatch.setattr(typer, "confirm", confirm)
    with pytest.raises(typer.Abort):
        run_restore(settings, file, replace=True, yes=False)
    assert len(asked) == 1
    run_restore(settings, file, replace=True, yes=True)
    database = Database(settings.database)
    assert len(transcripts.list_conversations(database)) == len(last_release.ROWS["conversations"])
    database.close()


def older(database: Database) -> None:
    """Put somebody into the schema of two migrations ago."""
    upgrade(database, to="0008")
    statement = (
        "INSERT INTO conversations (id, channel, mode, created_at, active_at)"
        " VALUES ('web:old', 'web', 'bot', '2026-03-01 08:00:00', '2026-03-01 08:00:00')"
    )
    with database.engine.execution_options(zhida_write=True).begin() as connection:
        connection.exec_driver_sql(statement)


def test_an_upgrade_has_a_way_back(
    bare_database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_at(bare_database, tmp_path / "var")
    folder = settings.var_dir / "backups"
    older(bare_database)
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"before-upgrade-0001-{number}.zip").touch()
    (folder / "by-hand.zip").touch()
    run_migrate(settings, demo=False, backup=True)
    assert is_current(bare_database)
    (made,) = folder.glob("before-upgrade-0008-*.zip")
    assert str(made) in capsys.readouterr().out
    assert len(list(folder.glob("before-upgrade-*.zip"))) == 3
    assert (folder / "by-hand.zip").exists()
    run_migrate(settings, demo=False, backup=True)
    assert len(list(folder.glob("before-upgrade-0008-*.zip"))) == 1

    back = settings.model_copy(update={"var_dir": tmp_path / "back", "database_url": ""})
    run_restore(back, made, replace=False, yes=False)
    database = Database(back.database)
    assert [card.id for card in transcripts.list_conversations(database)] == ["web:old"]
    database.close()


def test_an_upgrade_may_go_without(bare_database: Database, tmp_path: Path) -> None:
    settings = settings_at(bare_database, tmp_path / "var")
    older(bare_database)
    run_migrate(settings, demo=False, backup=False)
    assert is_current(bare_database)
    assert not (settings.var_dir / "backups").exists()


def test_a_first_migration_saves_nothing(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, var_dir=tmp_path / "var")
    run_migrate(settings, demo=False, backup=True)
    assert (settings.var_dir / "zhida.db").exists()
    assert not (settings.var_dir / "backups").exists()
