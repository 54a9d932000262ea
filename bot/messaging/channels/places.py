"""A place on the map becomes words: which district, or else which city, it lies in.

Where it lay to the metre nobody here needs, and it is not kept.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.messaging.messages import Incoming
from language.geography.seats import region_at, seats_of
from language.places import place_name

WORDLESS = re.compile("〔[^〕]{1,8}〕")
"""What a channel writes for what came without words."""


def in_words(incoming: Incoming, seats: Path) -> Incoming:
    """Return a message whose place is in its words; others, and places unknown, as they are.

    Blocks at the first use: ``seats`` is a file.
    """
    if incoming.kind != "location" or incoming.details is None:
        return incoming
    point = _point(incoming.details)
    rest = {name: each for name, each in incoming.details.items() if name not in ("lat", "lng")}
    text = incoming.text
    if point is not None and WORDLESS.fullmatch(text.strip()):
        text = place_name(region_at(*point, seats_of(seats))) or text
    return replace(incoming, text=text, details=rest or None)


def _point(details: Mapping[str, Any]) -> tuple[float, float] | None:
    numbers = (details.get("lat"), details.get("lng"))
    if not all(isinstance(number, int | float) for number in numbers):
        return None
    lat, lng = (float(number) for number in numbers if number is not None)
    return (lat, lng) if abs(lat) <= 90 and abs(lng) <= 180 else None
