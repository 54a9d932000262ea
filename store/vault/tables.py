"""The table of numbers that belong to persons."""

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class PersonalValueRow(Base):
    """A number somebody wrote in a conversation; ``id`` stands in its placeholder.

    ``blind_index`` tells that it is written again in its conversation, and without the key
    nothing else.
    """

    __tablename__ = "personal_values"
    __table_args__ = (UniqueConstraint("conversation_id", "kind", "blind_index"),)

    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    masked: Mapped[str] = mapped_column(String(100))
    ciphertext: Mapped[str] = mapped_column(Text)
    blind_index: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NumbersToHideRow(Base):
    """A place in which older releases left numbers as written, hidden up to the row ``after``.

    It is deleted when nothing is left there to hide.
    """

    __tablename__ = "numbers_to_hide"

    place: Mapped[str] = mapped_column(String(20), primary_key=True)
    after: Mapped[int]
