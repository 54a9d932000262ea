"""What a feature does while nobody asks: jobs on a clock, and what people are told unasked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from actions.dialogue.services import Services
from actions.dialogue.turn import Reply

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True)
class Metric:
    """A figure of ``/metrics``: its name as Prometheus has it, and what it says."""

    name: str
    help: str


Counts = Mapping[str, int]
"""How many things were done, by the name of the metric that counts them."""


@dataclass(frozen=True)
class ScheduledJob:
    """Work on a clock; any number of processes may do it at once.

    ``run(services, now)`` blocks and returns what it did of ``counts``. It runs ``every`` so
    often; or, with ``nightly``, once a day from so long after midnight (Asia/Shanghai) on, and
    at the first start: ``every`` is how often it looks whether it is time. ``last_run`` shows
    when it ran last.
    """

    name: str
    run: Callable[[Services, datetime], Counts]
    every: timedelta
    nightly: timedelta | None = None
    counts: tuple[Metric, ...] = ()
    last_run: Metric | None = None


class Notice(Protocol):
    """Something a person is to be told unasked, once."""

    @property
    def id(self) -> int:
        """Unique among the notices of its source."""

    @property
    def kind(self) -> str:
        """What it is about, for the log and ``/metrics``."""

    @property
    def conversation(self) -> str:
        """The conversation it is told in."""


class NoticeSource(Protocol):
    """Where a feature's notices come from; the scheduler brings them to the outbox.

    ``paced`` are the kinds that are due by thousands: pushed ones go out slowly, behind
    whoever is chatting.
    """

    paced: Collection[str]

    def due(self, *, now: datetime, limit: int) -> Sequence[Any]:
        """Return notices that are due, the oldest first."""

    def reply(self, notice: Any, *, now: datetime) -> Reply:
        """Return the words; nothing is written."""

    def settle(self, connection: "Connection", *notices: Any, now: datetime) -> set[int]:
        """Mark notices as dealt with, in the caller's transaction.

        Return the ids of those that still hold: they are told in the same transaction. The
        others have been overtaken, or told by another process.
        """
