"""Every intent that takes something away asks first, and acts only on what it was shown for."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from actions.appointments.service import Appointments
from actions.dialogue.services import Services
from actions.dialogue.turn import Reply
from actions.features import FEATURES
from tests.chat.conftest import NOW, Person

Standing = Callable[[Services], object]


def bookings(services: Services) -> object:
    """What a booking must still be."""
    booked = services.of(Appointments).bookings_of("web:test", now=NOW)
    return [(each.code, each.status, each.start) for each in booked]


THINGS: dict[str, tuple[Callable[[Person], dict[str, Any]], Standing]] = {
    "cancel_booking": (lambda person: {"code": person.books()["code"]}, bookings),
}
"""For each such intent: how to come by something, with a button's values, and what stands."""


def values_of(answer: Reply, intent: str) -> dict[str, Any]:
    """Return the values of the answer's button that goes on with ``intent``."""
    (payload,) = [
        each["payload"] for each in answer["buttons"] if each["payload"].startswith(f"/{intent}{{")
    ]
    return dict(json.loads(payload.removeprefix(f"/{intent}")))


def test_every_one_is_tried_here() -> None:
    taking = {name for name, intent in FEATURES.intents.items() if intent.takes_away}
    assert taking == set(THINGS)


def test_what_sounds_like_it_is_declared() -> None:
    words = ("cancel", "withdraw", "delete", "remove", "close", "reject")
    sounding = {name for name in FEATURES.intents if any(word in name for word in words)}
    assert sounding <= set(THINGS)


@pytest.mark.parametrize("intent", THINGS)
def test_it_asks_first(person: Person, services: Services, intent: str) -> None:
    make, standing = THINGS[intent]
    values = make(person)
    before = standing(services)
    action = FEATURES.intents[intent].action.removeprefix("action_")
    asked = person.taps(action, **values)
    assert standing(services) == before
    sure = values_of(asked, intent)
    assert sure.pop("seen")
    # Shown for something else, it asks again; only for what stands does it act.
    again = person.taps(action, **sure, seen="what it was before")
    assert standing(services) == before
    person.taps(action, **values_of(again, intent))
    assert standing(services) != before
