"""Tables of this room: documents and the units they are divided into."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from store.schema import Base, UtcDateTime


class PolicyDocument(Base):
    """One policy document, in its newest version.

    ``id`` is public (it stands in addresses) and survives a new version as well as the
    replacement of a digest by its original. Offsets of units point into ``text``.
    ``version`` counts texts, ``revision`` every change (the index is named after it).
    ``status``: draft (waits for a person), published, or removed (kept for the ledger).
    ``corrected`` names the fields that a person has set, ``family`` is what the versions
    of one statute share, ``superseded_on`` and ``superseded_by`` follow from the links.
    """

    __tablename__ = "policy_documents"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    version: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    status: Mapped[str] = mapped_column(String(10), default="published", server_default="published")
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(300))
    doc_no: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(120))
    region: Mapped[str] = mapped_column(String(6))
    issued_on: Mapped[date | None] = mapped_column(Date)
    effective_on: Mapped[date | None] = mapped_column(Date)
    expired_on: Mapped[date | None] = mapped_column(Date)
    superseded_on: Mapped[date | None] = mapped_column(Date)
    superseded_by: Mapped[str | None] = mapped_column(String(20))
    addressees: Mapped[str] = mapped_column(Text, default="", server_default="")
    validity_quote: Mapped[str] = mapped_column(Text, default="", server_default="")
    replaces: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    corrected: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    family: Mapped[str] = mapped_column(String(300), index=True, default="", server_default="")
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
    key: Mapped[str] = mapped_column(String(40), default="", server_default="")
    path: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[int]
    end: Mapped[int]


class PolicyLink(Base):
    """``document_id`` supersedes or implements ``other_id``.

    ``stated_by``: text (the document says so), title (its name or its family says so), staff.
    """

    __tablename__ = "policy_links"

    document_id: Mapped[str] = mapped_column(
        ForeignKey("policy_documents.id", ondelete="CASCADE"), primary_key=True
    )
    other_id: Mapped[str] = mapped_column(
        ForeignKey("policy_documents.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    relation: Mapped[str] = mapped_column(String(12), primary_key=True)
    stated_by: Mapped[str] = mapped_column(String(10))


class PolicyQuestion(Base):
    """A way people ask for a section, added by staff; survives versions of the document."""

    __tablename__ = "policy_asks"
    __table_args__ = (UniqueConstraint("doc_key", "section_key", "text"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    doc_key: Mapped[str] = mapped_column(String(300))
    section_key: Mapped[str] = mapped_column(String(40))
    about: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(String(200))
    added_by: Mapped[str] = mapped_column(String(50))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PolicyFeedback(Base):
    """Whether an answer helped, as the person who asked says; one judgement an answer."""

    __tablename__ = "policy_feedback"
    __table_args__ = (UniqueConstraint("conversation", "question", "doc_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    question: Mapped[str] = mapped_column(String(500))
    status: Mapped[str] = mapped_column(String(20))
    doc_id: Mapped[str] = mapped_column(String(20))
    section: Mapped[str] = mapped_column(String(300))
    quote: Mapped[str] = mapped_column(Text)
    confidence: Mapped[float]
    helpful: Mapped[bool]
    conversation: Mapped[str] = mapped_column(String(200))
