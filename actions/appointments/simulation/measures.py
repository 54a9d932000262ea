"""What is measured of a simulated day, and averages over days."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np

from actions.appointments.simulation.hall import Visits
from actions.appointments.simulation.people import Floats, People
from actions.appointments.simulation.policies import Times
from actions.appointments.simulation.scenarios import Scenario


@dataclass(frozen=True)
class Measures:
    """One day, or the mean of several.

    ``served`` people in all and ``without_seat`` those for whom no booking was left;
    ``peak_people`` in the hall at one moment; minutes from coming to being called;
    ``share_above_cap`` of the opening time; ``idle_share`` of the windows' opening time;
    ``mean_shift_min`` is how far appointments lie from the wishes.
    """

    served: float
    without_seat: float
    peak_people: float
    mean_wait_min: float
    p95_wait_min: float
    share_above_cap: float
    idle_share: float
    mean_shift_min: float


def measure(scenario: Scenario, people: People, times: Times, visits: Visits) -> Measures:
    """The figures of one day."""
    wait = visits.called - visits.came
    seated = ~np.isnan(times.given)
    moved = np.abs(times.given - people.wish)[seated]
    moments, present = _presence(visits)
    return Measures(
        served=len(visits.person),
        without_seat=int((people.books & ~seated).sum()),
        peak_people=int(present.max(initial=0)),
        mean_wait_min=float(wait.mean()) if len(wait) else 0.0,
        p95_wait_min=float(np.percentile(wait, 95)) if len(wait) else 0.0,
        share_above_cap=_share_above(scenario, moments, present),
        idle_share=1 - _busy(scenario, visits),
        mean_shift_min=float(moved.mean()) if len(moved) else 0.0,
    )


def average(days: Sequence[Measures]) -> Measures:
    """The mean of every figure."""
    columns = [asdict(day) for day in days]
    return Measures(
        **{
            each.name: float(np.mean([day[each.name] for day in columns]))
            for each in fields(Measures)
        }
    )


def people_by_minute(scenario: Scenario, visits: Visits) -> Floats:
    """People in the hall at every minute from the first opening to the last closing."""
    minutes = np.arange(scenario.sessions[0][0], scenario.sessions[-1][1] + 1)
    came = np.searchsorted(np.sort(visits.came), minutes, side="right")
    left = np.searchsorted(np.sort(visits.left), minutes, side="right")
    return (came - left).astype(np.float64)


def _presence(visits: Visits) -> tuple[Floats, Floats]:
    """Moments at which somebody came or left, and how many people were there after each."""
    moments = np.concatenate([visits.left, visits.came])
    steps = np.concatenate([-np.ones(len(visits.left)), np.ones(len(visits.came))])
    order = np.argsort(moments, kind="stable")  # who leaves makes room for who comes
    return moments[order], np.cumsum(steps[order])


def _share_above(scenario: Scenario, moments: Floats, present: Floats) -> float:
    """Share of the opening time during which more people than the cap are in the hall."""
    above = 0.0
    until = np.append(moments[1:], np.inf)
    crowded = present > scenario.cap
    for start, end in scenario.sessions:
        stretch = np.clip(until, start, end) - np.clip(moments, start, end)
        above += float(stretch[crowded].sum())
    return above / scenario.open_minutes


def _busy(scenario: Scenario, visits: Visits) -> float:
    """Share of the windows' opening time during which somebody is served."""
    busy = 0.0
    for start, end in scenario.sessions:
        busy += float((np.clip(visits.left, start, end) - np.clip(visits.called, start, end)).sum())
    windows = sum(group.windows for group in scenario.groups)
    return busy / (windows * scenario.open_minutes)
