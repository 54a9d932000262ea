"""A process that lives and answers nothing (SIGSTOP): ended and started anew, nothing lost."""

import itertools
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from bot.supervision.sandbox import environment_for
from bot.supervision.up import LABELS
from tests.resilience.support import assert_answered_once, send_until_answered
from tests.support.assistant import Assistant, running
from tests.support.conversations import conversation_of

TALKS = 8
HOLD_SECONDS = float(os.environ.get("HOLD_SECONDS", "0"))
"""For so long people go on writing to what was stopped. By itself as long as it takes to be
noticed in 6 s; ``HOLD_SECONDS=165`` with the time that the settings give, on a quiet machine."""
PARTS = ("rasa", "actions", "bot")
QUESTIONS = ("你好", "现场招聘会还能办吗", "谢谢")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    soon = {} if HOLD_SECONDS else {"ZHIDA_HANG_SECONDS": "6"}
    environment = environment_for(tmp_path_factory.mktemp("hang"), **soon)
    with running(environment) as started:
        yield started


@pytest.mark.timeout(600 + 2 * len(PARTS) * HOLD_SECONDS)
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are stopped as on Linux")
def test_what_hangs_is_restarted_and_every_message_answered_once(assistant: Assistant) -> None:
    said = ""
    sent = 0
    for part in PARTS:
        stopped = assistant.hang(part)
        until = time.monotonic() + HOLD_SECONDS
        try:
            for talk in itertools.count():
                said += _talk(assistant, f"{part}-{talk}")
                sent += TALKS * len(QUESTIONS)
                if time.monotonic() >= until:
                    break
                time.sleep(1)
        finally:
            with suppress(ProcessLookupError):
                os.kill(stopped, signal.SIGCONT)
        assistant.wait_ready()
        assert assistant.sandbox.pids()[part] != stopped
        said += assistant.heard()
        assert f"{LABELS[part]}已有" in said, said
    assert said.count("没有回应") == len(PARTS)
    assert_answered_once(assistant, sent)


def _talk(assistant: Assistant, name: str) -> str:
    """Have new people ask everything; return what ``zhida up`` said meanwhile."""

    def go(number: int) -> None:
        for turn, text in enumerate(QUESTIONS):
            body = {
                "conversation": conversation_of(f"hang-{name}-{number}"),
                "text": text,
                "message_id": str(turn),
            }
            send_until_answered(assistant, body)

    with ThreadPoolExecutor(TALKS) as pool:
        list(pool.map(go, range(TALKS)))
    return assistant.heard()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are stopped as on Linux")
def test_a_supervisord_that_hangs_is_replaced(assistant: Assistant) -> None:
    stopped = assistant.hang("supervisord")
    said, deadline = "", time.monotonic() + 60
    while "正在重新启动" not in said and time.monotonic() < deadline:
        said += assistant.heard()
        time.sleep(0.2)
    assert "supervisord已有" in said, said
    assistant.wait_ready()
    assert assistant.sandbox.pids()["supervisord"] != stopped
    conversation = conversation_of("hang-supervisord")
    body = {"conversation": conversation, "text": "你好", "message_id": "1"}
    assert send_until_answered(assistant, body)
