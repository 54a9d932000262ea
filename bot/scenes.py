"""Where somebody comes from who scanned a code or opened a link, and what they are met with.

``hall-3`` is a poster in the hall of that number: how full it is, and a time to book.
"""

import json
import re

from actions.appointments.service import Appointments
from actions.dialogue.services import Services
from bot.channels.protocol import Entrance

_HALL = re.compile(r"hall[-_]([0-9]{1,9})", re.ASCII)


def scene(services: Services, said: str) -> Entrance | None:
    """Return what a scene presses; None for one that says nothing to us. Blocks."""
    found = _HALL.fullmatch(said)
    if found is None:
        return None
    halls = services.of(Appointments).halls()
    hall = next((hall for hall in halls if hall.id == int(found[1])), None)
    if hall is None:
        return None
    values = json.dumps({"hall": hall.name}, ensure_ascii=False)
    return Entrance(hall.name, f"/hall_status{values}")
