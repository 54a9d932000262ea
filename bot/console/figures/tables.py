"""The table of days that have been counted, so that nobody waits for a million messages."""

from datetime import date

from sqlalchemy import JSON, Date
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base


class CountedDay(Base):
    """A day (Asia/Shanghai) that is over; it is counted once, and outlives its messages.

    ``counts`` is a list of ``[channel, intent, outcome, messages]``; intent and outcome may be
    null. Nothing of a person is in it.
    """

    __tablename__ = "counted_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    counts: Mapped[list[tuple[str, str | None, str | None, int]]] = mapped_column(JSON)
