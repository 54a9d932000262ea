"""What an answer is made of."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from knowledge.documents.validity import Validity

Status = Literal["answered", "not_covered", "outdated", "which_region"]


@dataclass(frozen=True)
class Citation:
    """Where an answer stands: the fields of DESIGN section 4's ``policy_answer``.

    ``region`` is a GB/T 2260 code (``language.places.region_name`` names it), ``issued_on``
    an ISO date or None, ``in_force`` True, False or None for "it does not say". The title of
    a digest ends in 〔摘要〕. ``quote`` is verbatim from the stored text. ``validity`` says
    more than ``in_force``: ``occasion`` is what a document is bound to (疫情防控期间),
    ``superseded_by`` the id of the one that took its place.
    """

    doc_id: str
    title: str
    doc_no: str
    issuer: str
    region: str
    issued_on: str | None
    in_force: bool | None
    section: str
    quote: str
    url: str
    kind: str
    validity: Validity
    occasion: str
    superseded_by: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields ready for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class DocumentCard:
    """A document to look at when no answer was found."""

    doc_id: str
    title: str
    doc_no: str
    url: str

    def as_dict(self) -> dict[str, Any]:
        """Return the fields ready for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class PolicyAnswer:
    """The answer to one question; ``confidence`` is the probability that it is right.

    ``region`` is the code of the place it is for (None: for all); ``own_rule`` False says
    that this place has no rule of its own among the documents and the national one is given.
    ``regions`` are the places to choose from under ``which_region``. ``as_of`` is the day
    that a question about then is answered for (None: today). ``regulation`` is the name of the
    one that the question needs and that is not in the library ("": none known; ``LOCAL`` of
    ``regulations`` where each place has its own).
    """

    status: Status
    citations: tuple[Citation, ...]
    nearest: tuple[DocumentCard, ...]
    confidence: float
    region: str | None = None
    own_rule: bool = True
    regions: tuple[str, ...] = ()
    as_of: date | None = None
    regulation: str = ""
