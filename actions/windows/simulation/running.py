"""Many simulated days, the same people under every policy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from actions.windows.simulation.hall import visit
from actions.windows.simulation.measuring import Measures, average, measure, people_by_minute
from actions.windows.simulation.people import Floats, draw
from actions.windows.simulation.policies import POLICIES, times
from actions.windows.simulation.scenarios import Scenario

Progress = Callable[[int, int], None]
RIVALS = ("hourly", "fixed15")


@dataclass(frozen=True)
class Days:
    """A policy's days: the mean figures, and people in the hall shaped (runs, minutes)."""

    measures: Measures
    people: Floats


@dataclass(frozen=True)
class Result:
    """A simulation: the same ``runs`` days under each policy."""

    scenario: Scenario
    seed: int
    runs: int
    policies: Mapping[str, Days]

    @property
    def ratios(self) -> dict[str, dict[str, float | None]]:
        """Peak people and mean wait of ``staggered`` over those of its rivals; None over 0."""
        ours = self.policies["staggered"].measures
        return {
            rival: {
                "peak_people": _ratio(ours.peak_people, theirs.peak_people),
                "mean_wait_min": _ratio(ours.mean_wait_min, theirs.mean_wait_min),
            }
            for rival in RIVALS
            for theirs in [self.policies[rival].measures]
        }


def _ratio(ours: float, theirs: float) -> float | None:
    return ours / theirs if theirs else None


def simulate(
    scenario: Scenario, *, runs: int, seed: int, progress: Progress | None = None
) -> Result:
    """Simulate ``runs`` days of the scenario under every policy; ValueError for an impossible day.

    Run i of a seed has the same people whatever the number of runs.
    """
    opened = {name: opens(scenario) if opens else None for name, opens in POLICIES.items()}
    figures: dict[str, list[Measures]] = {name: [] for name in POLICIES}
    curves: dict[str, list[Floats]] = {name: [] for name in POLICIES}
    for run in range(runs):
        people = draw(scenario, np.random.default_rng([seed, run]))
        for name, openings in opened.items():
            appointed = times(people, openings)
            visits = visit(scenario, people, appointed)
            figures[name].append(measure(scenario, people, appointed, visits))
            curves[name].append(people_by_minute(scenario, visits))
        if progress:
            progress(run + 1, runs)
    days = {name: Days(average(figures[name]), np.array(curves[name])) for name in POLICIES}
    return Result(scenario, seed, runs, days)
