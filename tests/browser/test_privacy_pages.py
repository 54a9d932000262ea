"""What is said of privacy, and the page on which a person fetches what is kept of them."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from actions.dialogue.services import Services
from actions.features import FEATURES
from actions.privacy.service import Privacy
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.pictures import Picture

WIDTHS = {1280: 860, 360: 760}


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_fetches_the_file_once(
    page: Page,
    url: str,
    sqlite_database: Database,
    settings: Settings,
    picture: Picture,
    width: int,
) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    settings.var_dir.mkdir()  # Rasa's file is looked for in it
    privacy = Services(sqlite_database, settings, FEATURES).of(Privacy)
    address = f"{url}/my-data/{privacy.offer('web:somebody', utc_now())}"
    answer = page.goto(address)
    assert answer is not None
    # The address is a key: nothing keeps it, and it is told to no other page.
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert fits(page)
    picture(page, f"my-data-{width}")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载").click()
    file = json.loads(Path(coming.value.path()).read_text("utf-8"))
    assert file.keys() == {"made_at", "kept"}
    page.goto(address)
    expect(page.get_by_role("heading", name="这个地址已经失效")).to_be_visible()
    picture(page, f"my-data-gone-{width}")


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_said_of_privacy_is_read_on_any_device(
    page: Page, url: str, picture: Picture, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": WIDTHS[width]})
    page.goto(url)
    page.get_by_role("link", name="隐私说明").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("隐私说明")
    size = "name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize)"
    assert page.evaluate(size, "h1") > page.evaluate(size, "h2")
    assert fits(page)
    picture(page, f"privacy-{width}")
