"""``zhida simulate windows``: what it prints, and how it leaves when asked wrongly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

POLICIES = ["walk_in", "hourly", "fixed30", "fixed15", "staggered"]
FIGURES = {
    "served",
    "without_seat",
    "peak_people",
    "mean_wait_min",
    "p95_wait_min",
    "share_above_cap",
    "idle_share",
    "mean_shift_min",
}


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["simulate", "windows", *arguments])


def test_json_is_one_object_with_every_figure() -> None:
    done = simulate("--scenario", "small", "--runs", "2", "--seed", "5", "--json")
    assert done.exit_code == 0
    figures = json.loads(done.stdout)
    assert (figures["scenario"], figures["seed"], figures["runs"]) == ("small", 5, 2)
    assert list(figures["policies"]) == POLICIES
    assert all(set(each) == FIGURES for each in figures["policies"].values())
    ours, hourly = figures["policies"]["staggered"], figures["policies"]["hourly"]
    ratio = figures["ratios"]["hourly"]["mean_wait_min"]
    assert ratio == pytest.approx(ours["mean_wait_min"] / hourly["mean_wait_min"], abs=1e-3)
    assert set(figures["ratios"]) == {"hourly", "fixed15"}


def test_the_table_names_every_policy_and_stages_go_to_stderr() -> None:
    done = simulate("--scenario", "small", "--runs", "1")
    assert done.exit_code == 0
    for name in ("不预约", "按小时预约", "固定 30 分钟", "固定 15 分钟", "错峰"):
        assert name in done.stdout
    assert done.stderr.splitlines() == ["已模拟 1/1 天"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--scenario", "nonsense"],
        ["--runs", "0"],
        ["--seed", "-1"],
        ["--picture", "picture.gif"],
        ["--picture", "no-such-folder/picture.png"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    assert simulate(*arguments).exit_code == 2


def test_a_bad_scenario_is_1_with_one_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text('title = "t"\nload = 0\n', "utf-8")
    done = simulate("--scenario", str(file))
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_the_command_line_starts_without_simpy_and_matplotlib() -> None:
    code = "import sys, bot.cli; print([m for m in ('simpy', 'matplotlib') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
