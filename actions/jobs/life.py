"""The life of a posting: its states, and which may follow which. Plain data, no I/O."""

from store.errors import ZhidaError

DRAFT, VETTING, PUBLISHED = "draft", "vetting", "published"
PAUSED, FILLED, WITHDRAWN, EXPIRED = "paused", "filled", "withdrawn", "expired"
STATES = (DRAFT, VETTING, PUBLISHED, PAUSED, FILLED, WITHDRAWN, EXPIRED)

MOVES = {
    DRAFT: (VETTING, WITHDRAWN),
    # Sent back (DRAFT) with what has to change.
    VETTING: (PUBLISHED, DRAFT, WITHDRAWN),
    PUBLISHED: (VETTING, PAUSED, FILLED, WITHDRAWN, EXPIRED),
    PAUSED: (VETTING, PUBLISHED, FILLED, WITHDRAWN, EXPIRED),
    # Published anew only by way of vetting: what it says may no longer be true.
    FILLED: (VETTING, WITHDRAWN),
    WITHDRAWN: (VETTING,),
    EXPIRED: (VETTING, WITHDRAWN),
}
"""Which states may follow a state."""


class NoSuchMove(ZhidaError):
    """A state that may not follow the present one."""

    code = "posting_state"

    def __init__(self, was: str, now: str) -> None:
        super().__init__(f"{was} -> {now}")
        self.was, self.now = was, now


def check_move(was: str, now: str) -> None:
    """Raise NoSuchMove where ``now`` may not follow ``was``."""
    if now not in MOVES[was]:
        raise NoSuchMove(was, now)
