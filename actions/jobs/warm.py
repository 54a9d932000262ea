"""What the job search does before anybody asks."""

from datetime import datetime

from actions.dialogue.services import Services
from actions.jobs.service import Jobs, JobWish
from language.pay import read_pay
from language.places import find_places

WARM_TEXT = "想在上海找电工的活，六千以上，明天上午"


def warm(services: Services, now: datetime) -> None:
    """Load the dictionaries of places and pay, and search once."""
    find_places(WARM_TEXT)
    read_pay(WARM_TEXT)
    services.of(Jobs).search(JobWish(text=WARM_TEXT), now=now, limit=1)
