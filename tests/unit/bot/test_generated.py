"""What is written for Rasa from our own tables."""

from pathlib import Path

import yaml

from bot.generated import generated, write_generated
from language.trades import lookup_entries


def test_the_files_are_written_as_given(tmp_path: Path) -> None:
    write_generated(tmp_path / "made")
    written = {
        path.relative_to(tmp_path / "made").as_posix(): path.read_text("utf-8")
        for path in (tmp_path / "made").rglob("*.yml")
    }
    assert written == generated()


def test_the_trades_are_a_lookup() -> None:
    (table,) = yaml.safe_load(generated()["data/lookups/trades.yml"])["nlu"]
    assert table["lookup"] == "trade"
    assert table["examples"].splitlines() == [f"- {name}" for name in lookup_entries()]
