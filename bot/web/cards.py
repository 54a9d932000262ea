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
    @property
    def occasion(self) -> str: ...
    @property
    def guessed(self) -> tuple[str, ...]: ...


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
    force, short, tone = _force(document)
    issued = document.issued_on.isoformat() if document.issued_on else ""
    facts = (
        ("文号", document.doc_no, "doc_no"),
        ("发文机关", document.issuer, "issuer"),
        ("发文日期", issued, "issued_on"),
        ("适用地区", document.region_name, "region"),
    )
    return Card(
        title=document.title,
        url=f"/policies/{quote(document.doc_id, safe='')}",
        force=force,
        force_short=short,
        tone=tone,
        note=sentences.DIGEST_NOTE if document.kind == "digest" else "",
        facts=tuple(
            (name, value + (sentences.GUESSED if field in document.guessed else ""))
            for name, value, field in facts
            if value
        ),
    )


def _force(document: DocumentLike) -> tuple[str, str, str]:
    if document.in_force:
        return sentences.IN_FORCE, "现行", "good"
    if document.in_force is not None:
        return sentences.LAPSED, "已失效", "bad"
    if document.occasion:
        return sentences.PASSING.format(occasion=document.occasion), "阶段性", ""
    return sentences.FORCE_UNKNOWN, "待核实", ""
