"""What other features may ask of the postings (``Feature.offers``)."""

from datetime import datetime

from actions.dialogue.services import Services
from actions.jobs.matching.pays import StatedPays
from actions.jobs.service import Jobs, Posting


def stated_pays(
    services: Services, trade: str, place: str, *, wide: bool, now: datetime
) -> StatedPays:
    """Return what the postings of a trade at a place state as pay."""
    return services.of(Jobs).stated_pays(trade, place, wide=wide, now=now)


def posting(services: Services, posting_id: str, *, now: datetime) -> Posting | None:
    """Return a posting that is shown now."""
    return services.of(Jobs).get(posting_id, now=now)
