"""Each thing that can be wrong with a machine is named with how to mend it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands import doctor
from bot.commands.doctor import examine
from store.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    tmp_path.chmod(0o700)
    return Settings(var_dir=tmp_path)


def finding(settings: Settings, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[bool, str]:
    monkeypatch.setattr(doctor, "CHECKS", {name: doctor.CHECKS[name]})
    [(_, well, found)] = examine(settings)
    return well, found


def test_a_machine_in_order(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.signing_key()
    for name, check in list(doctor.CHECKS.items()):
        if name in {"磁盘", "权限", "密钥", "时钟"}:
            assert check(settings)


def test_little_space_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free_bytes", lambda _settings: 499_000_000)
    well, found = finding(settings, "磁盘", monkeypatch)
    assert not well
    assert "清理" in found


def test_what_others_may_read_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = settings.var_dir / "zhida.db"
    path.touch()
    path.chmod(0o644)
    well, found = finding(settings, "权限", monkeypatch)
    assert not well
    assert str(path) in found
    assert "chmod" in found


@pytest.mark.parametrize(
    ("content", "mode", "mend"), [("", 0o600, "删掉"), ("key", 0o644, "chmod 600")]
)
def test_a_key_that_is_empty_or_open_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, content: str, mode: int, mend: str
) -> None:
    settings.key_path.write_text(content)
    settings.key_path.chmod(mode)
    well, found = finding(settings, "密钥", monkeypatch)
    assert not well
    assert mend in found


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_key_that_cannot_be_read_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.key_path.write_text("key")
    settings.key_path.chmod(0)
    assert not finding(settings, "密钥", monkeypatch)[0]


def test_a_clock_far_off_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "utc_now", lambda: datetime(1970, 1, 1, tzinfo=UTC))
    well, found = finding(settings, "时钟", monkeypatch)
    assert not well
    assert "1970-01-01" in found


def test_a_database_in_another_time_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_ahead_of_database", lambda _settings: timedelta(minutes=-5))
    well, found = finding(settings, "时钟", monkeypatch)
    assert not well
    assert "300 秒" in found


def test_a_model_without_its_sum_is_named(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = doctor.model_path(settings)
    path.parent.mkdir()
    path.write_bytes(b"archive")
    well, found = finding(settings, "对话模型", monkeypatch)
    assert not well
    assert "zhida train" in found
