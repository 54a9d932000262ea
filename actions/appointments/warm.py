"""What appointments load before anybody asks."""

from datetime import datetime

from actions.appointments.service import Appointments
from actions.dialogue.services import Services
from language.times import read_times

WARM_TEXT = "明天上午办失业登记"


def warm(services: Services, now: datetime) -> None:
    """Load the businesses, and what times are read with."""
    services.of(Appointments).businesses()
    read_times(WARM_TEXT, now)
