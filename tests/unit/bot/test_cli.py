"""Exit codes: 0 done, 1 failed with one line on stderr, 2 wrong usage."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.supervision.sandbox import free_port
from store.settings import ROOT


def zhida(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["up", "--nonsense"],
        ["ingest", "no-such-file"],
        ["eval", "nlu"],
        ["staff", "add"],
        ["staff", "password"],
        ["staff", "remove"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_a_wrong_setting_is_named_in_one_line(tmp_path: Path) -> None:
    done = zhida("policies", ZHIDA_VAR_DIR=str(tmp_path), ZHIDA_PORT="many")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "ZHIDA_PORT" in done.stderr


def test_chat_without_an_assistant_says_so(tmp_path: Path) -> None:
    done = zhida("chat", "--url", f"http://127.0.0.1:{free_port()}", ZHIDA_VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "zhida up" in done.stderr


def test_up_without_a_database_says_so(tmp_path: Path) -> None:
    done = zhida("up", ZHIDA_VAR_DIR=str(tmp_path))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
