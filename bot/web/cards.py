"""What a reader must know of a document before its first line."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from bot.web import sentences


class DocumentLike(Protocol):
    """A document as the library lists it; the fields are those of a citation."""

    @property
    def doc_id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def doc_no(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def region_name(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def in_force(self) -> bool | None: ...


@dataclass(frozen=True)
class Card:
    """A document's head: address, whether it is in force, and (name, value) facts."""

    title: str
    url: str
    force: str
    force_short: str
    tone: str  # "good", "bad" or "": the style of the line on force
    note: str
    facts: tuple[tuple[str, str], ...]


def describe(document: DocumentLike) -> Card:
    """Return the card of ``document``; facts that nobody stated are left out."""
    force, short, tone = _force(document.in_force)
    facts = (
        ("文号", document.doc_no),
        ("发文机关", document.issuer),
        ("发文日期", document.issued_on.isoformat() if document.issued_on else ""),
        ("适用地区", document.region_name),
    )
    return Card(
        title=document.title,
        url=f"/policies/{quote(document.doc_id, safe='')}",
        force=force,
        force_short=short,
        tone=tone,
        note=sentences.DIGEST_NOTE if document.kind == "digest" else "",
        facts=tuple((name, value) for name, value in facts if value),
    )


def _force(in_force: bool | None) -> tuple[str, str, str]:
    if in_force is None:
        return sentences.FORCE_UNKNOWN, "待核实", ""
    if in_force:
        return sentences.IN_FORCE, "现行", "good"
    return sentences.LAPSED, "已失效", "bad"
