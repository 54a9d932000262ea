"""Screenshots that tests leave under ``artifacts/``."""

from collections.abc import Callable

from playwright.sync_api import Page

from store.settings import ROOT

Picture = Callable[[Page, str], None]
"""Keeps a page's screenshot under a name of its own."""


def take(page: Page, name: str, *, suffix: str = "") -> None:
    """Keep a screenshot."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    page.screenshot(path=folder / f"{name}{suffix}.png")
