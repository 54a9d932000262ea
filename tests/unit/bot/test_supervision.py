"""What keeps ``zhida up`` alive and alone: its lock, its logs, its trouble with supervisord."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from supervisor.loggers import LevelsByName, LogRecord

from bot.supervision import lock, up
from bot.supervision.daemon import LossyFile
from bot.supervision.preflight import NotReady
from store.settings import Settings

HOLDER = """
import sys
from pathlib import Path
from bot.supervision import lock
with lock.held(Path(sys.argv[1]), 8123):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_one_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"held\n"
        with pytest.raises(NotReady, match=f"进程 {first.pid}，端口 8123"), lock.held(path, 1):
            pass
        first.kill()
        first.wait()
        with lock.held(path, 8000):
            assert path.read_text("utf-8") == f"进程 {os.getpid()}，端口 8000\n"


@pytest.fixture
def full() -> Path:
    """A file that takes nothing, as on a full disk (full(4))."""
    path = Path("/dev/full")
    if not path.exists():
        pytest.skip("no /dev/full here")
    return path


def test_a_log_on_a_full_disk_loses_its_lines_and_nothing_else(
    full: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = LossyFile(str(tmp_path / "a.log"), maxBytes=1000, backupCount=1)
    record = LogRecord(LevelsByName.INFO, b"line\n")
    with full.open("wb", buffering=0) as takes_nothing:
        disk, log.stream = log.stream, takes_nothing
        log.emit(record)
    log.emit(record)  # as after a failed turning over: the file is closed
    log.stream.close()
    disk.close()
    assert (tmp_path / "a.log").read_bytes() == b"line\n"
    assert capfd.readouterr() == ("", "")


def test_words_that_nobody_can_take_do_not_end_it(settings: Settings) -> None:
    def say(_line: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    up.Assistant(settings, say)._say("anything")


def test_a_full_disk_is_told_once_and_its_end_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    assistant = up.Assistant(settings, said.append)
    for free in (10**9, 0, 0, 0, 10**9, 10**9):
        monkeypatch.setattr(up, "free_bytes", lambda _settings, free=free: free)
        assistant._look_at_space()
    assert [line[:4] for line in said] == ["磁盘已满", "磁盘又有"]


def test_a_supervisord_that_cannot_be_started_is_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    assistant = up.Assistant(settings, said.append)
    tries = []

    def start() -> None:
        tries.append(1)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(assistant._supervisord, "start", start)
    assistant._start_supervisord_again()
    assistant._start_supervisord_again()
    assert len(tries) == 2
    assert len(said) == 1


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path)
