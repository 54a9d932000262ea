"""What an answer is made of."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["answered", "not_covered", "outdated", "which_region"]


@dataclass(frozen=True)
class Citation:
    """Where an answer stands: the fields of DESIGN section 4's ``policy_answer``.

    ``region`` is a GB/T 2260 code (``knowledge.regions.region_name`` names it), ``issued_on``
    an ISO date or None, ``in_force`` True, False or None for "it does not say". The title of
    a digest ends in 〔摘要〕. ``quote`` is verbatim from the stored text.
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
    """The answer to one question; ``confidence`` is the probability that it is right."""

    status: Status
    citations: tuple[Citation, ...]
    nearest: tuple[DocumentCard, ...]
    confidence: float
