"""Finding a document in the list of policies: words, region, kind, validity, pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlencode

from bot.web.policies import sentences
from knowledge.sentences import VALIDITY
from language.terms import normalise

PAGE = 50
WORDS_MAX = 200


class ListedLike(Protocol):
    """What a document is found by."""

    @property
    def title(self) -> str: ...
    @property
    def doc_no(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def region_name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def validity(self) -> str: ...


Listed = TypeVar("Listed", bound=ListedLike)


@dataclass(frozen=True)
class Entry(Generic[Listed]):
    """A document with what its words are looked for in, made once for all readers."""

    document: Listed
    words: str


@dataclass(frozen=True)
class Filter:
    """What the reader looks for; "" asks for everything. ``page`` counts from 1."""

    words: str = ""
    region: str = ""
    kind: str = ""
    validity: str = ""
    page: int = 1

    @property
    def narrow(self) -> bool:
        """Whether anything is asked for."""
        return any((self.words.strip(), self.region, self.kind, self.validity))

    def address(self, page: int) -> str:
        """Return the address of another page narrowed in the same way."""
        asked = {
            "q": self.words.strip(),
            "region": self.region,
            "kind": self.kind,
            "validity": self.validity,
            "page": str(page) if page > 1 else "",
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return "/policies" + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Choice:
    """One value of a drop-down list."""

    value: str
    name: str


@dataclass(frozen=True)
class Choices:
    """The values that occur."""

    regions: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    validities: tuple[Choice, ...]


def entry(document: Listed) -> Entry[Listed]:
    """Return ``document`` ready to be found."""
    where = (document.title, document.doc_no, document.issuer, document.region_name)
    return Entry(document, " ".join(map(_solid, where)))


def matching(entries: Iterable[Entry[Listed]], chosen: Filter) -> list[Listed]:
    """Return the documents that fit, in the given order.

    Each word must stand in title, number, issuer or region, however its brackets, digits
    and traditional characters are written.
    """
    words = [_solid(word) for word in chosen.words[:WORDS_MAX].split()]
    return [
        each.document
        for each in entries
        if (not chosen.region or each.document.region == chosen.region)
        and (not chosen.kind or each.document.kind == chosen.kind)
        and (not chosen.validity or each.document.validity == chosen.validity)
        and all(word in each.words for word in words)
    ]


def page_of(documents: Sequence[Listed], page: int, size: int = PAGE) -> Sequence[Listed]:
    """Return one page's documents."""
    return documents[(page - 1) * size : page * size]


def pages(count: int, size: int = PAGE) -> int:
    """Return how many pages ``count`` documents fill; at least one."""
    return max(1, -(-count // size))


def choices(documents: Sequence[ListedLike]) -> Choices:
    """Return what can be chosen: the national rules first, then regions by their code."""
    regions = {document.region: document.region_name for document in documents}
    kinds = {document.kind for document in documents}
    validities = {document.validity for document in documents}
    return Choices(
        tuple(Choice(code, regions[code]) for code in sorted(regions) if code),
        tuple(Choice(kind, name) for kind, name in sentences.KINDS.items() if kind in kinds),
        tuple(
            Choice(state, words.badge) for state, words in VALIDITY.items() if state in validities
        ),
    )


def _solid(text: str) -> str:
    return "".join(char for char in normalise(text) if char.isalnum())
