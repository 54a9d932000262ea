"""What supervisord and Rasa are started with."""

import errno
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr
from supervisor.options import ServerOptions

from bot.supervision import configuration
from store.settings import Settings


@pytest.fixture(params=["plain", "with space and 100%"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / request.param, port=18000, rasa_port=15005)


def test_supervisord_reads_its_file_as_it_was_meant(settings: Settings) -> None:
    files = configuration.write(settings)
    options = ServerOptions()
    options.realize(["-c", str(files.supervisord)])
    programs = {group.name: group.process_configs[0] for group in options.process_group_configs}
    assert set(programs) == {"rasa", "actions", "bot"}
    assert all(program.autorestart for program in programs.values())
    assert options.pidfile == str(files.pid)
    assert programs["bot"].stdout_logfile == str(files.logs / "bot.log")
    assert f'"{files.endpoints}"' in programs["rasa"].command


def test_no_secret_stands_on_a_command_line(settings: Settings) -> None:
    key = settings.signing_key()
    words = [word for command in configuration.commands(settings).values() for word in command]
    assert not any(key in word for word in words)
    assert configuration.environment(settings)["ZHIDA_RASA_TOKEN"] == key


def test_rasa_has_a_token_for_the_action_server_and_not_the_key(settings: Settings) -> None:
    files = configuration.write(settings)
    headers = json.loads(files.endpoints.read_text("utf-8"))["action_endpoint"]["headers"]
    assert headers == {"Authorization": f"Bearer {settings.actions_token()}"}
    assert settings.signing_key() not in files.endpoints.read_text("utf-8")
    assert stat.S_IMODE(files.endpoints.stat().st_mode) == 0o600


def test_a_key_of_one_purpose_is_no_other(settings: Settings) -> None:
    keys = {settings.key_for("a"), settings.key_for("b"), settings.signing_key()}
    assert len(keys) == 3
    assert settings.key_for("a") == settings.key_for("a")


def test_an_empty_key_is_no_key(tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path, secret_key=SecretStr(""))
    key = settings.signing_key()
    assert len(key) > 40
    assert settings.signing_key() == key


def test_the_tracker_store_is_sqlite_in_wal_mode(settings: Settings) -> None:
    files = configuration.write(settings)
    store = json.loads(files.endpoints.read_text("utf-8"))["tracker_store"]
    assert store["dialect"] == "sqlite"
    with closing(sqlite3.connect(store["db"])) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_tracker_store_follows_to_postgresql(settings: Settings) -> None:
    url = "postgresql+psycopg://zhida:s%40cret@db.example:6543/service"
    files = configuration.write(settings.model_copy(update={"database_url": url}))
    store = json.loads(files.endpoints.read_text("utf-8"))["tracker_store"]
    assert (store["url"], store["port"], store["db"]) == ("db.example", 6543, "service")
    assert store["password"] == "s@cret"
    assert stat.S_IMODE(files.endpoints.stat().st_mode) == 0o600


def test_a_full_disk_leaves_the_last_configuration_whole(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = configuration.write(settings)
    before = files.supervisord.read_text("utf-8")

    def half(path: Path, text: str, _encoding: str) -> None:
        path.write_bytes(text.encode()[: len(text) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(OSError, match="No space"):
        configuration.write(settings)
    assert files.supervisord.read_text("utf-8") == before
    assert sorted(path.name for path in files.run.iterdir()) == [
        "endpoints.yml",
        "supervisord.conf",
    ]


def test_a_full_disk_leaves_no_empty_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(var_dir=tmp_path)

    def full(_path: Path, _text: str, _encoding: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        with pytest.raises(OSError, match="No space"):
            settings.signing_key()
    assert list(tmp_path.iterdir()) == []
    assert len(settings.signing_key()) > 40
