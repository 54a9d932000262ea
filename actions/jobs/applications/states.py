"""The life of an application: its states, and which may follow which. Plain data, no I/O."""

from datetime import datetime, timedelta

from store.errors import ZhidaError

SUBMITTED, HANDED, INVITED = "submitted", "handed", "invited"
HIRED, DECLINED, WITHDRAWN = "hired", "declined", "withdrawn"
STATES = (SUBMITTED, HANDED, INVITED, HIRED, DECLINED, WITHDRAWN)

MOVES = {
    # Handed over to the employer by staff; an employer may also call before.
    SUBMITTED: (HANDED, INVITED, HIRED, DECLINED, WITHDRAWN),
    HANDED: (INVITED, HIRED, DECLINED, WITHDRAWN),
    INVITED: (HIRED, DECLINED, WITHDRAWN),
    HIRED: (),
    DECLINED: (),
    # Who took an application back may apply again.
    WITHDRAWN: (SUBMITTED,),
}
"""Which states may follow a state."""

OPEN = (SUBMITTED, HANDED, INVITED)
"""States that still promise something."""

UNANSWERED = (SUBMITTED, HANDED)
"""States in which the employer has not said anything."""


class NoSuchMove(ZhidaError):
    """A state that may not follow the present one."""

    code = "application_state"

    def __init__(self, was: str, now: str) -> None:
        super().__init__(f"{was} -> {now}")
        self.was, self.now = was, now


def check_move(was: str, now: str) -> None:
    """Raise NoSuchMove where ``now`` may not follow ``was``."""
    if now not in MOVES[was]:
        raise NoSuchMove(was, now)


def days_silent(state: str, since: datetime, now: datetime) -> int:
    """Return for how many whole days an employer has not answered; 0 where it has."""
    return max((now - since) // timedelta(days=1), 0) if state in UNANSWERED else 0
