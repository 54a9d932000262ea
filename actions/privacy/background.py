"""What is done about people's data while nobody asks: wishes are fulfilled, time runs out."""

from datetime import datetime

import structlog

from actions.dialogue.background import Counts
from actions.dialogue.services import Services
from actions.privacy.service import Privacy

log = structlog.get_logger(__name__)

FORGOTTEN = "zhida_people_forgotten"


def forget(services: Services, now: datetime) -> Counts:
    """Fulfil every wish to be forgotten that can be; one that fails keeps no other waiting."""
    privacy, holdings = services.of(Privacy), services.holdings
    done = 0
    for request in privacy.open_requests():
        try:
            done += privacy.fulfil(request, holdings, now)
        except Exception:
            log.exception("not forgotten", request=request)
    return {FORGOTTEN: done}
