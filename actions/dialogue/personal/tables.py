"""Who somebody is on several channels, and the codes by which they say so."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from store.schema import Base, UtcDateTime


class LinkedConversationRow(Base):
    """A conversation of somebody who has others, too: those with the same ``person``."""

    __tablename__ = "linked_conversations"

    conversation: Mapped[str] = mapped_column(String(200), primary_key=True)
    person: Mapped[str] = mapped_column(String(32), index=True)
    linked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkCodeRow(Base):
    """A code that was shown in a conversation; what is kept of it opens nothing."""

    __tablename__ = "link_codes"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(200), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
