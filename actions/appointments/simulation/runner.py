"""Many simulated days, the same people under every policy."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from actions.appointments.simulation.hall import visit
from actions.appointments.simulation.measures import Measures, average, measure, people_by_minute
from actions.appointments.simulation.people import Floats, draw
from actions.appointments.simulation.policies import POLICIES, Opening, staggered, times
from actions.appointments.simulation.scenarios import Scenario

Progress = Callable[[int, int], None]
Way = TypeVar("Way", bound=Hashable)
Openings = Sequence[Opening] | None

OURS = "staggered"
RIVALS = ("hourly", "fixed15")
WAIT_TARGETS = (3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0)
"""Minutes for which the curve of the trade-off is drawn."""


@dataclass(frozen=True)
class Days:
    """A policy's days: the mean figures, and people in the hall shaped (runs, minutes)."""

    measures: Measures
    people: Floats


@dataclass(frozen=True)
class Result:
    """A simulation: the same ``runs`` days under each policy.

    ``curve`` holds the figures of staggering for other wait targets, when they were asked for.
    """

    scenario: Scenario
    seed: int
    runs: int
    policies: Mapping[str, Days]
    curve: Mapping[float, Measures]

    @property
    def ratios(self) -> dict[str, dict[str, float | None]]:
        """Peak people and mean wait of staggering over its rivals'; None over nothing."""
        ours = self.policies[OURS].measures
        rivals = {name: self.policies[name].measures for name in RIVALS}
        return {
            name: {
                "peak_people": _ratio(ours.peak_people, theirs.peak_people),
                "mean_wait_min": _ratio(ours.mean_wait_min, theirs.mean_wait_min),
            }
            for name, theirs in rivals.items()
        }


def simulate(
    scenario: Scenario,
    *,
    runs: int,
    seed: int,
    curve: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Simulate days of the scenario under every policy; ``curve`` adds other wait targets.

    The people of a run depend on the seed and its number only, not on how many runs there are.
    """
    ways: dict[str | float, Openings] = {
        name: opens(scenario) if opens else None for name, opens in POLICIES.items()
    }
    if curve:
        ways |= {target: staggered(_aiming(scenario, target)) for target in WAIT_TARGETS}
    days = _simulate(scenario, ways, runs=runs, seed=seed, progress=progress)
    return Result(
        scenario=scenario,
        seed=seed,
        runs=runs,
        policies={name: days[name] for name in POLICIES},
        curve={target: days[target].measures for target in WAIT_TARGETS} if curve else {},
    )


def _simulate(
    scenario: Scenario,
    ways: Mapping[Way, Openings],
    *,
    runs: int,
    seed: int,
    progress: Progress | None,
) -> dict[Way, Days]:
    figures: dict[Way, list[Measures]] = {way: [] for way in ways}
    people: dict[Way, list[Floats]] = {way: [] for way in ways}
    for run in range(runs):
        crowd = draw(scenario, np.random.default_rng([seed, run]))
        for way, openings in ways.items():
            appointed = times(crowd, openings)
            visits = visit(scenario, crowd, appointed)
            figures[way].append(measure(scenario, crowd, appointed, visits))
            people[way].append(people_by_minute(scenario, visits))
        if progress:
            progress(run + 1, runs)
    return {way: Days(average(figures[way]), np.array(people[way])) for way in ways}


def _aiming(scenario: Scenario, target: float) -> Scenario:
    plan = scenario.plan.model_copy(update={"wait_target": target})
    return scenario.model_copy(update={"plan": plan})


def _ratio(ours: float, theirs: float) -> float | None:
    return ours / theirs if theirs else None
