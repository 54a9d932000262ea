"""Reading what visit a person wants: which business, which hall, when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.server.services import Services
from actions.server.turn import Turn
from actions.times import read_times
from actions.windows.service import VisitWish


@dataclass(frozen=True)
class Visit:
    """What is known of a visit; times are aware, half-open."""

    business: str | None = None
    hall: str | None = None
    start: datetime | None = None
    end: datetime | None = None

    def as_slots(self) -> dict[str, Any]:
        """Return it as Rasa slots (also as a button's values)."""
        return {
            "business": self.business,
            "hall": self.hall,
            "visit_from": self.start.isoformat() if self.start else None,
            "visit_until": self.end.isoformat() if self.end else None,
        }

    def as_wish(self) -> VisitWish:
        """Return it as the window service wants it; ValueError without a business."""
        if self.business is None:
            raise ValueError("a visit without a business")
        return VisitWish(business=self.business, hall=self.hall, start=self.start, end=self.end)


def understood(turn: Turn, services: Services) -> Visit:
    """Return the visit after this message: what it says replaces, the rest is kept.

    A remembered time is forgotten when it has passed, and when it was another business's.
    """
    business, hall = _business(turn, services), _hall(turn, services)
    start, end = _times(turn)
    changed = business is not None and turn.slots.get("business") not in (None, business)
    if start is None and not changed and turn.value("ask") != "any":
        start, end = remembered_times(turn)
    return Visit(
        business=business or turn.slots.get("business"),
        hall=hall or turn.slots.get("hall"),
        start=start,
        end=end,
    )


def says_something(turn: Turn, services: Services) -> bool:
    """Whether this message alone names a business, a hall or a time."""
    return any((_business(turn, services), _hall(turn, services), _times(turn)[0]))


def _business(turn: Turn, services: Services) -> str | None:
    for words in (turn.value("business"), turn.name_of("business"), turn.text):
        found = services.windows.find_business(words) if words else None
        if found is not None:
            return found.name
    return None


def _hall(turn: Turn, services: Services) -> str | None:
    for words in (turn.value("hall"), turn.name_of("hall"), turn.text):
        found = services.windows.find_hall(words) if words else None
        if found is not None:
            return found.name
    return None


def _times(turn: Turn) -> tuple[datetime | None, datetime | None]:
    start, end = _moment(turn.value("visit_from")), _moment(turn.value("visit_until"))
    if start is not None:
        return start, end
    span = read_times(turn.text, turn.now) if turn.text else None
    return (None, None) if span is None else (span.start, span.end)


def remembered_times(turn: Turn) -> tuple[datetime | None, datetime | None]:
    """Return the remembered time of the visit, unless it has passed."""
    start = _moment(turn.slots.get("visit_from"))
    end = _moment(turn.slots.get("visit_until"))
    if start is None or (end or start) <= turn.now:
        return None, None
    return start, end


def _moment(text: str | None) -> datetime | None:
    """Read an ISO moment; None when it is absent, damaged or without a zone."""
    try:
        moment = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
