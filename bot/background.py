"""What goes on in this process unasked, put together of what the features declare."""

from collections.abc import Callable

from actions.dialogue.services import Services
from actions.features import FEATURES
from bot.messaging.outbox_rows import Pulled
from bot.messaging.scheduler import Scheduler


def make_scheduler(services: Services, *, told: Callable[[str], None], pulled: Pulled) -> Scheduler:
    """Return what runs the jobs of all features and tells their notices; see ``Scheduler``."""
    jobs = [job for feature in FEATURES for job in feature.jobs]
    sources = [feature.notices(services) for feature in FEATURES if feature.notices]
    return Scheduler(services, jobs, sources, told=told, pulled=pulled)
