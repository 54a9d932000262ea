"""One day in the hall, event by event: one queue for each group of windows."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from actions.appointments.simulation.people import Floats, People
from actions.appointments.simulation.policies import Times
from actions.appointments.simulation.scenarios import Scenario


@dataclass(frozen=True)
class Visits:
    """Who came, one entry a visit: index of the person, and when they came, were called, left."""

    person: NDArray[np.int64]
    came: Floats
    called: Floats
    left: Floats


def visit(scenario: Scenario, people: People, times: Times) -> Visits:
    """Let everybody come, wait their turn and be served.

    Nobody is called before the session they come for has opened; windows stay until all who
    came for it are served. A group's people are called in the order of their coming.
    """
    import simpy

    person = np.flatnonzero(~np.isnan(times.comes))
    came = times.comes[person]
    opening = _openings(scenario, np.where(np.isnan(times.given), times.comes, times.given)[person])
    called, left = np.zeros_like(came), np.zeros_like(came)
    start = min(float(came.min(initial=0.0)), 0.0)
    hall = simpy.Environment(start)
    windows = [simpy.Resource(hall, group.windows) for group in scenario.groups]

    def come(number: int) -> Generator[simpy.Event, Any, None]:
        who = person[number]
        yield hall.timeout(came[number] - hall.now)
        if hall.now < opening[number]:
            yield hall.timeout(opening[number] - hall.now)
        with windows[people.group[who]].request() as turn:
            yield turn
            called[number] = hall.now
            yield hall.timeout(people.service[who])
            left[number] = hall.now

    for number in np.argsort(came, kind="stable"):
        hall.process(come(int(number)))
    hall.run()
    return Visits(person, came, called, left)


def _openings(scenario: Scenario, meant: Floats) -> Floats:
    """When the sessions open that people mean to come in."""
    starts = np.array([start for start, _ in scenario.sessions], dtype=np.float64)
    return np.asarray(starts[np.searchsorted(starts, meant, side="right") - 1])
