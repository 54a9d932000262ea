"""Scenario files: those shipped can be read, bad ones are refused in one line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from actions.appointments.simulation.scenarios import (
    DEFAULT,
    FOLDER,
    SHIPPED,
    BadScenario,
    UnknownScenario,
    load,
    read,
)


def fields(**changes: object) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{DEFAULT}.toml").read_text("utf-8")) | changes


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_scenarios_can_be_read(name: str) -> None:
    scenario = load(name)
    assert scenario.name == name
    assert scenario.cap > sum(group.windows for group in scenario.groups)


def test_the_ordinary_day_is_the_one_promised() -> None:
    scenario = load(DEFAULT)
    (group,) = scenario.groups
    assert (group.windows, group.mean, group.spread) == (8, 12, 8)
    assert (scenario.load, scenario.walk_ins.share) == (0.75, 0.25)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"colour": "red"}, "colour 不是认识的名称"),
        ({"groups": []}, "groups 至少要有 1 个"),
        ({"groups": [{"windows": 0, "mean": 12, "spread": 8}]}, "groups.0.windows 不能小于 1"),
        ({"groups": [{"windows": 8, "mean": 0, "spread": 8}]}, "groups.0.mean 要大于 0"),
        ({"groups": [{"windows": 8, "spread": 8}]}, "groups.0.mean 没有写"),
        ({"groups": [{"windows": "many", "mean": 1, "spread": 8}]}, "groups.0.windows 要是整数"),
        ({"load": float("nan")}, "load 要是有限的数"),
        ({"sessions": [["12:00", "09:00"]]}, "先开后关"),
        ({"sessions": [["13:00", "15:00"], ["09:00", "12:00"]]}, "按先后写"),
        ({"sessions": [["9", "12:00"]]}, "sessions.0.0 不对：要写成 09:30 这样的时间"),
        ({"sessions": [["09:00"]]}, "sessions.0.1 没有写"),
        ({"wishes": [{"share": 0.7, "at": "09:30", "spread": 30}] * 2}, "不能超过 1"),
        ({"wishes": [{"share": 0.7, "at": "12:30", "spread": 30}]}, "开放时间内"),
        ({"cap": None}, "cap 要是整数"),
        ({"title": 3}, "title 要是文字"),
    ],
)
def test_bad_scenarios_are_refused_in_one_line(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadScenario) as refused:
        read(fields(**changes), "mine")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_unknown_names_and_broken_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownScenario, match="ordinary"):
        load("holiday")
    broken = tmp_path / "broken.toml"
    broken.write_text("load = = 3", "utf-8")
    with pytest.raises(BadScenario, match="TOML"):
        load(str(broken))
    broken.write_bytes(b"\xff\xfe")
    with pytest.raises(BadScenario, match="TOML"):
        load(str(broken))
