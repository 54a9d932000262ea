"""Which closed cases are looked at: as the page's address has it, and as they are looked for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from actions.cases.service import ClosedFilter
from bot.console.views import beginning_of

RATED = {"yes": True, "no": False}


@dataclass(frozen=True)
class Closed:
    """Narrowed from a figure: ISO days, inclusive, a channel, what people said in the end."""

    since: str = ""
    until: str = ""
    channel: str = ""
    solved: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Closed":
        """Return what an address says; what is none of ours is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{key: str(value)[:20] for key, value in given.items() if key in known})

    def address(self) -> str:
        """Return the page of these cases, relative to the console."""
        return "/?" + urlencode({"which": "closed"} | {k: v for k, v in asdict(self).items() if v})

    def wanted(self, words: str = "") -> ClosedFilter:
        """Return what is looked for."""
        since, until = beginning_of(self.since), beginning_of(self.until)
        return ClosedFilter(
            words=words,
            since=since,
            until=until + timedelta(days=1) if until else None,
            channel=self.channel,
            satisfied=RATED.get(self.solved),
        )
