"""How a pay stands beside what is usual, in words."""

from actions.wages import sentences as say
from actions.wages.rules import ABOVE, BELOW, WITHIN, Quartiles, difference, stands

LITTLE = 2
"""Per cent that are no difference."""


def verdict(middle: int, beside: Quartiles) -> str:
    """Say how a pay stands beside what is usual."""
    by = difference(middle, beside.median)
    where = stands(middle, beside)
    side = 0 if abs(by) <= LITTLE else (1 if by > 0 else -1)
    words = {"middle": middle, "by": abs(by)}
    if where in (BELOW, ABOVE):
        return say.VERDICTS[where].format(**words)
    return say.VERDICTS[WITHIN].format(**words, beside=say.BESIDE[side].format(**words))
