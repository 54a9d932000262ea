"""What a feature brings to the console: its pages, and where the header leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from actions.dialogue.deferred import Deferred
from actions.dialogue.registry import once
from bot.console.permissions import Permission


@dataclass(frozen=True)
class Page:
    """A page: which module's import gives it to NiceGUI, and what it takes to open it."""

    module: str
    permission: Permission


class Group(Enum):
    """What staff come for; the header has these, and the pages of the one they are in."""

    DESK = "接待"
    HALLS = "大厅"
    POLICIES = "政策"
    JOBS = "就业"
    QUALITY = "改进"
    OFFICE = "管理"


@dataclass(frozen=True)
class HeaderLink:
    """A place that the header leads to, among others of its group."""

    address: str
    title: str
    group: Group


@dataclass(frozen=True)
class Alarm:
    """Something that must not be missed on any page: how many, in words, and whether too late.

    ``about`` names each thing: a browser rings once for each, and again while it is too late.
    """

    count: int
    words: str
    late: bool = False
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsoleFeature:
    """A feature of the console.

    ``pages`` says by address what each is: named, not imported, since the pages are drawn into
    a frame that knows this list. ``links`` are the feature's places in the header, in order,
    each one of its pages; ``style`` is a style sheet. ``alarm(staff, now)`` returns the ``Alarm``
    that every page shows, or None; it blocks.
    """

    name: str
    pages: Mapping[str, Page]
    links: tuple[HeaderLink, ...] = ()
    style: Path | None = None
    alarm: Deferred | None = None


def register(features: Sequence[ConsoleFeature]) -> tuple[ConsoleFeature, ...]:
    """Return the list of features.

    Raises AlreadyRegistered for a name or a page's address that is there twice, ValueError
    for a link that leads to none of its feature's pages.
    """
    once("feature", (feature.name for feature in features))
    once("page", (address for feature in features for address in feature.pages))
    for feature in features:
        for link in feature.links:
            if link.address not in feature.pages:
                raise ValueError(f"{feature.name} has no page {link.address}")
    return tuple(features)
