"""Every page of the console with everything in it: readable, wide and narrow, for everybody.

``pytest <this file> --docs-pictures`` makes the pictures of docs/console.md.
"""

import re

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from bot.console.features import PAGES
from bot.messaging.search.turns import TurnFilter, find_turns
from knowledge.documents.repository import list_documents
from store.database import Database
from store.settings import ROOT
from tests.browser.axe import grave
from tests.browser.pictures import take
from tests.browser.staff import Filled, Staffed
from tests.support import office

DOCS = ROOT / "docs" / "images"
COLOURS = 64
"""In the pictures of the docs: a page has few, and a small file is loaded soon."""
WIDTHS = (1280, 820, 390)
NOBODYS_WORDS = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|\bhead \d|\{\"|\bnlu_|policy_answer|staff_case|\bNone\b|\bnull\b"
)
"""What a clerk should never read: keys, numbers of machines, names of the program's."""

LARGE = "html { font-size: 200% }"

SHOWN = {
    "inbox": "/",
    "conversation": f"/conversation?id={office.person('li')}",
    "canned": "/canned",
    "transcripts": "/transcripts",
    "figures": "/figures",
    "windows": "/windows",
    "policies": "/policies",
    "policy": "/policy?id={document}",
    "try": "/try",
    "unanswered": "/unanswered",
    "feedback": "/feedback",
    "postings": "/postings",
    "applications": "/applications",
    "vetting": "/vetting",
    "wages": "/wages",
    "training": "/training",
    "sharing": "/sharing",
    "channels": "/channels",
    "models": "/models",
    "staff": "/staff",
    "audit": "/audit",
    "account": "/account",
}


def test_every_page_is_looked_at() -> None:
    assert {address.partition("?")[0] for address in SHOWN.values()} == set(PAGES)


@pytest.mark.parametrize("name", SHOWN)
def test_a_page_is_readable_wide_and_narrow(
    context: BrowserContext,
    staffed: Staffed,
    filled: Filled,
    name: str,
    request: pytest.FixtureRequest,
) -> None:
    url, database = filled
    staffed.admit(context)
    page = context.new_page()
    page.set_viewport_size({"width": WIDTHS[0], "height": 860})
    page.goto(f"{url}/console{address_of(name, database)}")
    expect(page.locator(".sheet")).to_be_visible()
    page.wait_for_load_state("networkidle")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 860})
        page.wait_for_timeout(250)  # Quasar lays its tables out anew
        assert fits(page), f"{width} px wide is scrolled sideways"
        take(page, f"console-{name}-{width}")
    assert "\n".join(grave(page)) == ""  # narrow, where more has to be scrolled
    words = page.locator(".sheet").inner_text()
    assert NOBODYS_WORDS.findall(words) == []
    assert page.get_by_role("heading", level=1).count() <= 1
    if request.config.getoption("--docs-pictures", default=False):
        keep_for_docs(name)


def address_of(name: str, database: Database) -> str:
    document = next(each for each in list_documents(database) if each.status == "published")
    return SHOWN[name].format(document=document.doc_id)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def keep_for_docs(name: str) -> None:
    """Keep the wide picture, and the inbox's and the conversation's narrow ones, small."""
    for width in (WIDTHS[0], WIDTHS[2]) if name in ("inbox", "conversation") else WIDTHS[:1]:
        picture = Image.open(ROOT / "artifacts" / f"console-{name}-{width}.png").convert("RGB")
        kept = DOCS / f"console-{name}{'' if width == WIDTHS[0] else '-phone'}.png"
        picture.quantize(COLOURS).save(kept, optimize=True)
        assert kept.stat().st_size <= 150_000


def test_at_twice_the_size_of_text_nothing_is_cut_off(
    context: BrowserContext, staffed: Staffed, filled: Filled
) -> None:
    """200% in a window of 1280 px is a page of 640 px (WCAG 1.4.4); so may letters alone be."""
    url, database = filled
    staffed.admit(context)
    page = context.new_page()
    for name in SHOWN:
        page.set_viewport_size({"width": 640, "height": 430})
        page.goto(f"{url}/console{address_of(name, database)}")
        expect(page.locator(".sheet")).to_be_visible()
        page.add_style_tag(content=LARGE)
        page.wait_for_timeout(250)
        take(page, f"console-{name}-200")
        assert fits(page), name


def test_turns_are_there(filled: Filled) -> None:
    """Or the pages above would be looked at empty."""
    assert len(find_turns(filled[1], TurnFilter()).turns) > 20
