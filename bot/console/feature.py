"""What a feature brings to the console: its pages, and where the header leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.dialogue.registry import once
from bot.console.permissions import Permission


@dataclass(frozen=True)
class Page:
    """A page: which module's import gives it to NiceGUI, and what it takes to open it."""

    module: str
    permission: Permission


@dataclass(frozen=True)
class HeaderLink:
    """A place that the header of every page leads to."""

    address: str
    title: str


@dataclass(frozen=True)
class ConsoleFeature:
    """A feature of the console.

    ``pages`` says by address what each is: named, not imported, since the pages are drawn into
    a frame that knows this list. ``links`` are the feature's places in the header, in order,
    each one of its pages; ``style`` is a style sheet.
    """

    name: str
    pages: Mapping[str, Page]
    links: tuple[HeaderLink, ...] = ()
    style: Path | None = None


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
