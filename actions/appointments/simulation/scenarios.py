"""A simulated hall-day as a TOML file: read, checked, and what follows from its figures."""

import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from store.errors import ZhidaError

FOLDER = Path(__file__).parent / "scenarios"
SHIPPED = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
DEFAULT = "ordinary"


class BadScenario(ZhidaError):
    """A scenario cannot be used; the text is one Chinese line that says where and why."""

    code = "bad_scenario"


class UnknownScenario(BadScenario):
    """There is no scenario of this name, nor such a file."""

    code = "unknown_scenario"


def _minute(clock: object) -> object:
    """Minutes after midnight of 「9:30」; anything else is left for pydantic to refuse."""
    hours, colon, minutes = str(clock).partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60):
        raise ValueError("要写成 09:30 这样的时间")
    return int(hours) * 60 + int(minutes)


Clock = Annotated[int, BeforeValidator(_minute), Field(ge=0, le=24 * 60)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Group(_Strict):
    """Windows that share one queue; ``mean`` and ``spread`` are minutes of service.

    ``load`` is the people who come as a share of those the windows can serve in the opening
    hours; without it the scenario's holds.
    """

    windows: int = Field(ge=1, le=200)
    mean: float = Field(gt=0, le=240)
    spread: float = Field(ge=0, le=240)
    load: float | None = Field(default=None, gt=0, le=3)


class Peak(_Strict):
    """A share of the wishes, spread normally around ``at`` by ``spread`` minutes."""

    share: Share
    at: Clock
    spread: float = Field(gt=0, le=600)


class WalkIns(_Strict):
    """People without a booking: ``share`` of all who come, a rush after opening, then evenly.

    ``unexpected`` more of them than planned for come.
    """

    share: Share
    rush_minutes: int = Field(default=90, ge=1)
    rush_share: Share = 0.5
    unexpected: float = Field(default=0.0, ge=0, le=3)


class Booked(_Strict):
    """How people with a booking behave: minutes early and their deviation, the share who come.

    ``priority`` of them are the people whom reserved seats are for.
    """

    early: float = Field(default=3.0, ge=-60, le=60)
    jitter: float = Field(default=5.0, ge=0, le=60)
    show: float = Field(default=0.92, gt=0, le=1)
    priority: Share = 0.04


class Planning(_Strict):
    """What the staggered plan is told: its wait target in minutes, its share of reserved seats."""

    wait_target: float = Field(default=6.0, gt=0, le=240)
    reserved: Share = 0.05


class Scenario(_Strict):
    """One hall-day. ``sessions`` are half-open, in minutes; ``cap`` is people at one time."""

    name: str = ""
    title: str
    sessions: tuple[tuple[Clock, Clock], ...] = Field(min_length=1)
    cap: int = Field(ge=1)
    load: float = Field(gt=0, le=3)
    groups: tuple[Group, ...] = Field(min_length=1)
    wishes: tuple[Peak, ...] = ()
    walk_ins: WalkIns
    booked: Booked = Booked()
    plan: Planning = Planning()

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if any(start >= end for start, end in self.sessions):
            raise ValueError("每段开放时间要先开后关")
        if any(end > start for (_, end), (start, _) in pairwise(self.sessions)):
            raise ValueError("各段开放时间要按先后写，不能重叠")
        if sum(peak.share for peak in self.wishes) > 1 + 1e-9:
            raise ValueError("wishes 的 share 加起来不能超过 1")
        for peak in self.wishes:
            if not any(start <= peak.at < end for start, end in self.sessions):
                raise ValueError("wishes 的 at 要在开放时间内")
        return self

    @property
    def open_minutes(self) -> int:
        """Minutes of opening."""
        return sum(end - start for start, end in self.sessions)

    def comers(self, group: Group) -> float:
        """People expected to come to ``group`` on the day, walk-ins among them."""
        load = self.load if group.load is None else group.load
        return load * group.windows * self.open_minutes / group.mean


def load(name: str) -> Scenario:
    """The scenario of this name, or in this file; raises `BadScenario`."""
    file = FOLDER / f"{name}.toml" if name in SHIPPED else Path(name)
    if not file.is_file():
        raise UnknownScenario(
            f"没有情景「{name}」；自带的有 {'、'.join(SHIPPED)}，也可给一个 .toml 文件"
        )
    try:
        fields = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadScenario(f"{name} 不是正确的 TOML：{error}") from error
    except OSError as error:
        raise BadScenario(f"{name} 读不了：{error.strerror}") from error
    return read(fields, file.stem)


def read(fields: Mapping[str, Any], name: str) -> Scenario:
    """Check the fields of a scenario file; raises `BadScenario`."""
    try:
        return Scenario.model_validate({"name": name, **fields})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "情景"
        raise BadScenario(f"{name}：{place} {_reason(first['type'], first)}") from error


REASONS = {
    "extra_forbidden": "不是认识的名称",
    "missing": "没有写",
    "greater_than": "要大于 {gt}",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "too_short": "至少要有 {min_length} 个",
    "finite_number": "要是有限的数",
    "value_error": "不对：{error}",
}
KINDS = {"int": "整数", "float": "数", "string": "文字", "tuple": "一列", "model": "一节"}


def _reason(kind: str, error: Mapping[str, Any]) -> str:
    if kind in REASONS:
        return REASONS[kind].format(**error.get("ctx", {}))
    wanted = next((name for start, name in KINDS.items() if kind.startswith(start)), "别的写法")
    return f"要是{wanted}，现在是 {error['input']!r}"
