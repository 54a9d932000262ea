"""The page of the halls in a browser: it fits a phone, and says in words what it draws."""

import pytest
from playwright.sync_api import Page, expect

from actions.windows.halls.demo import seed_windows
from store.clock import utc_now
from store.database import Database
from tests.browser.pictures import Picture


@pytest.mark.parametrize("width", [1280, 320])
def test_every_hall_with_its_week(
    page: Page, url: str, sqlite_database: Database, picture: Picture, width: int
) -> None:
    seed_windows(sqlite_database, now=utc_now(), seed=1)
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{url}/halls")
    expect(page.get_by_role("heading", name="大厅人流")).to_be_visible()
    week = page.get_by_role("img", name="接下来几个工作日每半小时预计人数的图").first
    expect(week).to_be_visible()
    expect(week).to_have_js_property("complete", True)
    picture(page, f"halls-{width}")
    assert week.evaluate("image => image.naturalWidth") >= 300
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"halls-{width}")
