"""What goes on with postings while nobody asks: titles are read, days run out."""

from datetime import datetime

from actions.dialogue.background import Counts
from actions.dialogue.services import Services
from actions.jobs.chat.job_query import remembered
from actions.jobs.service import Jobs
from actions.jobs.subscriptions.service import Subscriptions

READ, EXPIRED = "zhida_job_titles_read", "zhida_postings_expired"
DIGESTS = "zhida_job_digests"


def read_titles(services: Services, now: datetime) -> Counts:
    """Read some of the titles that came in with new postings, to occupations and vectors."""
    del now
    return {READ: services.of(Jobs).titles.read_some()}


def expire(services: Services, now: datetime) -> Counts:
    """Mark the postings whose days are over."""
    return {EXPIRED: services.of(Jobs).expire(now)}


def write_digests(services: Services, now: datetime) -> Counts:
    """Write down whom to tell of new postings today."""
    written = services.of(Subscriptions).write_digests(
        services.of(Jobs), lambda wish: remembered(wish).as_job_wish(), now
    )
    return {DIGESTS: written}
