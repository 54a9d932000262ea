"""What a complaint is about: a feature's own thing, which the case then names."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """The thing that is looked at while somebody complains of it.

    ``words`` name it for staff, ``told`` for its person; ``category`` is the kind of complaint, as
    cases sort them. ``filed(ticket)`` is called once there is a case: the feature notes it.
    """

    words: str
    told: str
    category: str
    filed: Callable[[str], None]
