"""From a point on a map to the region it lies in, by the seats of the districts around it.

Seats are no borders: where the nearest is not much nearer than others, what they have in common
is the answer, the city or the province.
"""

import csv
from functools import cache
from math import cos, hypot, radians
from pathlib import Path
from typing import NamedTuple

from language.places import city_of, place_name, province_of

KILOMETRES = 111.2
"""Of one degree of latitude."""
FARTHEST = 150.0
"""Kilometres to the nearest seat beyond which a point lies nowhere that we know."""
CLEARLY = 2.0
"""How many times as far all others are where the nearest seat's district is meant."""


class Seat(NamedTuple):
    """Where the government of a district sits: its GB/T 2260 code, degrees north and east."""

    code: str
    lat: float
    lng: float


@cache
def seats_of(file: Path) -> tuple[Seat, ...]:
    """Return the seats of counties and districts, and of cities that have none; some 10 ms.

    ``file`` has the columns adcode, name, longitude, latitude. Empty where it is not there.
    """
    if not file.is_file():
        return ()
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["longitude"] and row["latitude"]]
    read = [
        Seat(row["adcode"][:6], float(row["latitude"]), float(row["longitude"])) for row in rows
    ]
    divided = {seat.code[:4] for seat in read if not seat.code.endswith("00")}
    return tuple(
        seat
        for seat in read
        if not seat.code.endswith("0000")
        and (not seat.code.endswith("00") or seat.code[:4] not in divided)
        and place_name(seat.code)
    )


def region_at(lat: float, lng: float, seats: tuple[Seat, ...]) -> str:
    """Return the code of the region around a point, "" where there is none that we know."""
    away = sorted((_kilometres(lat, lng, seat), seat.code) for seat in seats)
    if not away or away[0][0] > FARTHEST:
        return ""
    nearest, code = away[0]
    around = [code, *(other for distance, other in away[1:] if distance < CLEARLY * nearest)]
    for coarser in (str, city_of, province_of):
        codes = {coarser(each) for each in around}
        if len(codes) == 1:
            return codes.pop()
    return ""


def _kilometres(lat: float, lng: float, seat: Seat) -> float:
    east = (lng - seat.lng) * cos(radians(lat))
    return hypot(lat - seat.lat, east) * KILOMETRES
