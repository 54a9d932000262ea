"""What a reader must know of a document before its first line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from bot.web import sentences
from bot.web.standing import DatedLike, Standing, chinese_day, standing


class LinkLike(Protocol):
    """A document that this one has to do with."""

    @property
    def relation(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...


class DocumentLike(DatedLike, Protocol):
    """A document as the library lists it."""

    @property
    def doc_id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def doc_no(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def addressees(self) -> str: ...
    @property
    def region_name(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def guessed(self) -> tuple[str, ...]: ...
    @property
    def links(self) -> Sequence[LinkLike]: ...


@dataclass(frozen=True)
class Related:
    """A related document: in what way, its title and its address."""

    how: str
    title: str
    url: str


@dataclass(frozen=True)
class Card:
    """A document's head: address, whether it is in force, and (name, value) facts."""

    title: str
    url: str
    kind: str
    standing: Standing
    note: str
    facts: tuple[tuple[str, str], ...]
    successors: tuple[Related, ...]
    related: tuple[Related, ...]

    @property
    def summary(self) -> tuple[str, ...]:
        """The facts that tell documents of a list apart."""
        return tuple(value for name, value in self.facts if name in sentences.LISTED)


def describe(document: DocumentLike) -> Card:
    """Return the card of ``document``; facts that nobody stated are left out."""
    facts = (
        ("发文机关", document.issuer, "issuer"),
        ("文号", document.doc_no, "doc_no"),
        ("发文日期", _day(document.issued_on), "issued_on"),
        ("施行日期", _day(document.effective_on), "effective_on"),
        ("适用地区", document.region_name, "region"),
        ("发给", document.addressees.rstrip("：:"), "addressees"),
    )
    links = [
        (link.relation, link.direction, Related(_how(link), link.title, link.url))
        for link in document.links
    ]
    by = ("supersedes", "from")
    return Card(
        title=document.title,
        url=f"/policies/{quote(document.doc_id, safe='')}",
        kind=sentences.KINDS.get(document.kind, ""),
        standing=standing(document),
        note=sentences.DIGEST_NOTE if document.kind == "digest" else "",
        facts=tuple(
            (name, value + (sentences.GUESSED if field in document.guessed else ""))
            for name, value, field in facts
            if value
        ),
        successors=tuple(related for *way, related in links if tuple(way) == by),
        related=tuple(related for *way, related in links if tuple(way) != by),
    )


def _how(link: LinkLike) -> str:
    return sentences.LINKS.get((link.relation, link.direction), "")


def _day(day: date | None) -> str:
    return chinese_day(day) if day else ""
