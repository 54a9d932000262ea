"""The page of the halls in a browser: it fits a phone, and says in words what it draws."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from actions.appointments.demo.seed import seed_appointments
from store.clock import utc_now
from store.database import Database
from store.settings import Settings
from tests.browser.pictures import Picture
from tests.browser.scripted import Script, make_app, serve

# Seeding halls and drawing their weeks takes long: both widths look at the same ones.
pytestmark = pytest.mark.xdist_group("halls")


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the pages of a city with halls."""
    folder = tmp_path_factory.mktemp("city")
    path = folder / "zhida.db"
    shutil.copy(sqlite_template, path)
    database = Database(f"sqlite:///{path}")
    seed_appointments(database, now=utc_now(), seed=1)
    with serve(make_app(Script(), database, Settings(var_dir=folder))) as address:
        yield address
    database.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_hall_with_its_week(page: Page, city: str, picture: Picture, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 860})
    page.goto(f"{city}/halls")
    expect(page.get_by_role("heading", name="大厅人流")).to_be_visible()
    week = page.get_by_role("img", name="接下来几个工作日每半小时预计人数的图").first
    expect(week).to_be_visible()
    expect(week).to_have_js_property("complete", True)
    assert week.evaluate("image => image.naturalWidth") >= 300
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    picture(page, f"halls-{width}")
