"""What a feature keeps of a person, and how it is shown, handed out and forgotten.

Each feature declares its own ``Holding``s; whoever answers for a person's data goes through all
of them and knows none. A test demands that every table which names a person has exactly one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import RowMapping, Select, delete, select
from sqlalchemy.orm import Session

from actions.dialogue.turn import Button
from store.clock import to_shanghai
from store.schema import Base
from store.service import Service

Records = dict[str, list[dict[str, Any]]]
"""Rows ready for JSON, by the name of their table; who they are about is left out."""


@dataclass(frozen=True)
class Held:
    """Something kept of a person, in words; ``since`` when, ``table`` tells what it is for.

    ``forget`` is a button that forgets this alone, where that is possible.
    """

    table: str
    field: str
    value: str
    since: datetime | None = None
    forget: Button | None = None


@dataclass(frozen=True)
class Kept:
    """Something that is not deleted with the rest: ``key`` names it, ``words`` say why.

    ``instead`` is a button that does away with the reason (cancels a booking, say).
    """

    key: str
    words: str
    instead: Button | None = None


@dataclass(frozen=True)
class Erasure:
    """A person's wish to be forgotten, given at ``asked_at``; ``kept`` are keys of ``Kept``."""

    person: str
    asked_at: datetime
    now: datetime
    kept: tuple[str, ...] = ()


class Holding(Service):
    """Some tables and the columns in which they name a person: ``owned``.

    ``show`` and ``export`` read; ``stays`` says what an erasure has to leave for now. ``ready``,
    ``erase`` and ``let_go`` work within the caller's transaction and may be repeated: all of a
    person's goes in one, or nothing does.
    """

    owned: ClassVar[Mapping[type[Base], str]] = {}

    @property
    def tables(self) -> Mapping[str, str]:
        """Return the column that names the person, by the name of its table."""
        return {row.__tablename__: column for row, column in self.owned.items()}

    def show(self, person: str, now: datetime) -> Sequence[Held]:
        """Return what is kept of a person, in words."""
        raise NotImplementedError

    def export(self, person: str) -> Records:
        """Return everything that is kept of a person."""
        with self._database.read() as session:
            return {
                row.__tablename__: list(_records(session, row, column, person))
                for row, column in self.owned.items()
            }

    def stays(self, person: str, now: datetime) -> Sequence[Kept]:
        """Return what an erasure would have to leave, and why."""
        del person, now
        return ()

    def alive(self) -> Sequence[Select[Any]]:
        """Return selections of people with whom something goes on: nothing of theirs grows old."""
        return ()

    def ready(self, session: Session, erasure: Erasure) -> bool:
        """Hold the person's data still until the transaction ends; False where that cannot be."""
        del session, erasure
        return True

    def erase(self, session: Session, erasure: Erasure) -> None:
        """Forget the person, but for what ``erasure.kept`` names."""
        for row, column in self.owned.items():
            session.execute(delete(row).where(getattr(row, column) == erasure.person))

    def let_go(self, session: Session, erasure: Erasure) -> None:
        """Forget of ``erasure.kept`` what need not be kept any longer."""


def _records(
    session: Session, row: type[Base], column: str, person: str
) -> Iterator[dict[str, Any]]:
    table = row.__table__
    for found in session.execute(select(table).where(table.c[column] == person)).mappings():
        yield as_record(found, without=column)


def as_record(row: RowMapping, *, without: str) -> dict[str, Any]:
    """Return a row ready for JSON, moments in Asia/Shanghai, without one of its columns."""
    return {
        key: to_shanghai(value).isoformat() if isinstance(value, datetime) else value
        for key, value in row.items()
        if key != without
    }
