"""A disk of 64 MB is filled and freed: nothing accepted is lost, all comes back by itself."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from bot.supervision.sandbox import environment_for
from tests.resilience.support import assert_answered_once, send_until_answered
from tests.support.assistant import Assistant, running
from tests.support.conversations import conversation_of

TALKS = 4
BEFORE_SECONDS = 1.0
TALK_SECONDS = 10.0
"""How long people write: on a disk with space, and all together."""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root of a Linux makes file systems"
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "var"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "zhida-test", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this root may not mount file systems")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def assistant(small_disk: Path) -> Iterator[Assistant]:
    with running(environment_for(small_disk)) as started:
        yield started


def test_nothing_is_lost_and_all_comes_back(assistant: Assistant) -> None:
    for talk in range(TALKS):
        send_until_answered(assistant, _message(talk, "before"))
    filler = assistant.var_dir / "filler"
    supervisord = assistant.sandbox.pids()["supervisord"]
    with ThreadPoolExecutor(1) as pool:
        saying = pool.submit(_say_for_a_while, assistant)
        time.sleep(BEFORE_SECONDS)
        _fill(filler)
        accepted = saying.result()
    assert assistant.sandbox.pids()["supervisord"] == supervisord
    assistant.kill("supervisord")
    _wait_for(assistant, "磁盘已满")
    time.sleep(5)  # it tries to start everything on a disk that takes nothing
    filler.unlink()
    assistant.wait_ready()
    for number in accepted:
        send_until_answered(assistant, _message(number % TALKS, f"while-{number}"))
    for talk in range(TALKS):
        send_until_answered(assistant, _message(talk, "after"))

    assert assistant.sandbox.process.poll() is None
    said = assistant.heard()
    assert "磁盘又有空间了" in said
    assert "Traceback" not in said
    assert_answered_once(assistant, 2 * TALKS + len(accepted))


def _message(talk: int, name: str) -> dict[str, str]:
    """Return a message of words of its own: equal ones said in a moment are one."""
    return {
        "conversation": conversation_of(f"disk-{talk}"),
        "text": f"现场招聘会还能办吗（{name}）",
        "message_id": name,
    }


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\1" * size)
            except OSError:
                continue


def _say_for_a_while(assistant: Assistant) -> list[int]:
    """Send messages as the disk fills; return those that were accepted: the others got a 503."""
    accepted = []
    until = time.monotonic() + TALK_SECONDS
    number = 0
    with httpx.Client(base_url=assistant.url, timeout=30, trust_env=False) as http:
        while time.monotonic() < until:
            body = _message(number % TALKS, f"while-{number}")
            response = http.post("/api/messages", json=body)
            assert response.status_code in {200, 503}, response.text
            if response.status_code == 200:
                accepted.append(number)
            else:
                assert response.json()["error"]["code"] == "unavailable"
            number += 1
            time.sleep(0.2)
    return accepted


def _wait_for(assistant: Assistant, words: str) -> None:
    said = ""
    deadline = time.monotonic() + 30
    while words not in said:
        assert time.monotonic() < deadline, said
        said += assistant.heard()
        time.sleep(0.2)
    assert said.count(words) == 1
