"""What goes on in this process unasked, put together of what the features declare."""

from collections.abc import Callable
from datetime import datetime, timedelta

from actions.dialogue.background import Counts, ScheduledJob
from actions.dialogue.services import Services
from actions.features import FEATURES
from bot.messaging.outbox_rows import Pulled
from bot.messaging.scheduler import Scheduler
from store.audit.checkpoints import Checkpoints
from store.audit.log import head


def make_scheduler(services: Services, *, told: Callable[[str], None], pulled: Pulled) -> Scheduler:
    """Return what runs the jobs of all features and tells their notices; see ``Scheduler``."""
    jobs = [AUDIT_CHECKPOINT, *(job for feature in FEATURES for job in feature.jobs)]
    sources = [feature.notices(services) for feature in FEATURES if feature.notices]
    return Scheduler(services, jobs, sources, told=told, pulled=pulled)


def _write_checkpoint(services: Services, now: datetime) -> Counts:
    """Write down how far the record of what was done reaches, apart from the database."""
    with services.database.read() as session:
        reaches = head(session)
    Checkpoints.of(services.settings).add(reaches, now)
    return {}


AUDIT_CHECKPOINT = ScheduledJob("audit_checkpoint", _write_checkpoint, timedelta(minutes=10))
