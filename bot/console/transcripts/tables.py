"""Tables of what staff look for again and again, and of what they say of turns."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class SavedViewRow(Base):
    """A set of filters that somebody of staff has given a name."""

    __tablename__ = "saved_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)


class TurnReviewRow(Base):
    """What staff say of a turn: whether it was read rightly, whether it was answered rightly.

    ``sentence`` is the hash of its words, the same for the same words; ``kept_for`` is ``train``
    or ``measure``, the same for the same words, so that nothing is measured that was taught.
    ``read_as`` was the reading then, ``intent`` and ``entities`` are what is right.
    """

    __tablename__ = "turn_reviews"

    inbox_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    conversation: Mapped[str] = mapped_column(String(200), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff: Mapped[str] = mapped_column(String(50))
    text: Mapped[str] = mapped_column(Text)
    sentence: Mapped[str] = mapped_column(String(64), index=True)
    kept_for: Mapped[str] = mapped_column(String(10))
    read_as: Mapped[str | None] = mapped_column(String(40))
    intent: Mapped[str | None] = mapped_column(String(40))
    entities: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reading_right: Mapped[bool | None]
    answer_right: Mapped[bool | None]
    note: Mapped[str] = mapped_column(Text, default="")
