"""Does a document hold on a day? Plain rules over its dates; no clock is read here."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Validity = Literal["in_force", "lapsed", "superseded", "unknown", "not_yet"]
PASSING = "passing"
"""What people are told of a document that is ``unknown`` because it is bound to an occasion."""


@dataclass(frozen=True)
class ValidityDates:
    """What is known of a document's life; each day is the first on which it is so.

    ``occasion`` is a passing one that the document is bound to (疫情防控期间); its end is
    not known unless ``expired_on`` says it.
    """

    effective_on: date | None = None
    expired_on: date | None = None
    superseded_on: date | None = None
    occasion: str = ""


def dates_of(row: Any) -> ValidityDates:
    """Return the dates of a stored document (or of a row with its columns)."""
    return ValidityDates(row.effective_on, row.expired_on, row.superseded_on, row.occasion)


def validity_on(dates: ValidityDates, day: date) -> Validity:
    """Return what the document is on ``day``; the newer text counts before the lapse."""
    if dates.superseded_on is not None and dates.superseded_on <= day:
        return "superseded"
    if dates.expired_on is not None and dates.expired_on <= day:
        return "lapsed"
    if dates.effective_on is not None and day < dates.effective_on:
        return "not_yet"
    bound = bool(dates.occasion) and dates.expired_on is None
    return "unknown" if bound else "in_force"


def told_validity(validity: str, occasion: str) -> str:
    """Return what people are told: the validity, or that it is bound to an ``occasion``.

    It is a key of ``knowledge.sentences.VALIDITY``.
    """
    return PASSING if validity == "unknown" and occasion else validity


def is_in_force(validity: Validity) -> bool | None:
    """Return ``in_force`` of DESIGN section 4: None when it cannot be known."""
    if validity == "unknown":
        return None
    return validity == "in_force"
