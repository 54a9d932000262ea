"""Quiet slots as a reply: each a button that books."""

from typing import Any

from actions.server import sentences as say
from actions.server.replies import button, day_and_time, reply
from actions.server.services import Services
from actions.server.turn import Reply, Turn
from actions.server.visit import Visit
from actions.windows.service import Slot, SlotOffer

OFFERED = 3


def offer(visit: Visit, turn: Turn, services: Services, apology: str | None = None) -> Reply:
    """Return quiet slots for a visit whose business is known; ``apology`` goes first."""
    found = services.windows.offer(visit.as_wish(), now=turn.now, limit=OFFERED)
    buttons = [
        button(
            day_and_time(slot.start, turn.now),
            "book_window",
            slot_id=slot.id,
            business=found.business,
        )
        for slot in found.slots
    ]
    other = button(
        say.B_OTHER_TIME, "book_window", business=visit.business, hall=visit.hall, ask="time"
    )
    business = button(say.B_OTHER_BUSINESS, "book_window", ask="business")
    text = _offer_text(found, turn, apology)
    return reply(
        text, [*buttons, other, business, button(say.B_STAFF, "talk_to_staff")], offer_dict(found)
    )


def offer_dict(found: SlotOffer) -> dict[str, Any]:
    """Return an offer with the fields of DESIGN's ``slot_list``."""
    return {
        "kind": "slot_list",
        "hall": found.hall,
        "business": found.business,
        "alternatives": list(found.alternatives),
        "slots": [_slot_dict(slot) for slot in found.slots],
    }


def _slot_dict(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "expected_people": slot.expected_people,
        "capacity": slot.capacity,
        "reason": slot.reason,
    }


def _offer_text(found: SlotOffer, turn: Turn, apology: str | None) -> str:
    # Why it is not what was wished comes before what it is.
    lines = [line for line in (apology, found.note) if line]
    if found.slots:
        lines.append(say.BOOK_OFFER.format(hall=found.hall, business=found.business))
        lines += [_slot_line(slot, turn) for slot in found.slots]
    elif not lines:
        lines.append(say.BOOK_NONE.format(business=found.business))
    if found.alternatives:
        lines.append(say.BOOK_ALTERNATIVE.format(ways="；".join(found.alternatives)))
    return "\n".join(lines)


def _slot_line(slot: Slot, turn: Turn) -> str:
    return say.BOOK_SLOT_LINE.format(
        when=day_and_time(slot.start, turn.now),
        reason=slot.reason,
    )
