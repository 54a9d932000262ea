"""Tables of this room: documents and the units they are divided into."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.schema import Base, UtcDateTime


class PolicyDocument(Base):
    """One policy document, in its newest version.

    ``id`` is public (it stands in addresses) and survives a new version as well as the
    replacement of a digest by its original. Offsets of units point into ``text``.
    """

    __tablename__ = "policy_documents"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(300))
    doc_no: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(6))
    issued_on: Mapped[date | None] = mapped_column(Date)
    expired_on: Mapped[date | None] = mapped_column(Date)
    occasion: Mapped[str] = mapped_column(String(60))
    guessed: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(1000), index=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    units: Mapped[list["PolicyUnit"]] = relationship(
        order_by="PolicyUnit.number", cascade="all, delete-orphan"
    )


class PolicyUnit(Base):
    """One unit of a document: ``text[start:end]``; all units of a document tile its text."""

    __tablename__ = "policy_units"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("policy_documents.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10))
    path: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[int]
    end: Mapped[int]
