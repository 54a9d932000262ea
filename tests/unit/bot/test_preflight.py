"""What would keep the assistant from starting is said in one line."""

import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

import nlu.model_sum
from bot.model_sum import sum_path, write_sum
from bot.supervision import preflight
from bot.supervision.preflight import NotReady
from bot.supervision.sandbox import free_port
from bot.training import fingerprint
from store.database import Database
from store.migrate import upgrade
from store.settings import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        var_dir=tmp_path, port=free_port(), rasa_port=free_port(), actions_port=free_port()
    )


def test_free_ports_are_fine(settings: Settings) -> None:
    preflight.check_ports(settings)


@pytest.mark.parametrize("name", ["port", "rasa_port", "actions_port"])
def test_a_taken_port_is_named(settings: Settings, name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", getattr(settings, name)))
        other.listen()
        with pytest.raises(NotReady, match=f"{getattr(settings, name)}.*ZHIDA_{name.upper()}"):
            preflight.check_ports(settings)


def test_one_time_codes_are_asked_of_roles_that_there_are(settings: Settings) -> None:
    preflight.check_roles(settings.model_copy(update={"require_totp": "admin, manager"}))
    misspelt = settings.model_copy(update={"require_totp": "admin,manger"})
    with pytest.raises(NotReady, match=r"ZHIDA_REQUIRE_TOTP.* manger .*manager"):
        preflight.check(misspelt)


def test_an_empty_database_asks_for_migration(settings: Settings) -> None:
    with pytest.raises(NotReady, match="zhida migrate"):
        preflight.check_database(settings)


def test_a_current_database_is_fine(settings: Settings) -> None:
    database = Database(settings.database)
    upgrade(database)
    database.close()
    preflight.check_database(settings)


def test_a_broken_file_is_no_database(settings: Settings) -> None:
    (settings.var_dir / "zhida.db").write_bytes(b"no database " * 100)
    with pytest.raises(NotReady) as refused:
        preflight.check_database(settings)
    assert "\n" not in str(refused.value)


def test_an_unreachable_server_is_named_without_its_password(settings: Settings) -> None:
    url = f"postgresql+psycopg://zhida:s3cret@127.0.0.1:{free_port()}/zhida"
    with pytest.raises(NotReady) as refused:
        preflight.check_database(settings.model_copy(update={"database_url": url}))
    assert "s3cret" not in str(refused.value)
    assert "127.0.0.1" in str(refused.value)


def test_a_damaged_model_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    model = settings.var_dir / "model.tar.gz"
    model.write_bytes(b"half a download")
    monkeypatch.setattr(preflight, "rasa_python", lambda: Path(__file__))
    monkeypatch.setattr(preflight, "model_path", lambda _settings: model)
    with pytest.raises(NotReady, match="zhida train"):
        preflight.check(settings)


@pytest.mark.parametrize("fault", ["cut", "foreign", "no sum", "other training data"])
def test_a_model_that_was_not_trained_here_is_named_at_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    model = trained_model(settings)
    monkeypatch.setattr(preflight, "model_path", lambda _settings: model)
    preflight.check_model(settings)
    assert nlu.model_sum.is_sound(model)
    if fault == "cut":
        model.write_bytes(model.read_bytes()[: model.stat().st_size // 2])
    elif fault == "foreign":
        model.write_bytes(b"another archive")
    elif fault == "no sum":
        sum_path(model).unlink()
    else:
        monkeypatch.setattr(preflight, "fingerprint", lambda: "f" * 64)
    with pytest.raises(NotReady, match="zhida train"):
        preflight.check_model(settings)
    # Rasa itself knows no training data: that is what the archive's name is for.
    assert nlu.model_sum.is_sound(model) == (fault == "other training data")


def trained_model(settings: Settings) -> Path:
    """A real archive with its sum, as training leaves it."""
    model = settings.var_dir / "model.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.add(__file__, "model")
    write_sum(model, model, fingerprint())
    return model


def test_rasa_is_not_started_with_a_model_of_unknown_origin(settings: Settings) -> None:
    model = trained_model(settings)
    model.write_bytes(model.read_bytes()[:-1])
    command = [sys.executable, "-m", "nlu.serve", "--model", str(model)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "zhida train" in done.stderr


def test_a_full_disk_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    preflight.check_space(settings)
    monkeypatch.setattr(preflight, "free_bytes", lambda _settings: 0)
    with pytest.raises(NotReady, match="磁盘已满"):
        preflight.check_space(settings)


def test_a_missing_model_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "rasa_python", lambda: Path(__file__))
    with pytest.raises(NotReady, match="zhida train"):
        preflight.check(settings)
