"""What a conversation stands at: open tasks, what was asked and shown, what a yes would mean.

It is one slot of Rasa's, JSON, and so outlives every restart. The values of the tasks are slots
of their own, which people may see and mend; here stands what they are part of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

SLOT = "context"

MOST_TASKS, MOST_LISTS, MOST_SAID, MOST_VIEWED = 4, 3, 400, 3
STALE = timedelta(hours=6)
"""After so long a silence nobody means what was asked or shown before it."""

ANSWERED = timedelta(minutes=30)
"""A bare yes or no answers a question that is no older."""


@dataclass(frozen=True)
class Item:
    """An entry of a list that was shown: ``press`` is the payload that takes it.

    By what it may be chosen: ``when`` is an ISO moment, ``pay`` whole yuan, ``place`` a name.
    """

    title: str
    press: str
    when: str | None = None
    pay: int | None = None
    place: str | None = None


@dataclass(frozen=True)
class Shown:
    """A list that was shown; ``first`` is its first entry's number.

    ``of`` begins the names of its entries as ``Context.focus`` has them.
    ``more`` and ``back`` are the payloads of the next page and the one before, ``sooner`` and
    ``later`` those that show times before and after these.
    """

    name: str
    items: tuple[Item, ...]
    first: int = 1
    more: str | None = None
    back: str | None = None
    sooner: str | None = None
    later: str | None = None
    of: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question that waits: which task wants which of its fields."""

    task: str
    field: str


@dataclass(frozen=True)
class Context:
    """Where a conversation stands; ``tasks`` has the one that is worked at last.

    ``yes`` and ``no`` are the payloads that the question asked last would have for an answer,
    ``later`` a wish that waits, as title and payload. ``buttons`` and ``said`` are the last
    answer's; ``unsure`` counts how often in a row nothing was understood. ``danger`` is the kind
    that was seen, ``cited`` what the last policy answer quoted, ``focus`` the one
    thing that was shown in full last, ``viewed`` the last of other kinds before it.
    """

    tasks: tuple[str, ...] = ()
    asked: Asked | None = None
    yes: str | None = None
    no: str | None = None
    lists: tuple[Shown, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    said: str = ""
    later: tuple[str, str] | None = None
    unsure: int = 0
    danger: str | None = None
    cited: tuple[Mapping[str, Any], ...] = ()
    commands: tuple[Mapping[str, Any], ...] = ()
    focus: str | None = None
    viewed: tuple[str, ...] = ()
    at: str = ""

    @property
    def task(self) -> str | None:
        """The task that is worked at."""
        return self.tasks[-1] if self.tasks else None

    @property
    def cared_for(self) -> bool:
        """Whether the last answer was care for somebody in danger, or about their case."""
        return self.danger is not None and (self.focus or "").startswith(CASE)

    def with_task(self, task: str) -> Self:
        """Return it with ``task`` on top."""
        others = tuple(each for each in self.tasks if each != task)
        return replace(self, tasks=(*others, task)[-MOST_TASKS:])

    def without_task(self, task: str | None) -> Self:
        """Return it without ``task``, its question and what a yes would have meant."""
        left = tuple(each for each in self.tasks if each != task)
        return replace(self, tasks=left, asked=None, yes=None, no=None)

    def with_lists(self, lists: Sequence[Shown]) -> Self:
        """Return it with ``lists`` before those shown earlier; one of a name replaces another."""
        new = {each.name for each in lists}
        kept = [each for each in self.lists if each.name not in new]
        return replace(self, lists=(*lists, *kept)[:MOST_LISTS])

    def looking_at(self, focus: str | None) -> Self:
        """Return it with another thing looked at, or none; what was is remembered by its kind."""
        if focus == self.focus:
            return self
        past = (self.focus, *self.viewed) if self.focus else self.viewed
        kinds = {_kind(each): each for each in reversed(past) if _kind(each) != _kind(focus)}
        return replace(self, focus=focus, viewed=tuple(reversed(kinds.values()))[:MOST_VIEWED])

    def as_json(self) -> dict[str, Any]:
        """Return it as the slot holds it; what is empty is left out."""
        return {key: value for key, value in asdict(self).items() if value}


def _kind(focus: str | None) -> str:
    return str(focus or "").partition(":")[0]


def read_context(stored: object, now: datetime) -> Context:
    """Read the slot's value; what nobody can mean any more, or is damaged, is forgotten."""
    if not isinstance(stored, dict):
        return Context()
    try:
        context = _read(stored)
        at = datetime.fromisoformat(context.at) if context.at else now
        stale = now - at > STALE
    except (TypeError, ValueError, KeyError, AttributeError):
        return Context()
    if stale:
        return Context(danger=context.danger)
    return replace(context, yes=None, no=None) if now - at > ANSWERED else context


def _read(stored: dict[str, Any]) -> Context:
    asked = stored.get("asked")
    later = stored.get("later")
    return Context(
        **{
            **{key: value for key, value in stored.items() if key in _PLAIN},
            "tasks": tuple(stored.get("tasks") or ()),
            "asked": Asked(**asked) if asked else None,
            "lists": tuple(_shown(each) for each in stored.get("lists") or ()),
            "buttons": tuple((each[0], each[1]) for each in stored.get("buttons") or ()),
            "later": (later[0], later[1]) if later else None,
            "cited": tuple(stored.get("cited") or ()),
            "viewed": tuple(each for each in stored.get("viewed") or () if isinstance(each, str)),
        }
    )


CASE = "case:"
"""Begins the name of a case that is looked at (``focus``)."""

_PLAIN = frozenset({"yes", "no", "said", "unsure", "danger", "focus", "at"})


def _shown(stored: dict[str, Any]) -> Shown:
    return Shown(**{**stored, "items": tuple(Item(**item) for item in stored["items"])})
