"""What a reader must know of a document before its first line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote

from bot.web.policies import sentences
from bot.web.policies.validity_label import DatedLike, ValidityLabel, validity_label
from language.wording import full_date

# Where a reader draws breath in an official title; elsewhere a line break would part a word.
_PHRASES = re.compile(
    r"(?=关于|进一步|切实|(?<!进一步)(?<!切实)(?:做好|加强)|有关事项|有关工作|相关工作|若干|适用)"
    r"|(?<=期间)|(?<=疫情)(?!防控)|(?<=省)(?=实施)|(?<=市)(?=实施)"
)


class LinkLike(Protocol):
    """A document that this one has to do with."""

    @property
    def relation(self) -> str: ...
    @property
    def direction(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
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
    """A related document: in what way, its title, its day (versions share a title), address."""

    how: str
    title: str
    day: str
    url: str


@dataclass(frozen=True)
class DocumentCard:
    """A document's head: address, whether it is in force, and (name, value) facts."""

    title: str
    url: str
    kind: str
    validity: ValidityLabel
    note: str
    facts: tuple[tuple[str, str], ...]
    successors: tuple[Related, ...]
    related: tuple[Related, ...]

    @property
    def phrases(self) -> tuple[str, ...]:
        """The title, parted where a line may end."""
        return tuple(filter(None, _PHRASES.split(self.title)))

    @property
    def summary(self) -> tuple[str, ...]:
        """The facts that tell documents of a list apart."""
        return tuple(value for name, value in self.facts if name in sentences.LISTED)


def document_card(document: DocumentLike) -> DocumentCard:
    """Return the card of ``document``; facts that nobody stated are left out."""
    facts = (
        ("发文机关", document.issuer, "issuer"),
        ("文号", document.doc_no, "doc_no"),
        ("发文日期", _day(document.issued_on), "issued_on"),
        ("施行日期", _day(document.effective_on), "effective_on"),
        ("适用地区", document.region_name, "region"),
        ("发给", document.addressees.rstrip("：:"), "addressees"),
    )
    links = [(link.relation, link.direction, _related(link)) for link in document.links]
    by = ("supersedes", "from")
    return DocumentCard(
        title=document.title,
        url=f"/policies/{quote(document.doc_id, safe='')}",
        kind=sentences.KINDS.get(document.kind, ""),
        validity=validity_label(document),
        note=sentences.DIGEST_NOTE if document.kind == "digest" else "",
        facts=tuple(
            (name, value + (sentences.GUESSED if field in document.guessed else ""))
            for name, value, field in facts
            if value
        ),
        successors=tuple(related for *way, related in links if tuple(way) == by),
        related=tuple(related for *way, related in links if tuple(way) != by),
    )


def _related(link: LinkLike) -> Related:
    how = sentences.LINKS.get((link.relation, link.direction), "")
    return Related(how, link.title, _day(link.issued_on), link.url)


def _day(day: date | None) -> str:
    return full_date(day) if day else ""
