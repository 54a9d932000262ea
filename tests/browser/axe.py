"""Whether a page can be used by everybody: axe-core's rules, of which none may be broken badly."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


def grave(page: Page, within: str | None = None) -> list[str]:
    """Return what is gravely wrong on a page, or in a part of it: rule, and where."""
    found = Axe().run(page, context=within, options=RULES).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
