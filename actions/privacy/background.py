"""What is done about people's data while nobody asks: wishes are fulfilled, time runs out."""

from datetime import datetime, timedelta

import structlog

from actions.dialogue.background import Counts
from actions.dialogue.personal import retention as by_rule
from actions.dialogue.services import Services
from actions.privacy import retention
from actions.privacy.service import Privacy
from store.clock import to_shanghai
from store.failures import is_outage

log = structlog.get_logger(__name__)

FORGOTTEN, GROWN_OLD = "zhida_people_forgotten", "zhida_rows_forgotten"
AT_NIGHT = timedelta(hours=3)


def forget(services: Services, now: datetime) -> Counts:
    """Fulfil every wish to be forgotten that can be; one that fails keeps no other waiting."""
    privacy, holdings = services.of(Privacy), services.holdings
    done = 0
    for request in privacy.open_requests():
        try:
            done += privacy.fulfil(request, holdings, now)
        except Exception as error:
            if is_outage(error):
                raise
            log.exception("not forgotten", request=request)
    return {FORGOTTEN: done}


def grow_old(services: Services, now: datetime) -> Counts:
    """Run every rule once a night, whatever the number of processes."""
    night = (to_shanghai(now) - AT_NIGHT).date()
    if not retention.claim(services.database, night, now):
        return {GROWN_OLD: 0}
    done = [by_rule.run(rule, now) for rule in services.rules]
    retention.finish(services.database, night, now)
    log.info("forgotten by rule", **{due.rule.name: due.count for due in done})
    return {GROWN_OLD: sum(due.count for due in done)}
