"""What tests of visits do besides talking: reading buttons, filling a hall."""

import json
from datetime import datetime
from typing import Any

from actions.appointments.service import Appointments, VisitWish
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply

MANY = 500


def values(button: dict[str, str]) -> dict[str, Any]:
    """Return what a button carries."""
    _, brace, carried = button["payload"].partition("{")
    return dict(json.loads(brace + carried)) if brace else {}


def titles(reply: Reply) -> list[str]:
    """Return what stands on a reply's buttons."""
    return [button["title"] for button in reply["buttons"]]


def press(person: Any, title: str, reply: Reply) -> Reply:
    """Press the button of this title, by the action its intent leads to."""
    button = next(b for b in reply["buttons"] if b["title"] == title)
    intent = button["payload"][1:].partition("{")[0]
    action = {"book_window": "offer_slots"}.get(intent, intent)
    return dict(person.taps(action, **values(button)))


def tapped_times(reply: Reply) -> list[str]:
    """Return the titles of the buttons that hold, or move to, a time."""
    return [button["title"] for button in reply["buttons"] if "slot_id" in button["payload"]]


def fill(services: Services, wish: VisitWish, *, now: datetime) -> list[tuple[str, str]]:
    """Book every seat of a wish that names hall, start and end; return owners and codes."""
    assert wish.start is not None
    assert wish.end is not None
    rivals: list[tuple[str, str]] = []
    while True:
        slots = services.of(Appointments).offer(wish, now=now, limit=MANY).slots
        wanted = [slot for slot in slots if wish.start <= slot.start < wish.end]
        if not wanted:
            return rivals
        for slot in wanted:
            owner = f"web:rival{len(rivals)}"
            held = services.of(Appointments).hold(
                owner=owner, slot_id=slot.id, business=wish.business, request_key="m", now=now
            )
            rivals.append((owner, held.code))
