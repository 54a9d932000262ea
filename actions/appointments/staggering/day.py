"""What a hall's day is planned from and what a plan says: the language of this room.

Minutes are whole minutes after midnight, Asia/Shanghai; stretches are half-open.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

STEP = 5
"""Arrival times lie on a grid of so many minutes: 「9:35」 is kept in mind, 「9:37」 is not."""

FEW_WINDOWS = 0.8
"""Waits below so many services over the root of the windows are not asked for."""


@dataclass(frozen=True)
class Group:
    """Windows of one hall that do the same businesses and so share one queue.

    ``mean`` and ``spread`` (standard deviation) are minutes of service; ``walk_ins`` is how
    many people a day are expected without a booking. ``walk_in_shape`` are their relative
    numbers in the 48 half-hours of the day as learned from records; empty, they come as usual.
    """

    windows: int
    mean: float
    spread: float
    walk_ins: float
    walk_in_shape: tuple[float, ...] = ()


@dataclass(frozen=True)
class HallDay:
    """One day of a hall.

    ``sessions`` are the opening hours; ``cap`` is how many people may be in the hall at one
    time; ``wait_target`` is the mean waiting in minutes that no minute may exceed in the
    forecast (but see ``target``); ``show`` is the share of booked people who come; ``early``
    and ``jitter`` are the mean earliness and its standard deviation in minutes; ``reserved``
    is the share of seats kept for people who cannot go on line.
    """

    sessions: tuple[tuple[int, int], ...]
    groups: tuple[Group, ...]
    cap: int
    wait_target: float = 5.0
    show: float = 0.92
    early: float = 3.0
    jitter: float = 5.0
    reserved: float = 0.05

    def target(self, group: Group) -> float:
        """The wait target of a group, minutes: few windows cannot be as calm as many.

        Where the same share of people has to wait, the wait goes as the length of a service
        over the root of the number of windows (Halfin and Whitt 1981). A target far below that
        would leave a single window with hardly any time to book.
        """
        return max(self.wait_target, FEW_WINDOWS * group.mean / sqrt(group.windows))


@dataclass(frozen=True)
class ArrivalTime:
    """An arrival time opened for booking: ``seats`` people at ``window`` of ``group``.

    ``window`` counts from 0 within the group. ``reserved`` seats are for people who cannot
    go on line.
    """

    minute: int
    group: int
    window: int
    seats: int
    reserved: bool


@dataclass(frozen=True)
class Forecast:
    """What is expected from the first minute of the day's opening to the last.

    Arrays have one entry a minute, beginning with minute ``start``: mean number of people in
    the hall, the number that it stays within with 95% probability, the probability of
    staying within the cap, and the mean wait in minutes of somebody who comes then (the
    longest of all groups).
    """

    start: int
    people: NDArray[np.float64]
    people_p95: NDArray[np.int64]
    within_cap: NDArray[np.float64]
    wait: NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """The arrival times a hall opens on one day and what is to be expected when all are taken."""

    seats: tuple[ArrivalTime, ...]
    forecast: Forecast
