"""Scripted conversations, typed from the first word to the last (docs/conversations.md)."""

import json
from pathlib import Path

import pytest

from bot.talks.evaluation import run
from store.settings import Settings
from tests.support.assistant import Assistant

SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.jsonl"))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("assistant", ["sqlite"], indirect=True)
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_every_conversation_goes_as_written(assistant: Assistant, script: Path) -> None:
    figures = run(Settings(), lambda _line: None, script, url=assistant.url)
    assert not figures["errors"], json.dumps(figures["errors"], ensure_ascii=False, indent=1)
